import { describe, expectTypeOf, it } from 'vitest';
import type { ApiClient, FilePart } from '../../../../src/sources/vitest.ts';

interface Thing {
  readonly id: number;
  readonly name: string;
}

interface paths {
  '/things': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { limit?: number | null }; header?: { 'X-Trace'?: string }; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Thing[] } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': { detail: string } } };
      };
    };
    post: {
      parameters: { query: { kind: 'a' | 'b' }; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { name: string } } };
      responses: { 201: { headers: object; content: { 'application/json': Thing } }; default: { headers: object; content?: never } };
    };
    delete?: never;
  };
  '/things/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: number }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: object; content: { 'application/json': Thing } }; 204: { headers: object; content?: never } };
    };
    put: {
      parameters: { query?: never; header?: never; path: { id: number }; cookie?: never };
      requestBody?: { content: { 'multipart/form-data': { file?: string | null; tags?: string[] } } };
      responses: { 200: { headers: object; content: { 'text/plain': string } } };
    };
    patch: {
      parameters: { query?: never; header?: never; path: { id: number }; cookie?: never };
      requestBody: { content: { 'application/octet-stream': string } };
      responses: { 200: { headers: object; content: { 'image/png': string } } };
    };
  };
}

/** Only its types matter: the call is not made. */
const compiles = (call: (api: ApiClient<paths>) => Promise<unknown>): string => typeof call;

describe('ApiClient', () => {
  it('knows the paths of each method', () => {
    expectTypeOf<Parameters<ApiClient<paths>['get']>[0]>().toEqualTypeOf<'/things' | '/things/{id}'>();
    expectTypeOf<Parameters<ApiClient<paths>['post']>[0]>().toEqualTypeOf<'/things'>();
    expectTypeOf<Parameters<ApiClient<paths>['delete']>[0]>().toEqualTypeOf<never>();
    // @ts-expect-error no such path
    compiles((api) => api.get('/thing'));
    // @ts-expect-error no such method there
    compiles((api) => api.post('/things/{id}', { path: { id: 1 } }));
  });

  it('asks for what is required and no more', () => {
    compiles((api) => api.get('/things'));
    compiles((api) =>
      api.get('/things', { query: { limit: 3 }, header: { 'X-Trace': 'a' }, identity: 'reader', headers: { 'X-Own': '1' } }),
    );
    compiles((api) => api.as(null).get('/things', { identity: null }));
    // @ts-expect-error wrong type
    compiles((api) => api.get('/things', { query: { limit: 'three' } }));
    // @ts-expect-error undeclared parameter
    compiles((api) => api.get('/things', { query: { page: 3 } }));
    // @ts-expect-error the path parameter is missing
    compiles((api) => api.get('/things/{id}'));
    compiles((api) => api.post('/things', { query: { kind: 'a' }, body: { name: 'x' } }));
    // @ts-expect-error the query is missing
    compiles((api) => api.post('/things', { body: { name: 'x' } }));
    // @ts-expect-error the body is missing
    compiles((api) => api.post('/things', { query: { kind: 'a' } }));
    // @ts-expect-error there is no body
    compiles((api) => api.get('/things', { body: {} }));
  });

  it('takes files in forms and bytes for binary bodies', () => {
    const part: FilePart = { bytes: new Uint8Array(), fileName: 'a.sh', type: 'text/plain' };
    compiles((api) => api.put('/things/{id}', { path: { id: 1 } }));
    compiles((api) => api.put('/things/{id}', { path: { id: 1 }, body: { file: new File([], 'a'), tags: ['x'] } }));
    compiles((api) => api.put('/things/{id}', { path: { id: 1 }, body: { file: part } }));
    compiles((api) => api.put('/things/{id}', { path: { id: 1 }, body: { file: new Uint8Array(3) }, mediaType: 'multipart/form-data' }));
    compiles((api) => api.patch('/things/{id}', { path: { id: 1 }, body: new Uint8Array(3) }));
    // @ts-expect-error no such part
    compiles((api) => api.put('/things/{id}', { path: { id: 1 }, body: { other: 'x' } }));
  });

  it('gives a result for each declared status, told apart by status', () => {
    compiles(async (api) => {
      const result = await api.get('/things');
      expectTypeOf(result.status).toEqualTypeOf<200 | 422>();
      if (result.status === 200) expectTypeOf(result.body).toEqualTypeOf<Thing[]>();
      else expectTypeOf(result.body).toEqualTypeOf<{ detail: string }>();
      expectTypeOf(result.bytes).toEqualTypeOf<Uint8Array>();
      const one = await api.get('/things/{id}', { path: { id: 1 } });
      if (one.status === 204) expectTypeOf(one.body).toEqualTypeOf<undefined>();
      const text = await api.put('/things/{id}', { path: { id: 1 } });
      expectTypeOf(text.body).toEqualTypeOf<string>();
      const image = await api.patch('/things/{id}', { path: { id: 1 }, body: '' });
      expectTypeOf(image.body).toEqualTypeOf<undefined>();
      const created = await api.post('/things', { query: { kind: 'a' }, body: { name: 'x' } });
      expectTypeOf(created.status).toEqualTypeOf<number>();
    });
  });

  it('gives the expected status its body', () => {
    compiles(async (api) => {
      const things = await api.get('/things', { expect: 200 });
      expectTypeOf(things.status).toEqualTypeOf<200>();
      expectTypeOf(things.body).toEqualTypeOf<Thing[]>();
      const created = await api.post('/things', { query: { kind: 'a' }, body: { name: 'x' }, expect: 201 });
      expectTypeOf(created.body.id).toEqualTypeOf<number>();
      const missing = await api.get('/things/{id}', { path: { id: 1 }, expect: 404 });
      expectTypeOf(missing.status).toEqualTypeOf<404>();
      expectTypeOf(missing.body).toEqualTypeOf<unknown>();
    });
  });
});
