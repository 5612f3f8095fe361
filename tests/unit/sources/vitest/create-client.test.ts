import { describe, expect, it, onTestFinished } from 'vitest';
import type { Exchange } from '../../../../src/requests/exchange.ts';
import { createClient, type ApiClient, type ClientOptions, type ProvidedApi } from '../../../../src/sources/vitest.ts';
import { openApi } from '../../../../src/sources/vitest/open-api.ts';
import { provide, serveThings, type paths } from './thing-api.ts';

async function connect(
  more: Partial<ProvidedApi> = {},
  options: Partial<ClientOptions> = {},
): Promise<{ readonly api: ApiClient<paths>; readonly tokens: (string | undefined)[]; readonly asked: string[] }> {
  const served = await serveThings();
  const open = openApi(provide(served.origin, { mode: 'standalone', ...more }));
  onTestFinished(() => open.transport.close());
  const { contract, transport, identities, accuse } = open;
  const api = createClient<paths>({ contract, transport, identities, accuse, baseUrl: served.origin, identity: 'admin', ...options });
  return { ...served, api };
}

describe('createClient', () => {
  it('sends the call and gives back the answer with its verdict', async () => {
    const { api, tokens, asked } = await connect();
    const things = await api.get('/things', { query: { limit: 3 } });
    expect(asked).toEqual(['GET /things?limit=3']);
    expect(tokens).toEqual(['Bearer secret-token-of-admin']);
    expect(things).toMatchObject({ status: 200, body: [{ id: 1, name: 'one' }] });
    expect(things.header('Content-Type')).toBe('application/json');
    expect(Buffer.from(things.bytes).toString()).toBe('[{"id":1,"name":"one"}]');
    expect(things.verdict.operation?.id).toBe('GET /things');
  });

  it('calls as whom it is told', async () => {
    const { api, tokens } = await connect({}, { headers: [['X-Own', 'a']] });
    await api.get('/things', { identity: 'reader' });
    await api.as('reader').get('/things');
    await api.get('/things', { identity: null });
    await api.as(null).get('/things');
    await api.get('/things', { headers: { authorization: 'Bearer mine' } });
    expect(tokens).toEqual(['Bearer secret-token-of-reader', 'Bearer secret-token-of-reader', undefined, undefined, 'Bearer mine']);
    await expect(api.as('nobody').get('/things')).rejects.toThrow('there is no identity nobody; there are admin, reader');
  });

  it('sends an idempotent call again while its expected status may still come, and no other', async () => {
    const { api, asked } = await connect({}, { settle: 250 });
    await expect(api.get('/things', { expect: 404 as 200 })).rejects.toThrow('expected status 404, got 200');
    expect(new Set(asked)).toEqual(new Set(['GET /things']));
    expect(asked.length).toBeGreaterThan(1);
    asked.length = 0;
    await api.get('/things', { expect: 200 });
    await expect(api.post('/things', { body: { name: 'a' }, expect: 404 as 201 })).rejects.toThrow('expected status 404');
    expect(asked).toEqual(['GET /things', 'POST /things']);
  });

  it('sends files with their names, types and bytes', async () => {
    const { api } = await connect();
    const upload = new File([new Uint8Array([0, 255, 10])], 'a "b".bin', { type: 'application/x-own' });
    const form = await api.put('/things/{id}/file', { path: { id: 1 }, body: { upload, note: 'two\nlines', tags: ['x', 'y'] } });
    const text = Buffer.from(form.bytes).toString('latin1');
    const parts = text.split(/--specproof-[-0-9a-f]+(?:--)?\r\n/).filter((part) => part !== '');
    expect(parts).toEqual([
      'Content-Disposition: form-data; name="upload"; filename="a %22b%22.bin"\r\nContent-Type: application/x-own\r\n\r\n\u0000\u00ff\n\r\n',
      'Content-Disposition: form-data; name="note"\r\n\r\ntwo\nlines\r\n',
      'Content-Disposition: form-data; name="tags"\r\n\r\nx\r\n',
      'Content-Disposition: form-data; name="tags"\r\n\r\ny\r\n',
    ]);
    const bytes = await api.put('/things/{id}/file', { path: { id: 1 }, body: { upload: new TextEncoder().encode('plain') } });
    expect(bytes.body).toContain('name="upload"; filename="upload"\r\nContent-Type: application/octet-stream\r\n\r\nplain\r\n');
  });

  it('fails the call on a broken promise, and says what was promised, what came and how to see it', async () => {
    const { api } = await connect();
    const call = api.get('/things/{id}', { path: { id: 99 } });
    await expect(call).rejects.toThrow(
      expect.objectContaining({
        name: 'AssertionError',
        message: expect.stringMatching(
          /^GET \/things\/\{id\} does not meet its contract\nbody-matches-schema: .*\n {2}where {6}response\.body.*\n {2}promised .*things\.json#\/paths.*\n {2}came .*\n {2}try {8}curl -i .*"\$BASE\/things\/99"$/,
        ),
      }),
    );
  });

  it('lets pass what is known, and everything under a run', async () => {
    const known = {
      entry: 1,
      check: 'body-matches-schema',
      operations: ['GET /things/{id}'],
      topic: undefined,
      targets: undefined,
      reason: 'old',
      expires: '2999-01-01',
    };
    const excused = await connect({ knownDeviations: [known] });
    expect((await excused.api.get('/things/{id}', { path: { id: 99 } })).status).toBe(200);
    const expired = await connect({ knownDeviations: [{ ...known, expires: '2001-01-01' }] });
    await expect(expired.api.get('/things/{id}', { path: { id: 99 } })).rejects.toThrow('does not meet its contract');
    const exchanges: Exchange[] = [];
    const run = await connect({ mode: 'run' }, { record: (exchange) => exchanges.push(exchange), title: () => 'a test' });
    const result = await run.api.get('/things/{id}', { path: { id: 99 } });
    expect(result.verdict.judgements.some(({ outcome }) => outcome === 'fail')).toBe(true);
    expect(exchanges).toMatchObject([{ title: 'a test', source: 'tests', identity: 'admin' }]);
  });

  it('fails at once on another status than expected, and without an answer', async () => {
    const { api } = await connect({ mode: 'run' });
    await expect(api.get('/things', { expect: 404 })).rejects.toThrow('expected status 404, got 200 [{"id":1,"name":"one"}]');
    await expect(api.get('/things/{id}', { path: { id: 0 } })).rejects.toMatchObject({
      name: 'NoAnswerError',
      message: expect.stringContaining('was not answered'),
    });
  });
});
