/** Puts a credential where the operation's security says. Pure. */
import type { Credential } from '../auth/identity.ts';
import type { Contract, Operation, SecurityScheme } from '../spec/contract.ts';
import type { WireRequest } from './build.ts';
import { encodeStrict } from './percent-encode.ts';

export { breakCredential } from './broken-credential.ts';

/**
 * The request with the credential added, in place of one it may have had there.
 * Where the document declares no security, or none that fits, it goes into `Authorization`: real APIs often declare none.
 * @see https://spec.openapis.org/oas/v3.1.1#security-requirement-object and https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function authorize(request: WireRequest, contract: Contract, operation: Operation | undefined, credential: Credential): WireRequest {
  const scheme = fittingScheme(contract, operation, credential);
  const name = scheme?.parameterName;
  if (scheme?.type !== 'apiKey' || name === undefined) return withField(request, 'Authorization', authorizationOf(credential, scheme));
  if (scheme.in === 'query') return withQuery(request, name, keyText(credential));
  if (scheme.in === 'cookie') return withCookie(request, name, keyText(credential));
  return withField(request, name, isAuthorization(name) ? authorizationOf(credential, scheme) : keyText(credential));
}

function isAuthorization(name: string): boolean {
  return name.toLowerCase() === 'authorization';
}

/** The first scheme among the alternatives that the credential is made for, else the first that takes any. */
function fittingScheme(contract: Contract, operation: Operation | undefined, credential: Credential): SecurityScheme | undefined {
  const schemes = (operation?.security ?? [])
    .flat()
    .map((requirement) => contract.securitySchemes.get(requirement.scheme))
    .filter((scheme) => scheme !== undefined && scheme.type !== 'mutualTLS');
  return schemes.find((scheme) => scheme !== undefined && fits(scheme, credential)) ?? schemes[0];
}

function fits({ type, scheme, parameterName }: SecurityScheme, credential: Credential): boolean {
  const own = credential.scheme?.toLowerCase();
  if (type === 'apiKey') return own === undefined || (own === 'bearer' && isAuthorization(parameterName ?? ''));
  return type === 'http' ? own === scheme : own === 'bearer';
}

/** An API key's value. A scheme that is not the usual one was asked for, rightly or as a fault on purpose, so it is written. */
function keyText({ secret, scheme }: Credential): string {
  return scheme === undefined || scheme.toLowerCase() === 'bearer' ? secret : `${scheme} ${schemeText(secret, scheme)}`;
}

/** Value of the `Authorization` field: `Scheme secret`; bare for a key without scheme, unless the document names the scheme. */
export function authorizationOf({ secret, scheme }: Credential, declared?: SecurityScheme): string {
  const usual = declared?.type === 'http' ? declared.scheme : undefined;
  const wantsPassword = usual === 'basic' && scheme?.toLowerCase() === 'bearer' && secret.includes(':');
  const own = wantsPassword
    ? 'Basic'
    : (scheme ?? (declared?.type === 'apiKey' || declared === undefined ? undefined : capitalized(usual ?? 'bearer')));
  return own === undefined ? secret : `${own} ${schemeText(secret, own)}`;
}

function capitalized(scheme: string): string {
  return scheme.charAt(0).toUpperCase() + scheme.slice(1);
}

/** `user:password` travels in base64 under Basic; a token there is sent as it is. @see https://www.rfc-editor.org/rfc/rfc7617#section-2 */
function schemeText(secret: string, scheme: string): string {
  return scheme.toLowerCase() === 'basic' && secret.includes(':') ? Buffer.from(secret).toString('base64') : secret;
}

function withField(request: WireRequest, name: string, value: string): WireRequest {
  const wanted = name.toLowerCase();
  return { ...request, headers: [...request.headers.filter(([field]) => field.toLowerCase() !== wanted), [name, value]] };
}

function withQuery(request: WireRequest, name: string, value: string): WireRequest {
  const key = encodeStrict(name);
  const [address = '', query] = request.url.split(/\?(.*)/s, 2);
  const others = (query ?? '').split('&').filter((pair) => pair !== '' && pair !== key && !pair.startsWith(`${key}=`));
  return { ...request, url: `${address}?${[...others, `${key}=${encodeStrict(value)}`].join('&')}` };
}

function withCookie(request: WireRequest, name: string, value: string): WireRequest {
  const own = request.headers.filter(([field]) => field.toLowerCase() === 'cookie').flatMap(([, cookies]) => cookies.split(/;\s*/));
  const others = own.filter((cookie) => cookie !== '' && !cookie.startsWith(`${name}=`));
  return withField(request, 'Cookie', [...others, `${name}=${encodeStrict(value)}`].join('; '));
}
