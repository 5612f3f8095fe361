import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAuthWfc } from '../../../src/run/auth-wfc.ts';
import { makeFolder } from '../../support/run-main.ts';

async function read(content: string): Promise<Awaited<ReturnType<typeof readAuthWfc>>> {
  const folder = await makeFolder({ 'auth.yaml': content });
  try {
    return await readAuthWfc(join(folder.path, 'auth.yaml'), 'auth.yaml');
  } finally {
    await folder.dispose();
  }
}

describe('an auth file of Web Fuzzing Commons', () => {
  it('gives an identity for each entry, with what the template says', async () => {
    const identities = await read(`
schemaVersion: 0.2.0
configs: {maxTime: 60s}
auth:
  - name: foo
    loginEndpointAuth:
      payloadRaw: '{"username": "foo", "password": "123"}'
  - name: bar
    fixedHeaders: [{name: X-Tenant, value: acme}]
    loginEndpointAuth:
      payloadUserPwd: {username: bar, password: "456", usernameField: username, passwordField: password}
      token: {sendTemplate: 'JWT {token}'}
authTemplate:
  loginEndpointAuth:
    endpoint: /login
    verb: POST
    contentType: application/json
    token: {extractFrom: body, extractSelector: /token/authToken, sendIn: header, sendName: Authorization}
`);
    const shared = {
      kind: 'login-call',
      url: '/login',
      method: 'POST',
      contentType: 'application/json',
      token: { body: '/token/authToken' },
    };
    const send = { in: 'header', name: 'Authorization' };
    expect(identities).toEqual({
      foo: { ...shared, send, headers: {}, along: {}, body: { testValue: '{"username": "foo", "password": "123"}' } },
      bar: {
        ...shared,
        send: { ...send, scheme: 'JWT' },
        headers: {},
        along: { 'X-Tenant': { testValue: 'acme' } },
        fields: { username: 'bar', password: { testValue: '456' } },
      },
    });
  });

  it('gives fixed header fields, and the cookies of an endpoint elsewhere', async () => {
    const identities = await read(`
auth:
  - {name: fixed, fixedHeaders: [{name: Authorization, value: Basic abc}]}
  - name: cookies
    loginEndpointAuth: {externalEndpointURL: 'https://id.test/in', verb: GET, expectCookies: true, headers: [{name: X-User, value: ann}]}
`);
    expect(identities).toEqual({
      fixed: { kind: 'headers', headers: { Authorization: { testValue: 'Basic abc' } } },
      cookies: { kind: 'login-call', url: 'https://id.test/in', method: 'GET', headers: { 'X-User': { testValue: 'ann' } }, along: {} },
    });
  });

  it.each([
    { content: 'users: []', want: 'auth.yaml: users is no key' },
    { content: 'auth: [{fixedHeaders: []}]', want: 'auth.yaml: auth[0].name is missing' },
    { content: 'auth: [{name: a}]', want: 'auth.yaml: auth[0] has neither fixedHeaders nor loginEndpointAuth' },
    { content: 'auth: [{name: a, createUsers: {verb: POST}}]', want: 'auth.yaml: auth[0].createUsers: specproof makes no users' },
    { content: 'auth: [{name: a, requireMockHandling: true}]', want: 'auth.yaml: auth[0].requireMockHandling: specproof cannot set up' },
    {
      content: 'auth: [&a {name: a, fixedHeaders: [{name: X, value: y}]}, *a]',
      want: 'auth.yaml: auth[1].name: there is another a',
    },
    {
      content: 'auth: [{name: a, fixedHeaders: [{name: X, value: 98765}]}]',
      want: 'auth.yaml: auth[0].fixedHeaders[0].value must be a text, in quotes where it looks like a number',
    },
    {
      content: 'auth: [{name: a, loginEndpointAuth: {verb: POST, endpoint: /in}}]',
      want: 'auth.yaml: auth[0].loginEndpointAuth must have either token or expectCookies: true',
    },
    {
      content: 'auth: [{name: a, loginEndpointAuth: {verb: POST, expectCookies: true}}]',
      want: 'auth.yaml: auth[0].loginEndpointAuth must have either endpoint or externalEndpointURL',
    },
    {
      content:
        'auth: [{name: a, loginEndpointAuth: {verb: GET, endpoint: /in, token: {extractFrom: body, extractSelector: /t, sendIn: header, sendName: A, sendTemplate: "{token};x"}}}]',
      want: 'auth.yaml: auth[0].loginEndpointAuth.token.sendTemplate must be "{token}"',
    },
  ])('is refused: $want', async ({ content, want }) => {
    await expect(read(content)).rejects.toMatchObject({ code: 'E_CONFIG', message: expect.stringContaining(want) as string });
  });

  it('that is not there is named', async () => {
    await expect(readAuthWfc('/nowhere/auth.yaml', 'auth.yaml')).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: '--auth-wfc: auth.yaml cannot be read',
    });
  });
});
