import { expect, test } from 'vitest';
import { createIdentity } from '../../../src/auth/create-identity.ts';
import type { IdentityOptions } from '../../../src/auth/identity-options.ts';
import { listen } from '../../support/local-oidc.ts';
import { granted, plainServer } from '../../support/plain-oauth.ts';

async function token(options: IdentityOptions): Promise<string> {
  return (await createIdentity('me', options).credential()).secret;
}

const client = (tokenEndpoint: string): IdentityOptions => ({
  kind: 'client-credentials',
  clientId: 'c',
  clientSecret: { testValue: 'client-s3cret' },
  tokenEndpoint,
});

test('password: no client is named where none is configured', async () => {
  const server = await plainServer({});
  const options: IdentityOptions = {
    kind: 'password',
    tokenEndpoint: `${server.origin}/token`,
    username: 'alice',
    password: { testValue: 'p4ssword' },
  };
  expect(await token(options)).toBe('granted-token');
  expect(server.sent).toEqual([{ authorization: undefined, form: { grant_type: 'password', username: 'alice', password: 'p4ssword' } }]);
  expect(() => createIdentity('me', { ...options, clientSecret: { testValue: 's3cret' } })).toThrow(
    expect.objectContaining({ code: 'E_CONFIG', message: 'identity me: clientSecret and privateKey need a clientId' }),
  );
});

test('what an answer says to be null is not there', async () => {
  const server = await plainServer({}, { ...granted, expires_in: null, refresh_token: null, scope: null });
  expect(await token(client(`${server.origin}/token`))).toBe('granted-token');
});

test('an endpoint that answers otherwise than OAuth’s is told as such', async () => {
  const server = await plainServer({}, { token: 'granted-token' });
  await expect(token(client(`${server.origin}/token`))).rejects.toMatchObject({
    code: 'E_IDENTITY',
    hint: 'a token endpoint answers JSON with access_token and token_type; for any other take an identity of kind "login-call"',
  });
});

test.each([400, 401, 422])('a refusal by %i that names no code of OAuth asks for a look at name and password', async (status) => {
  const origin = await listen((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'www-authenticate': 'Bearer' });
    response.end('{"detail":"Incorrect username or password"}');
  });
  const tokenEndpoint = `${origin}/token`;
  await expect(token({ kind: 'password', tokenEndpoint, username: 'a', password: { testValue: 'wr0ng' } })).rejects.toMatchObject({
    code: 'E_IDENTITY',
    message: `identity me: ${tokenEndpoint} refused the grant: status ${status}`,
    hint: 'check what was shown: client id and secret, or user name and password',
  });
});
