import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createContract } from '../../../../src/spec/create-contract.ts';
import { changedDocument } from '../../../../src/targets/embedded/changed-document.ts';
import { slowness } from '../../../../src/targets/embedded/embedded-target.ts';
import { faultKinds, isFaultName, type FaultName } from '../../../../src/targets/embedded/faults.ts';
import { startApi, type Api } from './api.ts';
import { pets } from './pets.ts';

const contract = createContract(pets);

describe('the faults of the stand-in', () => {
  let api: Api;
  let token: string;
  beforeAll(async () => {
    api = await startApi(contract, { clients: { keeper: { secret: 'k' } } });
    token = await api.token('keeper');
    await api.call('keeper', 'POST', '/pets', { name: 'Rex', kind: 'dog' });
  });
  afterAll(() => api.target.dispose());
  const get = (path: string, init: RequestInit = {}): Promise<Response> => fetch(api.target.baseUrl + path, init);
  const askForToken = (): Promise<Response> =>
    fetch(`${api.target.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'keeper', client_secret: 'k' }),
    });

  const effects: Record<FaultName, () => Promise<void>> = {
    'changed-document': async () => {
      const served = (await (await get('/openapi.json')).json()) as { paths: object; components: { schemas: { NewOwner: unknown } } };
      expect(Object.keys(served.paths)).toHaveLength(Object.keys(contract.document['paths'] ?? {}).length - 1);
      expect(served).toEqual(changedDocument(contract.document));
      expect(served).not.toEqual(contract.document);
    },
    'broken-body': async () => {
      const pet = (await (await get('/pets/1')).json()) as object;
      expect(Object.keys(pet)).toContain('name');
      expect(Object.keys(pet)).not.toContain('id');
    },
    'wrong-status': async () => expect((await get('/pets/1')).status).toBe(203),
    'server-error': async () => expect((await get('/pets')).status).toBe(500),
    'cut-short': async () => {
      const response = await get('/pets');
      expect(Number(response.headers.get('content-length'))).toBeGreaterThan(10);
      await expect(response.arrayBuffer()).rejects.toThrow('terminated');
    },
    'endless-body': async () => {
      const response = await get('/pets');
      let size = 0;
      for await (const chunk of response.body ?? []) {
        size += (chunk as Uint8Array).length;
        if (size > 2_000_000) break;
      }
      expect(size).toBeGreaterThan(2_000_000);
    },
    'provider-down': async () => expect((await askForToken()).status).toBe(500),
    'provider-refuses': async () => {
      const refused = await askForToken();
      expect([refused.status, await refused.json()]).toMatchObject([401, { error: 'invalid_client' }]);
    },
    'ignore-auth': async () => {
      const made = await get('/pets', {
        method: 'POST',
        body: '{"name":"Anon","kind":"cat"}',
        headers: { 'content-type': 'application/json' },
      });
      expect(made.status).toBe(201);
    },
    slow: async () => {
      const start = performance.now();
      await (await get('/pets')).arrayBuffer();
      expect(performance.now() - start).toBeGreaterThanOrEqual(slowness - 50);
    },
  };

  test.each(Object.keys(faultKinds).filter(isFaultName))('%s is seen while it is on and gone when it is off', async (fault) => {
    api.target.setFaults([fault]);
    await effects[fault]();
    api.target.setFaults([]);
    expect((await get('/pets/1')).status).toBe(200);
    expect((await askForToken()).status).toBe(200);
    expect(await (await get('/openapi.json')).json()).toEqual(contract.document);
    const anonymous = await get('/pets', {
      method: 'POST',
      body: '{"name":"Anon","kind":"cat"}',
      headers: { 'content-type': 'application/json' },
    });
    expect(anonymous.status).toBe(401);
    expect(token).toMatch(/^ey/);
  });

  test('can be on from the start', async () => {
    const broken = await startApi(contract, {}, { faults: ['server-error'] });
    expect((await fetch(`${broken.target.baseUrl}/pets`)).status).toBe(500);
    await broken.target.dispose();
  });
});
