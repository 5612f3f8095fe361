import { expect, inject, test } from 'vitest';
import { createIdentity } from '../../src/auth/create-identity.ts';

test('the real stack answers the guide’s question: all job scripts, with a token of its own provider', async () => {
  const { baseUrl, identities, target } = inject('specproof');
  expect(target).toBe('process');
  const admin = identities['admin'];
  if (admin === undefined) throw new Error('the environment has no identity admin');
  const { secret } = await createIdentity('admin', admin).credential();
  const response = await fetch(`${baseUrl}/job-scripts`, { headers: { authorization: `Bearer ${secret}` } });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ page: 1, items: expect.any(Array) });
});
