/** A plain OAuth 2.0 server on loopback for tests: it grants everything. */
import { text } from 'node:stream/consumers';
import { listen, setDate } from './local-oidc.ts';

/** What it grants. */
export const granted = { access_token: 'granted-token', token_type: 'Bearer', expires_in: 60 };

export interface PlainServer {
  readonly origin: string;
  /** What came at `/token`. */
  readonly sent: readonly { readonly authorization: string | undefined; readonly form: Record<string, string> }[];
  /** Paths of all requests. */
  readonly asked: readonly string[];
}

/** A server that publishes its metadata at the paths, grants everything at `/token`, and keeps what it was sent there. */
export async function plainServer(wellKnown: Readonly<Record<string, object>>, grant: object = granted, ahead = 0): Promise<PlainServer> {
  const sent: PlainServer['sent'][number][] = [];
  const asked: string[] = [];
  const origin: string = await listen(async (request, response) => {
    asked.push(request.url ?? '');
    setDate(response, Date.now() + ahead);
    const body = await text(request);
    const metadata = wellKnown[request.url ?? ''];
    const told = request.url === '/token' ? grant : metadata && { token_endpoint: `${origin}/token`, ...metadata };
    if (request.url === '/token')
      sent.push({ authorization: request.headers.authorization, form: Object.fromEntries(new URLSearchParams(body)) });
    response.writeHead(told === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(told ?? {}).replaceAll('$ORIGIN', origin));
  });
  return { origin, sent, asked };
}
