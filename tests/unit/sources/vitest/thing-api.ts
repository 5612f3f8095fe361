/** A small API with one broken promise, and what tests of it are provided with. */
import type { Json, JsonObject } from '../../../../src/lib/json.ts';
import type { ProvidedApi } from '../../../../src/sources/vitest.ts';
import { bodyOf, serve } from '../newman/collections.ts';

export interface Thing {
  readonly id: number;
  readonly name: string;
}

interface None {
  query?: never;
  header?: never;
  path?: never;
  cookie?: never;
}

export interface paths {
  '/things': {
    parameters: None;
    get: {
      parameters: { query?: { limit?: number } };
      responses: { 200: { headers: object; content: { 'application/json': Thing[] } } };
    };
    post: {
      parameters: None;
      requestBody: { content: { 'application/json': { name: string } } };
      responses: { 201: { headers: object; content: { 'application/json': Thing } } };
    };
  };
  '/things/{id}': {
    parameters: None;
    get: {
      parameters: { path: { id: number } };
      responses: { 200: { headers: object; content: { 'application/json': Thing } } };
    };
  };
  '/things/{id}/file': {
    parameters: None;
    put: {
      parameters: { path: { id: number } };
      requestBody?: { content: { 'multipart/form-data': { upload?: string; note?: string; tags?: string[] } } };
      responses: { 200: { headers: object; content: { 'text/plain': string } } };
    };
  };
}

const thing: JsonObject = { type: 'object', required: ['id', 'name'], properties: { id: { type: 'integer' }, name: { type: 'string' } } };
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const answer = (status: string, content: JsonObject): JsonObject => ({ [status]: { description: '', content } });
const id: Json = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };

export const document: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      get: {
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
        responses: answer('200', json({ type: 'array', items: thing })),
      },
      post: { requestBody: { required: true, content: json({ type: 'object' }) }, responses: answer('201', json(thing)) },
    },
    '/things/{id}': { get: { parameters: [id], responses: answer('200', json(thing)) } },
    '/things/{id}/file': {
      put: {
        parameters: [id],
        requestBody: { content: { 'multipart/form-data': { schema: { type: 'object' } } } },
        responses: answer('200', { 'text/plain': {} }),
      },
    },
  },
};

/** Serves the API: thing 99 has no name, thing 0 no answer; a file comes back as its whole form. */
export async function serveThings(): Promise<{
  readonly origin: string;
  readonly asked: string[];
  readonly tokens: (string | undefined)[];
}> {
  const tokens: (string | undefined)[] = [];
  const { origin, asked } = await serve(async (request, response) => {
    tokens.push(request.headers.authorization);
    const body = await bodyOf(request);
    const path = (request.url ?? '').split('?')[0] ?? '';
    const send = (status: number, type: string, content: string | Buffer): void =>
      void response.writeHead(status, { 'Content-Type': type }).end(content);
    const sendJson = (status: number, value: unknown): void => send(status, 'application/json', JSON.stringify(value));
    if (path.endsWith('/0')) request.socket.destroy();
    else if (path.endsWith('/file')) send(200, 'text/plain', body);
    else if (request.method === 'POST') sendJson(201, { id: 2, ...(JSON.parse(String(body)) as object) });
    else if (path === '/things') sendJson(200, [{ id: 1, name: 'one' }]);
    else sendJson(200, path.endsWith('/99') ? { id: 99 } : { id: 1, name: 'one' });
  });
  return { origin, asked, tokens };
}

export function provide(baseUrl: string, more: Partial<ProvidedApi> = {}): ProvidedApi {
  return {
    document,
    location: 'things.json',
    baseUrl,
    target: 'embedded',
    mode: 'run',
    identities: { admin: { kind: 'static', token: 'secret-token-of-admin' }, reader: { kind: 'static', token: 'secret-token-of-reader' } },
    main: 'admin',
    ...more,
  };
}
