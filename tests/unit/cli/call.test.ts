import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, runMain, type Outcome, type RunMainOptions } from '../../support/run-main.ts';

interface Arrived {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly type: string | undefined;
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  readonly body: string;
}

const thing = { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 3 }, size: { type: 'integer' } } };
const json = { 'application/json': { schema: thing } };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const file = { type: 'object', properties: { kind: { type: 'string' }, file: { type: 'string', format: 'binary' } } };
const answers = { 200: { description: 'ok', content: json } };
const made = { requestBody: { required: true, content: json }, responses: answers };
const document = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  security: [{ bearer: [] }],
  paths: {
    '/things': { get: { operationId: 'listThings', responses: answers }, post: made },
    '/things/{id}': { get: { operationId: 'getThing', parameters: [id], responses: answers } },
    '/things/{id}/file': {
      put: { parameters: [id], requestBody: { content: { 'multipart/form-data': { schema: file } } }, responses: answers },
    },
    '/login': {
      post: { requestBody: { content: { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } } }, responses: answers },
    },
  },
};
const arrived: Arrived[] = [];
let server: Server;
let base: string;
let answer = '';
let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = (await buffer(request)).toString();
    const { method, url, headers } = request;
    arrived.push({
      method,
      url,
      type: headers['content-type'],
      authorization: headers.authorization,
      cookie: headers.cookie,
      body,
    });
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = await makeFolder({
    'openapi.json': JSON.stringify(document),
    'thing.json': '{"name": "from a file"}',
    'notes.txt': 'two\nlines',
  });
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await folder.dispose();
});
beforeEach(() => {
  arrived.length = 0;
  answer = '{"name":"abc","size":12345678901234567890}';
});

const call = (words: readonly string[], options: RunMainOptions = {}): Promise<Outcome> =>
  runMain(['call', ...words, '--document', 'openapi.json', '--base-url', base, '--identity', 'me=letmein'], {
    cwd: folder.path,
    ...options,
  });

describe('a call', () => {
  it.each([
    { words: ['GET', '/things', '-q', 'page=2', '-q', 'sort=a b'], want: { method: 'GET', url: '/things?page=2&sort=a%20b' } },
    { words: ['/things'], want: { method: 'GET', url: '/things' } },
    {
      words: ['/things', '-d', '{"name":"abc"}'],
      want: { method: 'POST', url: '/things', body: '{"name":"abc"}', type: 'application/json' },
    },
    { words: ['-X', 'POST', '/things', '-d', '@thing.json'], want: { method: 'POST', body: '{"name": "from a file"}' } },
    { words: ['/login', '-X', 'post', '--data-raw', '@thing.json'], want: { method: 'POST', body: '@thing.json' } },
    { words: ['listThings'], want: { method: 'GET', url: '/things' } },
    { words: ['GET /things'], want: { method: 'GET', url: '/things' } },
    { words: ['getThing', '-p', 'id=a/b'], want: { method: 'GET', url: '/things/a%2Fb' } },
    { words: ['get', '/things/{id}', '-p', 'id=7'], want: { method: 'GET', url: '/things/7' } },
    { words: ['post', '/things', '-d', '@thing.json'], want: { method: 'POST', body: '{"name": "from a file"}' } },
    { words: ['post', '/login', '-d', 'user=a'], want: { type: 'application/x-www-form-urlencoded', body: 'user=a' } },
    {
      words: ['post', '/login', '-d', 'user=a', '-d', 'word=b'],
      want: { type: 'application/x-www-form-urlencoded', body: 'user=a&word=b' },
    },
    { words: ['/things', '--json', '@thing.json'], want: { method: 'POST', type: 'application/json', body: '{"name": "from a file"}' } },
    { words: ['/things', '-b', 'a=1', '-b', 'b=x=y'], want: { method: 'GET', cookie: 'a=1; b=x=y' } },
    {
      words: ['-G', '/things', '-q', 'page=2', '-d', 'a=1', '-d', 'b=%20'],
      want: { method: 'GET', url: '/things?page=2&a=1&b=%20', body: '' },
    },
    { words: ['-I', '/things'], want: { method: 'HEAD', url: '/things' } },
    { words: ['post', '/login', '-F', 'user=a b'], want: { type: 'application/x-www-form-urlencoded', body: 'user=a+b' } },
  ])('$words is sent as $want', async ({ words, want }) => {
    const { code, stderr } = await call(words);
    expect(arrived, stderr).toEqual([expect.objectContaining({ authorization: 'Bearer letmein', ...want })]);
    expect(code).toBe(0);
  });

  it('says that a body is no JSON, or missing, and sends what there is all the same', async () => {
    const { stderr } = await call(['POST', '/things', '-d', "{'name': 'abc'}"]);
    expect(stderr).toMatch(/^ {2}the body is no JSON: Expected property name .*position 1/);
    expect(arrived.map(({ body }) => body)).toEqual(["{'name': 'abc'}"]);
    expect((await call(['POST', '/things', '-d', '{"name": "abc"}'])).stderr).not.toMatch(/no JSON|requires a body/);
    expect((await call(['POST', '/things'])).stderr).toContain('the document requires a body, and none is sent');
  });

  it('sends files and texts as a multipart form', async () => {
    const other = 'more=@"notes.txt";filename="a;b";type=text/csv; header=x';
    await call(['PUT', '/things/7/file', '-F', 'kind=plain', '-F', 'file=@notes.txt;type=text/plain', '-F', other]);
    expect(arrived[0]?.type).toMatch(/^multipart\/form-data; boundary=/);
    expect(arrived[0]?.body).toMatch(
      /name="kind"\r\n\r\nplain\r\n[^]*name="file"; filename="notes.txt"\r\nContent-Type: text\/plain\r\n\r\ntwo\nlines\r\n[^]*filename="a;b"\r\nContent-Type: text\/csv; header=x\r\n\r\ntwo/,
    );
  });

  it('makes a body from the schema', async () => {
    const { stderr } = await call(['POST', '/things', '--example']);
    expect(JSON.parse(arrived[0]?.body ?? '')).toMatchObject({ name: expect.stringMatching(/^.{3,}$/) as string });
    expect(stderr).not.toContain('✗');
  });

  it.each([
    { words: ['getThings'], want: 'the document has no operation "getThings", did you mean getThing?' },
    { words: ['getThing'], want: 'the path parameter {id} has no value' },
    { words: ['listThings', '-p', 'id=1'], want: 'there is no {id} in /things' },
    { words: [], want: 'nothing says what to call' },
    { words: ['POST', '/things', '-d', '{}', '--example'], want: 'ways to give one body: take one' },
    { words: ['things'], want: 'the document has no operation "things"' },
    { words: ['GET', 'things'], want: 'the path "things" does not begin with a slash\n  write /things' },
    { words: ['GET', '/things', '-X', 'POST'], want: 'two methods: "GET" and --request POST' },
    { words: ['POST', '/things', '-F', 'a=@nothing.txt'], want: '--form: cannot read nothing.txt' },
    { words: ['GET', '/things', '--example'], want: 'no valid body can be made for GET /things' },
    { words: ['POST', '/things', '-d', '{}', '--json', '{}'], want: 'ways to give one body: take one' },
    { words: ['/things', '-b', 'cookies.txt'], want: '--cookie must have the form NAME=VALUE' },
    { words: ['GET', '/things', '--as', 'cobol'], want: 'there are curl, httpx, fetch, httpie, body' },
  ])('$words is refused: $want', async ({ words, want }) => {
    const { code, stderr } = await call(words);
    expect({ code, sent: arrived }).toEqual({ code: 2, sent: [] });
    expect(stderr).toContain(want);
  });
});

describe('the answer', () => {
  it('goes byte by byte to a program', async () => {
    expect((await call(['/things'])).stdout).toBe(answer);
  });

  it('is laid out on a terminal, coloured, every number as it came', async () => {
    const { stdout } = await call(['/things'], { terminal: true });
    expect(stdout).toBe(
      '{\n  \u001b[36m"name"\u001b[39m: \u001b[32m"abc"\u001b[39m,\n  \u001b[36m"size"\u001b[39m: \u001b[33m12345678901234567890\u001b[39m\n}\n',
    );
    expect((await call(['/things', '--no-color'], { terminal: true })).stdout).toBe(
      '{\n  "name": "abc",\n  "size": 12345678901234567890\n}\n',
    );
  });

  it('does not steer the terminal', async () => {
    answer = '"\u009b31m red"\u001b[2J';
    expect((await call(['/things', '--no-color'], { terminal: true })).stdout).toBe('"\\x9b31m red"\\x1b[2J\n');
  });
});

describe('a call that is printed', () => {
  const printed = async (kind: string, ...words: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await call([...words, '--as', kind]);
    expect({ code, stderr, sent: arrived }).toEqual({ code: 0, stderr: '', sent: [] });
    expect(stdout).not.toContain('letmein');
    return stdout;
  };

  it('is its body alone', async () => {
    expect(await printed('body', 'POST', '/things', '-d', '{"name":"abc","size":1e400}')).toBe('{\n  "name": "abc",\n  "size": 1e400\n}\n');
  });

  it('names the files of a form for curl', async () => {
    expect(await printed('curl', 'PUT', '/things/7/file', '-F', 'kind=a;b', '-F', 'file=@notes.txt;filename=b')).toContain(
      `--form-string 'kind=a;b' -F 'file=@"notes.txt";filename="b";type=application/octet-stream'`,
    );
  });

  it('is Python for httpx, the token from the environment', async () => {
    expect(await printed('httpx', 'POST', '/things', '-d', '{"name":"it\'s \\"x\\"","size":null}')).toBe(
      `import os\n\nimport httpx\n\nresponse = httpx.post("${base}/things",\n    headers={\n      "Accept": "application/json, */*;q=0.1",\n      "Content-Type": "application/json",\n      "Authorization": "Bearer " + os.environ["TOKEN"]\n    },\n    json={\n      "name": "it's \\"x\\"",\n      "size": None\n    }\n)\nprint(response.text)\n`,
    );
  });

  it('is a line of shell for HTTPie', async () => {
    expect(await printed('httpie', 'GET', '/things', '-q', "a=it's")).toContain(`'GET' '${base}/things?a=it%27s'`);
    expect(await printed('httpie', 'GET', '/things')).toContain('"Authorization:Bearer $TOKEN"');
  });

  it.each([
    ['GET', '/things', '-q', "a=it's b"],
    ['POST', '/things', '-d', '{"name":"it\'s $x `y` \\\\ \\"z\\" ü","size":1}'],
    ['POST', '/things', '-H', 'Content-Type: text/plain', '-d', "it's\nplain"],
    ['POST', '/login', '-F', "user=it's"],
    ['PUT', '/things/7/file', '-F', 'kind=plain', '-F', 'file=@notes.txt'],
  ])('%s %s is a program for Node that sends the same', async (...words) => {
    const program = await printed('fetch', ...words);
    await call(words);
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      cwd: folder.path,
      env: { ...process.env, TOKEN: 'letmein' },
    });
    const boundaryless = arrived.map((one) => ({
      ...one,
      type: one.type?.replace(/;.*/, ''),
      url: one.url?.replaceAll("'", '%27'),
      body: one.body.replaceAll(/-{4,}formdata-undici-\d+/g, 'boundary'),
    }));
    expect(boundaryless[1]).toEqual(boundaryless[0]);
  });

  it.each([
    { kind: 'httpx', words: ['POST', '/things', '-H', 'Content-Type: text/plain', '-d', 'x'], want: 'leave out a body of type text/plain' },
    { kind: 'httpx', words: ['POST', '/things', '-d', '{"size":12345678901234567890}'], want: 'the JSON would not be written as it is' },
    { kind: 'fetch', words: ['PUT', '/things/7/file', '-F', "kind=it's"], want: 'do not quote such form fields' },
  ])('is refused where $kind would send something else', async ({ kind, words, want }) => {
    const { code, stderr } = await call([...words, '--as', kind]);
    expect(code).toBe(2);
    expect(stderr).toContain(want);
    expect(stderr).toContain('--as curl');
  });
});

describe('the history', () => {
  const past = (): { readonly terminal: true; readonly env: { readonly SPECPROOF_HISTORY: string } } => ({
    terminal: true,
    env: { SPECPROOF_HISTORY: join(folder.path, 'state', 'calls.ndjson') },
  });
  const listed = async (): Promise<string> => (await runMain(['history'], { cwd: folder.path, ...past() })).stdout;

  it('keeps what was typed at a terminal, without credentials, for its user alone', async () => {
    await call(['/things', '-q', 'page=1']);
    await call(['/things', '-q', 'page=2', '-H', 'X-Api-Key: hunter2', '-H', 'X-Trace: 1'], past());
    await call(['POST', '/things', '-d', '{"password":"hunter2"}'], past());
    await call(['POST', '/things', '-d', '"letmein"'], past());
    await call(['POST', '/things', '--example'], past());
    const { SPECPROOF_HISTORY: file } = past().env;
    expect(await readFile(file, 'utf8')).not.toMatch(/letmein|hunter2/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const where = `--document openapi.json --base-url ${base}`;
    expect(await listed()).toBe(
      `   2  specproof call /things -q page=2 -H 'X-Trace: 1' ${where}\n   1  specproof call POST /things ${where} --example\n`,
    );
  });

  it('sends the last call again, or an earlier one, with what is given now', async () => {
    const { stderr } = await runMain(['call', '--again', '2', '--identity', 'me=other'], { cwd: folder.path, ...past() });
    expect(arrived, stderr).toMatchObject([{ method: 'GET', url: '/things?page=2', authorization: 'Bearer other' }]);
    expect(await runMain(['call', '--again', '9'], { cwd: folder.path, ...past() })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no call 9 in the history') as string,
    });
  });

  it('is forgotten when asked', async () => {
    await runMain(['history', '--clear'], { cwd: folder.path, ...past() });
    expect(await listed()).toBe('');
    expect((await runMain(['call', '--again'], { cwd: folder.path, ...past() })).stderr).toContain('no call was typed in this folder yet');
  });
});

describe('what does not fit', () => {
  it('says which path may have been meant, and nothing of one that the document knows by another method', async () => {
    const call = (...words: readonly string[]): Promise<Outcome> =>
      runMain(['call', ...words, '--document', 'openapi.json', '--base-url', base], { cwd: folder.path });
    expect((await call('GET', '/thigns')).stderr).toContain('did you mean /things?');
    expect((await call('DELETE', '/things')).stderr).not.toContain('did you mean');
  });

  it('tells what was found also where a report cannot be written', async () => {
    const { code, stdout, stderr } = await runMain(
      ['run', 'openapi.json', '--base-url', base, '--max-cases', '1', '--report', `html=${folder.path}`],
      { cwd: folder.path },
    );
    expect(stdout).toMatch(/exchange.* · exit \d/);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`cannot write ${folder.path}: it is a folder`) as string });
  });
});
