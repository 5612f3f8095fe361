/** Where a provider is, by its configuration: only addresses that secrets may travel to. */
import { isIP } from 'node:net';
import type { ServerMetadata } from 'openid-client';
import { HarnessError } from '../errors.ts';
import type { ClientOptions } from './identity-options.ts';

export interface Addresses {
  readonly issuer: URL;
  /** Undefined where they must be discovered. */
  readonly endpoints: ServerMetadata | undefined;
}

/** The addresses. Throws HarnessError E_CONFIG for one that is no https URL (http on loopback), and where there is none. */
export function providerAddresses(identity: string, options: Partial<ClientOptions>): Addresses {
  const { tokenEndpoint, deviceAuthorizationEndpoint, authorizationEndpoint } = options;
  const issuer = options.issuer ?? (tokenEndpoint === undefined ? undefined : (URL.parse(tokenEndpoint)?.origin ?? tokenEndpoint));
  if (issuer === undefined) {
    throw new HarnessError('E_CONFIG', `identity ${identity}: neither issuer nor tokenEndpoint is given`, {
      hint: 'give the issuer’s URL; tokenEndpoint is for providers that serve no metadata',
    });
  }
  const url = webUrl(identity, 'issuer', issuer);
  if (tokenEndpoint === undefined) return { issuer: url, endpoints: undefined };
  const named = {
    token_endpoint: tokenEndpoint,
    device_authorization_endpoint: deviceAuthorizationEndpoint,
    authorization_endpoint: authorizationEndpoint,
  };
  const given = Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined);
  for (const [name, endpoint] of given) webUrl(identity, name, endpoint);
  return { issuer: url, endpoints: { issuer, ...Object.fromEntries(given) } };
}

function webUrl(identity: string, what: string, text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw new HarnessError('E_CONFIG', `identity ${identity}: ${what} ${JSON.stringify(text)} is no URL`);
  const allowed = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!allowed || url.username !== '' || url.password !== '') {
    throw new HarnessError('E_CONFIG', `identity ${identity}: ${what} ${url.origin} must be an https URL without credentials in it`, {
      hint: 'http is for providers on loopback only: secrets and tokens would travel in the clear',
    });
  }
  return url;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));
}
