import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, runMain } from '../../support/run-main.ts';

const document = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  security: [{ bearer: [] }],
  paths: { '/things': { get: { responses: { 200: { description: 'ok' }, 401: { description: 'who?' } } } } },
};
const auth = `
auth:
  - name: ann
    loginEndpointAuth:
      payloadUserPwd: {username: ann, password: the-word-of-ann, usernameField: user, passwordField: word}
authTemplate:
  loginEndpointAuth:
    endpoint: /login
    verb: POST
    contentType: application/json
    token: {extractFrom: body, extractSelector: /token, sendIn: header, sendName: X-Session, sendTemplate: 'Bearer {token}'}
`;

let server: Server;
let base: string;
let folder: Awaited<ReturnType<typeof makeFolder>>;
/** Method, path and credential of each request. */
const arrived: string[] = [];

beforeAll(async () => {
  let logins = 0;
  server = createServer(async (request, response) => {
    const body = await text(request);
    const session = request.headersDistinct['x-session']?.join();
    arrived.push(`${request.method} ${request.url} ${session ?? body}`.trim());
    if (request.url === '/login') response.end(`{"token": "session-number-${(logins += 1)}"}`);
    // the first session is ended by the server
    else response.writeHead(session === 'Bearer session-number-2' ? 200 : 401).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = await makeFolder({ 'openapi.json': JSON.stringify(document), 'auth.yaml': auth });
});
afterAll(async () => {
  server.close();
  await folder.dispose();
});

describe('--auth-wfc', () => {
  it('sends requests as who logs in at the origin of the target, again where the session is over, and keeps no secret', async () => {
    const argv = ['run', 'openapi.json', '--base-url', `${base}/api`, '--auth-wfc', 'auth.yaml', '--only', 'generated'];
    const { code, stdout, stderr } = await runMain([...argv, '--phases', 'examples', '--report', 'har=run.har'], { cwd: folder.path });
    expect(`${code} ${stderr}`).toMatch(/^0 /);
    expect(arrived).toEqual([
      'POST /login {"user":"ann","word":"the-word-of-ann"}',
      'GET /api/things Bearer session-number-1',
      'POST /login {"user":"ann","word":"the-word-of-ann"}',
      'GET /api/things Bearer session-number-2',
    ]);
    expect(`${stdout}${stderr}${await readFile(`${folder.path}/run.har`, 'utf8')}`).not.toMatch(/session-number|the-word-of-ann/);
  });

  it('gives identities to the other commands, by configuration too', async () => {
    const environments = { here: { target: { kind: 'live', baseUrl: base }, authWfc: 'auth.yaml', readers: ['ann'] } };
    const own = await makeFolder({ 'specproof.config.json': JSON.stringify({ api: 'things', environments }), 'auth.yaml': auth });
    expect(await runMain(['token', 'ann'], { cwd: own.path })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^session-number-\d\n$/) as string,
    });
    await own.dispose();
  });

  it('says what is wrong with the file', async () => {
    const { code, stderr } = await runMain(['run', 'openapi.json', '--auth-wfc', 'nothing.yaml'], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain('nothing.yaml cannot be read');
  });
});
