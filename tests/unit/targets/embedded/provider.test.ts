import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { isHarnessError } from '../../../../src/errors.ts';
import type { JsonObject } from '../../../../src/lib/json.ts';
import { createContract } from '../../../../src/spec/create-contract.ts';
import { embeddedTarget } from '../../../../src/targets/embedded/embedded-target.ts';
import { createFaultSwitch } from '../../../../src/targets/embedded/faults.ts';
import { loadOidcProvider } from '../../../../src/targets/embedded/optional-packages.ts';
import { startProvider } from '../../../../src/targets/embedded/provider.ts';
import { createVerifier } from '../../../../src/targets/embedded/verify-token.ts';
import { pets } from './pets.ts';

const contract = createContract(pets);
const clients = {
  admin: { secret: 's', claims: { permissions: ['a:read'], email: 'admin@pets.example' } },
  short: { secret: 'q', lifetime: 15 },
};

describe('the provider beside the stand-in', () => {
  afterEach(() => vi.restoreAllMocks());
  const ask = async (issuer: string, id: string, secret: string): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  test('gives JWTs with the claims and the lifetime of the client, and says nothing on the console', async () => {
    const spies = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
    onTestFinished(() => void vi.restoreAllMocks());
    const provider = await startProvider({ clients, scopes: ['read'], faults: createFaultSwitch([]) });
    const admin = await ask(provider.issuer, 'admin', 's');
    expect(admin.body).toMatchObject({ expires_in: 300, token_type: 'Bearer' });
    expect(provider.verify(String(admin.body['access_token']))).toMatchObject({
      kind: 'verified',
      claims: {
        azp: 'admin',
        client_id: 'admin',
        iss: provider.issuer,
        permissions: ['a:read'],
        email: 'admin@pets.example',
        scope: 'read',
      },
    });
    const short = await ask(provider.issuer, 'short', 'q');
    expect(short.body['expires_in']).toBe(15);
    const verified = provider.verify(String(short.body['access_token']));
    const { exp, iat } = verified.kind === 'verified' ? verified.claims : {};
    expect(Number(exp) - Number(iat)).toBe(15);
    expect((await ask(provider.issuer, 'short', 'wrong')).body).toMatchObject({ error: 'invalid_client' });
    await provider.close();
    for (const spy of spies) expect(spy.mock.calls).toEqual([]);
  });

  test('publishes discovery and the key that signs', async () => {
    const provider = await startProvider({ clients, scopes: [], faults: createFaultSwitch([]) });
    const discovery = (await (await fetch(`${provider.issuer}/.well-known/openid-configuration`)).json()) as {
      issuer: string;
      jwks_uri: string;
      token_endpoint: string;
    };
    expect(discovery).toMatchObject({ issuer: provider.issuer, token_endpoint: `${provider.issuer}/token` });
    const { keys } = (await (await fetch(discovery.jwks_uri)).json()) as { keys: Record<string, unknown>[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({ kty: 'EC', alg: 'ES256', use: 'sig' });
    expect(Object.keys(keys[0] ?? {})).not.toContain('d');
    await provider.close();
  });

  test('tokens of one provider are refused by another', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => startProvider({ clients, scopes: [], faults: createFaultSwitch([]) })));
    const { body } = await ask(one?.issuer ?? '', 'admin', 's');
    expect(other?.verify(String(body['access_token']))).toEqual({ kind: 'refused', reason: 'The token is signed with an unknown key' });
    await Promise.all([one?.close(), other?.close()]);
  });
});

test('a token is good until it expires and not before its time', async () => {
  const provider = await startProvider({ clients, scopes: [], faults: createFaultSwitch([]) });
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'short', client_secret: 'q' });
  const { access_token: token } = (await (await fetch(`${provider.issuer}/token`, { method: 'POST', body: form })).json()) as {
    access_token: string;
  };
  const keySet = (await (await fetch(`${provider.issuer}/jwks`)).json()) as { keys: JsonObject[] };
  const at = (seconds: number, issuer = provider.issuer): string => {
    const verified = createVerifier(keySet, issuer, () => Date.now() + seconds * 1000)(token);
    return verified.kind === 'verified' ? 'verified' : verified.reason;
  };
  expect([at(0), at(10), at(16), at(0, 'http://127.0.0.1:1')]).toEqual([
    'verified',
    'verified',
    'The token has expired',
    'The token is of another issuer',
  ]);
  await provider.close();
});

test('a missing oidc-provider is said with the command that installs it', async () => {
  const error: unknown = await loadOidcProvider(() => Promise.reject(new Error('Cannot find package'))).catch((reason: unknown) => reason);
  expect(isHarnessError(error) && [error.code, error.message, error.hint]).toEqual([
    'E_OPTIONAL',
    'the embedded target needs the package oidc-provider, which is not installed',
    'npm install --save-dev oidc-provider',
  ]);
});

describe('starting the embedded target', () => {
  test('is quick, and disposal frees the port and may be called twice', async () => {
    const start = performance.now();
    const target = await embeddedTarget(contract, { kind: 'embedded', clients });
    // measured 0.2 s on an idle machine; a shared one may be slower
    expect(performance.now() - start).toBeLessThan(3000);
    const port = Number(new URL(target.baseUrl).port);
    await target.dispose();
    await target.dispose();
    await expect(fetch(target.documentUrl)).rejects.toThrow('fetch failed');
    const again = await embeddedTarget(contract, { kind: 'embedded', port });
    expect(new URL(again.baseUrl).port).toBe(String(port));
    const error: unknown = await embeddedTarget(contract, { kind: 'embedded', port }).catch((reason: unknown) => reason);
    expect(isHarnessError(error) && [error.code, error.message]).toEqual([
      'E_TARGET',
      `the stand-in cannot listen on 127.0.0.1:${port}: EADDRINUSE`,
    ]);
    await again.dispose();
  });

  test('takes a base path of its own and a document to serve', async () => {
    const target = await embeddedTarget(contract, { kind: 'embedded', basePath: 'deep/er/' }, { document: { openapi: '3.1.0' } });
    expect(target.baseUrl).toMatch(/\/deep\/er$/);
    expect(await (await fetch(target.documentUrl)).json()).toEqual({ openapi: '3.1.0' });
    expect((await fetch(`${target.baseUrl}/pets`)).status).toBe(200);
    await target.dispose();
  });
});
