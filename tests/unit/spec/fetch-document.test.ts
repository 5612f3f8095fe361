import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { valueAt } from '../../../src/lib/json-pointer.ts';
import { fetchDocument } from '../../../src/spec/fetch-document.ts';
import { findReferences } from '../../../src/spec/references.ts';

const info = { title: 't', version: '1' };
const document = { openapi: '3.1.0', info, paths: { '/a': { get: { responses: { 200: { description: '' } } } } } };

type Answer = string | ((request: IncomingMessage, response: ServerResponse) => void);

async function serve(
  answers: Map<string, Answer>,
): Promise<{ readonly origin: string; readonly seen: IncomingMessage[]; readonly close: () => Promise<void> }> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    const answer = answers.get(request.url ?? '');
    if (typeof answer === 'function') answer(request, response);
    else if (answer === undefined) response.writeHead(404).end('{"detail":"Not Found"}');
    else response.writeHead(200, { 'content-type': answer.startsWith('<') ? 'text/html' : 'application/json' }).end(answer);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, close };
}

const answers = new Map<string, Answer>();
const otherAnswers = new Map<string, Answer>();
let here: Awaited<ReturnType<typeof serve>>;
let elsewhere: Awaited<ReturnType<typeof serve>>;
let folder = '';

beforeAll(async () => {
  [here, elsewhere] = await Promise.all([serve(answers), serve(otherAnswers)]);
});
afterAll(() => Promise.all([here.close(), elsewhere.close()]));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'specproof-fetch-'));
  here.seen.length = 0;
  elsewhere.seen.length = 0;
});
afterEach(async () => {
  answers.clear();
  otherAnswers.clear();
  await rm(folder, { recursive: true });
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
  return path;
}

const withRef = (reference: string): string => JSON.stringify({ ...document, components: { schemas: { A: { $ref: reference } } } });

const refused = (code: string, message: RegExp) => ({ code, message: expect.stringMatching(message) as string });

describe('fetchDocument of a document', () => {
  it('gives the document at a URL, with its text and place', async () => {
    answers.set('/openapi.json', JSON.stringify(document));
    expect(await fetchDocument(`${here.origin}/openapi.json`)).toEqual({
      document,
      raw: document,
      text: JSON.stringify(document),
      location: `${here.origin}/openapi.json`,
      notes: [],
    });
  });

  it.each([
    ['JSON', 'api.json', JSON.stringify(document)],
    [
      'YAML',
      'api.yaml',
      'openapi: 3.1.0\ninfo: { title: t, version: "1" }\npaths: { /a: { get: { responses: { 200: { description: "" } } } } }\n',
    ],
  ])('gives the document in a %s file', async (_, name, text) => {
    const path = await file(name, text);
    expect(await fetchDocument(path)).toEqual({ document, raw: document, text, location: path, notes: [] });
  });

  it('follows redirects and names where they led', async () => {
    answers.set('/old', (_, response) => response.writeHead(302, { location: '/openapi.json' }).end());
    answers.set('/openapi.json', JSON.stringify(document));
    expect((await fetchDocument(`${here.origin}/old`)).location).toBe(`${here.origin}/openapi.json`);
  });

  it('sends headers to the origin that was named, and never to another', async () => {
    answers.set('/old', (_, response) => response.writeHead(302, { location: `${elsewhere.origin}/openapi.json` }).end());
    otherAnswers.set('/openapi.json', JSON.stringify(document));
    await fetchDocument(`${here.origin}/old`, { headers: { 'x-key': 'secret', authorization: 'Bearer secret' } });
    expect(here.seen.map(({ headers }) => [headers['x-key'], headers.authorization])).toEqual([['secret', 'Bearer secret']]);
    expect(elsewhere.seen.map(({ headers }) => [headers['x-key'], headers.authorization])).toEqual([[undefined, undefined]]);
  });

  it('sends the credentials of a URL as Basic, and names the URL without them', async () => {
    answers.set('/openapi.json', JSON.stringify(document));
    const { location } = await fetchDocument(`${here.origin.replace('//', '//me:s%40cret@')}/openapi.json`);
    expect(location).toBe(`${here.origin}/openapi.json`);
    expect(here.seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:s@cret').toString('base64')}`);
  });

  it.each<[string, string | undefined, Answer, string, RegExp]>([
    ['a missing page', '/nope', '', 'E_SPEC_FETCH', /\/nope answers 404 Not Found$/],
    ['a closed door', '/closed', (_, response) => response.writeHead(401).end(), 'E_SPEC_FETCH', /answers 401/],
    ['a broken answer', '/broken', (request) => request.socket.destroy(), 'E_SPEC_FETCH', /cannot be fetched: /],
    [
      'an endless redirect',
      '/loop',
      (_, response) => response.writeHead(302, { location: '/loop' }).end(),
      'E_SPEC_FETCH',
      /redirects more than/,
    ],
    [
      'a redirect out of the web',
      '/file',
      (_, response) => response.writeHead(302, { location: 'file:///etc/hostname' }).end(),
      'E_SPEC_FETCH',
      /redirects to file:/,
    ],
    [
      'a redirect to a login',
      '/guarded',
      (_, response) => response.writeHead(302, { location: '/login?next=%2Fguarded' }).end(),
      'E_SPEC_FETCH',
      /\/login\?next=%2Fguarded is a page \("Who is it\?"\) that asks who calls, in place of the document$/,
    ],
    ['a silent server', '/silent', () => undefined, 'E_SPEC_FETCH', /no complete answer within 2000 ms/],
    ['an answer that is no document', '/health', '{"status":"ok"}', 'E_SPEC_INVALID', /\/health is an object with "status"/],
    ['an answer that is broken JSON', '/cut', '{"openapi": "3.1.0", "paths"', 'E_SPEC_PARSE', /\/cut:1:29 is neither JSON nor YAML/],
  ])('says what is wrong with %s', async (_, path, answer, code, message) => {
    answers.set('/login?next=%2Fguarded', '<!doctype html><title>Who is it?</title>');
    if (answer !== '') answers.set(path ?? '', answer);
    await expect(fetchDocument(`${here.origin}${path}`, { timeout: 2000 })).rejects.toMatchObject(refused(code, message));
  });

  it('says that nobody listens', async () => {
    const gone = await serve(new Map());
    await gone.close();
    await expect(fetchDocument(`${gone.origin}/openapi.json`)).rejects.toMatchObject({
      ...refused('E_SPEC_FETCH', /cannot be fetched: .*ECONNREFUSED/),
      exit: 3,
    });
  });

  it.each([
    ['is not there', 'nope.json', /nope\.json cannot be read: there is no such file/],
    ['is a folder', '.', /cannot be read: it is a folder/],
  ])('says that a file %s', async (_, name, message) => {
    await expect(fetchDocument(join(folder, name))).rejects.toMatchObject(refused('E_SPEC_FETCH', message));
  });
});

describe('fetchDocument of references', () => {
  it('pulls in files, through files, whatever their format, and leaves only local references', async () => {
    await file('schemas/pet.yaml', 'type: object\nproperties:\n  owner: { $ref: "../owner.json#/Owner" }\n  parent: { $ref: pet.yaml }\n');
    await file('owner.json', '{"Owner":{"type":"string","maxLength":7}}');
    const path = await file('api.json', withRef('schemas/pet.yaml'));
    const { document: bundled, raw } = await fetchDocument(path);
    expect(valueAt(raw, '/components/schemas/A')).toEqual({ $ref: 'schemas/pet.yaml' });
    expect(findReferences(bundled).map(({ reference }) => reference[0])).toEqual(findReferences(bundled).map(() => '#'));
    expect(JSON.stringify(bundled)).toContain('"maxLength":7');
  });

  it("pulls in URLs of the document's own origin, with its headers", async () => {
    answers.set('/v1/openapi.json', withRef('common.json#/A'));
    answers.set('/v1/common.json', '{"A":{"type":"string","maxLength":7}}');
    const { document: bundled } = await fetchDocument(`${here.origin}/v1/openapi.json`, { headers: { 'x-key': 'k' } });
    expect(JSON.stringify(bundled)).toContain('"maxLength":7');
    expect(here.seen.map(({ headers }) => headers['x-key'])).toEqual(['k', 'k']);
  });

  it('refuses another host by name, says how to allow it, and then allows it', async () => {
    otherAnswers.set('/a.json', '{"type":"string","maxLength":7}');
    answers.set('/openapi.json', withRef(`${elsewhere.origin}/a.json`));
    const source = `${here.origin}/openapi.json`;
    const host = new URL(elsewhere.origin).host;
    await expect(fetchDocument(source)).rejects.toMatchObject({
      ...refused('E_SPEC_REF', /a\.json, whose host is not allowed$/),
      hint: `if you trust it: --allow-ref-host ${host}`,
    });
    expect(elsewhere.seen).toEqual([]);
    const { document: bundled } = await fetchDocument(source, { allowRefHosts: [host], headers: { 'x-key': 'k' } });
    expect(JSON.stringify(bundled)).toContain('"maxLength":7');
    expect(elsewhere.seen.map(({ headers }) => headers['x-key'])).toEqual([undefined]);
  });

  it('refuses a redirect to a host that is not allowed', async () => {
    answers.set('/openapi.json', withRef('a.json'));
    answers.set('/a.json', (_, response) => response.writeHead(302, { location: `${elsewhere.origin}/a.json` }).end());
    await expect(fetchDocument(`${here.origin}/openapi.json`)).rejects.toMatchObject(refused('E_SPEC_REF', /whose host is not allowed/));
    expect(elsewhere.seen).toEqual([]);
  });

  it.each(['file:///etc/hostname', 'data:application/json,{}'])('refuses %s from the web', async (reference) => {
    answers.set('/openapi.json', withRef(reference));
    await expect(fetchDocument(`${here.origin}/openapi.json`)).rejects.toMatchObject(
      refused('E_SPEC_REF', /neither a web address nor a file beside it/),
    );
  });

  it.each([
    ['a file that is not there', 'nope.yaml#/A', /"nope\.yaml#\/A" at \/components\/schemas\/A\/\$ref cannot be had: .*no such file/],
    ['a place that is not in the file', 'common.json#/B', /"common\.json#\/B" at \/components\/schemas\/A\/\$ref leads nowhere/],
    ['a file that is broken', 'broken.json', /cannot be had: .*broken\.json:1:2 is neither JSON nor YAML/],
    [
      'a place that is not in the document',
      '#/components/schemas/B',
      /api\.json: "#\/components\/schemas\/B" at \/components\/schemas\/A\/\$ref leads nowhere/,
    ],
  ])('names a reference to %s', async (_, reference, message) => {
    await file('common.json', '{"A":{}}');
    await file('broken.json', '{');
    await expect(fetchDocument(await file('api.json', withRef(reference)))).rejects.toMatchObject(refused('E_SPEC_REF', message));
  });
});

describe('fetchDocument of a page', () => {
  const swagger = (url: string): string => `<!doctype html><title>Docs</title><script>SwaggerUIBundle({ url: '${url}' })</script>`;

  it.each<[string, Record<string, string>]>([
    ['itself', { '/docs': swagger('/openapi.json') }],
    [
      'its initializer',
      {
        '/docs': '<html><script src="./init/swagger-initializer.js"></script>',
        '/init/swagger-initializer.js': 'window.ui = SwaggerUIBundle({ url: "openapi.json" })',
      },
    ],
    ['its configuration', { '/docs': '<script>SwaggerUIBundle({ configUrl: "/config" })</script>', '/config': '{"url":"/openapi.json"}' }],
  ])('finds the document that the page names in %s', async (_, pages) => {
    for (const [path, text] of Object.entries(pages)) answers.set(path, text);
    answers.set('/openapi.json', JSON.stringify(document));
    const fetched = await fetchDocument(`${here.origin}/docs`);
    expect(fetched).toMatchObject({ document, location: `${here.origin}/openapi.json`, text: JSON.stringify(document) });
  });

  it('takes a document that is in the page, with lines of its own', async () => {
    answers.set('/docs', `<script id="api-reference" type="application/json">${JSON.stringify(document)}</script>`);
    expect(await fetchDocument(`${here.origin}/docs`)).toMatchObject({
      document,
      location: `${here.origin}/docs`,
      text: `${JSON.stringify(document, undefined, 2)}\n`,
    });
  });

  it('goes on when a place leads nowhere, and names documents that were not used', async () => {
    answers.set(
      '/docs',
      '<script>SwaggerUIBundle({ urls: [{ url: "/gone.json" }, { url: "/openapi.json" }, { url: "/v2.json" }] })</script>',
    );
    answers.set('/openapi.json', JSON.stringify(document));
    const { location, notes } = await fetchDocument(`${here.origin}/docs`);
    expect(location).toBe(`${here.origin}/openapi.json`);
    expect(notes).toEqual([`${here.origin}/docs shows further documents that were not used: /v2.json`]);
  });

  it.each<[string, string, string, RegExp]>([
    [
      'names none',
      '<!doctype html><title>Welcome</title>',
      'E_SPEC_INVALID',
      /\/docs is a page \("Welcome"\), not an OpenAPI document, and shows none that specproof can find$/,
    ],
    [
      'names one that is gone',
      swagger('/gone.json'),
      'E_SPEC_FETCH',
      /\/docs is a page \("Docs"\) whose document cannot be used: .*\/gone\.json answers 404/,
    ],
    ['names one that is broken', swagger('/broken.json'), 'E_SPEC_PARSE', /broken\.json:1:2 is neither/],
    [
      'asks for a password',
      '<!doctype html><form><input name=p type="password"></form>',
      'E_SPEC_FETCH',
      /\/docs is a page that asks who calls/,
    ],
    ['names itself', swagger('/docs'), 'E_SPEC_INVALID', /shows none that specproof can find \(it names \/docs\)/],
  ])('says so when the page %s', async (_, html, code, message) => {
    answers.set('/docs', html);
    answers.set('/broken.json', '{');
    await expect(fetchDocument(`${here.origin}/docs`)).rejects.toMatchObject(refused(code, message));
  });
});
