/** Where an API is when nobody names its base URL: what its document says of servers. Pure. */
import { HarnessError } from '../errors.ts';
import { isLoopback } from '../lib/is-loopback.ts';

/**
 * The base URL that a document's server means, without a trailing slash. Relative servers are resolved against the document's own URL;
 * a loopback server that the document was fetched from elsewhere on loopback is taken with the port that answered.
 * @throws HarnessError `E_USAGE` where the document leaves it open
 * @see https://spec.openapis.org/oas/v3.1.1#server-object
 */
export function serverBaseUrl(server: string, location: string): string {
  const fetched = /^https?:/i.test(location) ? location : undefined;
  const url = URL.canParse(server)
    ? new URL(server)
    : fetched !== undefined && URL.canParse(server, fetched)
      ? new URL(server, fetched)
      : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new HarnessError('E_USAGE', `${location} names no absolute server (only "${server}")`, {
      hint: 'say where the API is with --base-url',
    });
  }
  if (fetched !== undefined && isLoopback(fetched)) {
    if (!isLoopback(url.href)) {
      throw new HarnessError('E_USAGE', `${location} was fetched from this machine but names the server ${url.origin}${url.pathname}`, {
        hint: 'say with --base-url which of the two is meant',
      });
    }
    const { protocol, host } = new URL(fetched);
    url.protocol = protocol;
    url.host = host;
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
