import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isHarnessError } from '../../../../src/errors.ts';
import type { JsonObject } from '../../../../src/lib/json.ts';
import { createContract } from '../../../../src/spec/create-contract.ts';
import { embeddedTarget } from '../../../../src/targets/embedded/embedded-target.ts';
import { startApi, type Api } from './api.ts';
import { pets } from './pets.ts';

const withOwner = (rule: JsonObject | string): JsonObject => {
  const paths = pets['paths'] as Record<string, JsonObject>;
  return { ...pets, paths: { ...paths, '/owners/{ownerId}': { ...paths['/owners/{ownerId}'], 'x-specproof-owner': rule } } };
};

describe('owned resources', () => {
  let api: Api;
  beforeAll(async () => {
    const clients = Object.fromEntries(
      [
        ['ann', ['write']],
        ['bob', ['write']],
        ['chief', ['write', 'manage', 'admin']],
      ].map(([id, roles]) => [String(id), { secret: 'x', claims: { email: `${String(id)}@pets.example`, roles: roles ?? [] } }]),
    );
    const contract = createContract(withOwner({ field: 'createdBy', claim: 'email', override: ['manage'] }));
    api = await startApi(contract, { clients, rolesClaim: 'roles' });
  });
  afterAll(() => api.target.dispose());

  test('bear their creator, even where only the item has the rule', async () => {
    expect((await api.call('ann', 'POST', '/owners', { name: 'x' })).json.createdBy).toBe('ann@pets.example');
  });

  test('may be changed by their owner and by an overriding role only, and read by all', async () => {
    const { id } = (await api.call('ann', 'POST', '/owners', { name: 'x' })).json;
    const put = async (client: string): Promise<number> =>
      (await api.call(client, 'PUT', `/owners/${id}`, { name: `by ${client}` })).status;
    expect([await put('ann'), await put('bob'), await put('chief')]).toEqual([200, 403, 200]);
    expect((await api.call('bob', 'GET', `/owners/${id}`)).json.name).toBe('by chief');
    expect((await api.call('chief', 'DELETE', `/owners/${id}`)).status).toBe(204);
  });
});

test('an owner rule of another form is refused with the operation it stands on', async () => {
  const error: unknown = await embeddedTarget(createContract(withOwner('me')), { kind: 'embedded' }).catch((reason: unknown) => reason);
  expect(isHarnessError(error) && error.code).toBe('E_OVERLAY');
  expect(String(error)).toContain('x-specproof-owner of GET /owners/{ownerId} must be {field: text, claim: text, override: [role, …]}');
});
