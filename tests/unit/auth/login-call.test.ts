import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIdentity } from '../../../src/auth/create-identity.ts';
import type { LoginCallOptions } from '../../../src/auth/identity-options.ts';

interface Arrived {
  readonly request: IncomingMessage;
  readonly body: string;
}

let server: Server;
let url: string;
let arrived: Arrived[];
/** What the endpoint answers the call of that number, from 1. */
let answer: (call: number) => { readonly status?: number; readonly headers?: Record<string, string | string[]>; readonly body?: string };

beforeEach(async () => {
  arrived = [];
  server = createServer(async (request, response) => {
    arrived.push({ request, body: await text(request) });
    const { status = 200, headers = {}, body = '' } = answer(arrived.length);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/login`;
});
afterEach(() => void server.close());

const ann = { fields: { user: 'ann', word: { variable: 'PASSWORD' } } } as const;
const env = { PASSWORD: 'hush & hush' };
const login = (more: Partial<LoginCallOptions>): ReturnType<typeof createIdentity> =>
  createIdentity('ann', { kind: 'login-call', url, ...ann, ...more }, { env });

describe('the call of a login endpoint', () => {
  it.each<{ more: Partial<LoginCallOptions>; want: { method?: string; type?: string; body: string } }>([
    { more: {}, want: { type: 'application/json', body: '{"user":"ann","word":"hush & hush"}' } },
    {
      more: { contentType: 'application/x-www-form-urlencoded', method: 'PUT' },
      want: { method: 'PUT', type: 'application/x-www-form-urlencoded', body: 'user=ann&word=hush+%26+hush' },
    },
    { more: { body: { testValue: '<ann/>' }, contentType: 'text/xml' }, want: { type: 'text/xml', body: '<ann/>' } },
  ])('sends $want.body', async ({ more, want }) => {
    answer = () => ({ headers: { 'Set-Cookie': 'a=1' } });
    await login({ headers: { 'X-Api': 'one' }, ...more }).credential();
    const [{ request, body } = { request: undefined, body: '' }] = arrived;
    expect({ method: request?.method, type: request?.headers['content-type'], body }).toEqual({ method: 'POST', ...want });
    expect(request?.headers['x-api']).toBe('one');
  });

  it.each<{ more: Partial<LoginCallOptions>; want: object }>([
    { more: { token: { body: '/data/0/token' } }, want: { secret: 'in-the-body', scheme: 'Bearer' } },
    { more: { token: { header: 'X-Auth-Token' } }, want: { secret: 'in-the-header', scheme: 'Bearer' } },
    {
      more: { token: { header: 'X-Auth-Token' }, send: { in: 'query', name: 'key' } },
      want: { secret: 'in-the-header', place: { in: 'query', name: 'key', exact: true } },
    },
    { more: {}, want: { secret: 'sid=one; csrf=two', place: { in: 'header', name: 'Cookie', exact: true } } },
    { more: { along: { 'X-Tenant': 'acme' } }, want: { along: [['X-Tenant', 'acme']] } },
  ])('gives $want', async ({ more, want }) => {
    answer = () => ({
      headers: { 'X-Auth-Token': 'in-the-header', 'Set-Cookie': ['sid=one; HttpOnly; Path=/', 'csrf=two', 'old=; Max-Age=0'] },
      body: '{"data": [{"token": "in-the-body"}]}',
    });
    expect(await login(more).credential()).toMatchObject(want);
  });

  it('takes cookies of a redirect, and does not follow it', async () => {
    answer = () => ({ status: 302, headers: { 'Set-Cookie': 'sid=one', Location: '/home' } });
    expect((await login({}).credential()).secret).toBe('sid=one');
    expect(arrived).toHaveLength(1);
  });

  it('is made once for all, and again after the API refused its token', async () => {
    answer = (call) => ({ body: `{"token": "token-${call}"}` });
    const { credential, sources } = login({ token: { body: '/token' } });
    const both = await Promise.all([credential(), credential()]);
    expect(both.map(({ secret }) => secret)).toEqual(['token-1', 'token-1']);
    expect(await sources[0]?.renew('token-1')).toBe(true);
    expect((await credential()).secret).toBe('token-2');
    expect(arrived).toHaveLength(2);
  });

  it('keeps the password, tokens and each cookie as secrets', async () => {
    answer = () => ({ headers: { 'Set-Cookie': ['sid=session-one', 'csrf=number-two'] } });
    const basic = (text: string): { testValue: string } => ({ testValue: `Basic ${Buffer.from(text).toString('base64')}` });
    const identity = login({ headers: { Authorization: basic('ann:in-a-header') }, along: { Authorization: basic('gate:keeper') } });
    await identity.credential();
    expect(identity.secrets()).toEqual(
      expect.arrayContaining(['hush & hush', 'session-one', 'number-two', 'gate:keeper', 'keeper', 'in-a-header']),
    );
    expect(identity.secrets()).not.toContain('ann');
  });

  it.each<{ more: Partial<LoginCallOptions>; given: ReturnType<typeof answer>; want: string }>([
    { more: {}, given: { status: 403, body: 'no, hush & hush' }, want: 'answers 403' },
    { more: {}, given: {}, want: 'answers 200 without a cookie' },
    { more: { token: { body: '/t' } }, given: { body: '{"token":"x"}' }, want: 'answers 200 without a token at /t of a JSON body' },
    { more: { token: { body: '/t' } }, given: { body: '<t/>' }, want: 'answers 200 without a token at /t of a JSON body' },
    { more: { token: { header: 'X-T' } }, given: {}, want: 'answers 200 without a header field X-T' },
  ])('that gives nothing ends with E_IDENTITY: $want', async ({ more, given, want }) => {
    answer = () => given;
    await expect(login(more).credential()).rejects.toMatchObject({ code: 'E_IDENTITY', message: `identity ann: POST ${url} ${want}` });
  });

  it('that nobody answers ends with E_IDENTITY and why', async () => {
    await new Promise((resolve) => server.close(resolve));
    await expect(login({}).credential()).rejects.toMatchObject({
      code: 'E_IDENTITY',
      message: expect.stringMatching(/gives no answer: .*ECONNREFUSED/) as string,
    });
  });

  it('takes JSON Pointers only', () => {
    expect(() => login({ token: { body: 'token' } })).toThrow('"token", where the token is, is no JSON Pointer');
  });
});

describe('an identity of fixed header fields', () => {
  it('sends them all', async () => {
    const headers = { 'X-Key': { variable: 'PASSWORD' }, 'X-User': 'ann' };
    const identity = createIdentity('ann', { kind: 'headers', headers }, { env });
    expect(await identity.credential()).toMatchObject({ secret: 'hush & hush', place: { name: 'X-Key' }, along: [['X-User', 'ann']] });
    expect(identity.secrets()).toContain('hush & hush');
    expect(identity.secrets()).not.toContain('ann');
  });
});
