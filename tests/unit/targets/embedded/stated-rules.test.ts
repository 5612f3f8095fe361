import { afterEach, describe, expect, test } from 'vitest';
import { isHarnessError } from '../../../../src/errors.ts';
import { isObject, member, type Json, type JsonObject } from '../../../../src/lib/json.ts';
import { createContract } from '../../../../src/spec/create-contract.ts';
import { embeddedTarget } from '../../../../src/targets/embedded/embedded-target.ts';
import { startApi, type Api } from './api.ts';
import { pets } from './pets.ts';

const clients = {
  ann: { secret: 'a', claims: { roles: ['write'], shelter: 'north' } },
  bob: { secret: 'b', claims: { roles: ['write'], shelter: 'south' } },
};

/** The pets document where an operation states more, and declares 409. */
function stating(path: string, method: string, stated: JsonObject): JsonObject {
  const paths = pets['paths'] as JsonObject;
  const item = paths[path] as JsonObject;
  const operation = item[method] as JsonObject;
  const problem = member(member((paths['/pets'] as JsonObject)['post'], 'responses'), '409') ?? {};
  const responses = { ...(operation['responses'] as JsonObject), 409: problem };
  return { ...pets, paths: { ...paths, [path]: { ...item, [method]: { ...operation, ...stated, responses } } } };
}

describe('what an overlay states of an operation', () => {
  let api: Api;
  afterEach(() => api.target.dispose());
  const start = async (path: string, method: string, stated: JsonObject): Promise<void> => {
    api = await startApi(createContract(stating(path, method, stated)), { clients, rolesClaim: 'roles' });
  };
  const made = async (values: JsonObject = {}): Promise<JsonObject> => {
    const { json }: { json: unknown } = await api.call('ann', 'POST', '/pets', { name: 'Rex', kind: 'dog', ...values });
    return isObject(json) ? json : {};
  };

  test('refuses what is not in the state that it needs', async () => {
    await start('/pets/{petId}/adopt', 'post', {
      'x-specproof-requires': [{ status: 409, before: { properties: { state: { const: 'available' } } } }],
      'x-specproof-sets': [{ values: { state: 'adopted' } }],
    });
    const { id } = await made();
    const adopt = async (): Promise<number> => (await api.call('ann', 'POST', `/pets/${String(id)}/adopt`)).status;
    expect([await adopt(), await adopt()]).toEqual([200, 409]);
    expect((await api.call('ann', 'POST', '/pets/4711/adopt')).status).toBe(404);
  });

  test('refuses for the thing that a member names', async () => {
    await start('/pets', 'post', {
      'x-specproof-requires': [{ status: 409, of: 'ownerId', before: { properties: { name: { const: 'Ada' } } } }],
    });
    const owner = async (name: string): Promise<Json> => (await api.call('ann', 'POST', '/owners', { name })).json.id as Json;
    const pet = async (ownerId: Json): Promise<number> =>
      (await api.call('ann', 'POST', '/pets', { name: 'x', kind: 'cat', ownerId })).status;
    expect([await pet(await owner('Ada')), await pet(await owner('Bob'))]).toEqual([201, 409]);
    expect(await pet('7f0c5b9e-6b0f-4f5e-9d7e-5a0f3a1b2c3d')).toBe(422);
  });

  test('refuses a member that is another than before', async () => {
    await start('/pets/{petId}', 'patch', { 'x-specproof-requires': [{ status: 409, same: ['chip'] }] });
    const { id } = await made({ chip: 'ABC1234' });
    const patch = async (body: JsonObject): Promise<number> => (await api.call('ann', 'PATCH', `/pets/${String(id)}`, body)).status;
    expect([await patch({ name: 'y' }), await patch({ chip: 'ABC1234' }), await patch({ chip: 'XYZ9999' })]).toEqual([200, 200, 409]);
  });

  test('refuses names of files that are not there', async () => {
    await start('/pets/{petId}', 'patch', { 'x-specproof-requires': [{ status: 409, files: '/captions' }] });
    const { id } = await made();
    const form = new FormData();
    form.append('photo', new File(['x'], 'one.png', { type: 'image/png' }));
    await api.call('ann', 'POST', `/pets/${String(id)}/photos`, form);
    const caption = async (name: string): Promise<number> =>
      (await api.call('ann', 'PATCH', `/pets/${String(id)}`, { name: 'y', captions: { [name]: 'seen' } })).status;
    expect([await caption('one.png'), await caption('two.png')]).toEqual([200, 409]);
  });

  test('undoes and refuses what would break an invariant', async () => {
    await start('/pets/{petId}/photos', 'post', {
      'x-specproof-requires': [{ status: 409, after: { properties: { photos: { maxItems: 1 } } } }],
    });
    const { id } = await made();
    const upload = async (name: string): Promise<number> => {
      const form = new FormData();
      form.append('photo', new File([name], name, { type: 'image/png' }));
      return (await api.call('ann', 'POST', `/pets/${String(id)}/photos`, form)).status;
    };
    expect([await upload('one.png'), await upload('two.png'), await upload('one.png')]).toEqual([201, 409, 201]);
    expect((await api.call('ann', 'GET', `/pets/${String(id)}`)).json.photos).toMatchObject([{ filename: 'one.png' }]);
  });

  test('writes values as they stand, the caller’s and the request’s, where the body fits', async () => {
    await start('/pets', 'post', {
      'x-specproof-sets': [
        { when: { properties: { kind: { const: 'dog' } } }, values: { state: 'adopted', chip: { body: 'name' } } },
        { when: { properties: { kind: { const: 'cat' } } }, values: { chip: { claim: 'shelter' } } },
      ],
    });
    expect(await made()).toMatchObject({ state: 'adopted', chip: 'Rex' });
    expect(await made({ kind: 'cat' })).toMatchObject({ state: 'available', chip: 'north' });
  });

  test('lists only what has the values, for each caller his own', async () => {
    await start('/pets', 'get', { 'x-specproof-lists': { chip: { claim: 'shelter' }, kind: ['cat', 'fish'] } });
    for (const [name, kind, chip] of [
      ['Tom', 'cat', 'north'],
      ['Rex', 'dog', 'north'],
      ['Kit', 'cat', 'south'],
    ] as const)
      await api.call('ann', 'PATCH', `/pets/${String((await made({ name, kind }))['id'])}`, { chip });
    const names = async (client: string): Promise<string[]> =>
      (await api.call(client, 'GET', '/pets')).json.data.map((pet: { name: string }) => pet.name);
    expect([await names('ann'), await names('bob')]).toEqual([['Tom'], ['Kit']]);
  });
});

test.each<readonly [JsonObject, string]>([
  [{ 'x-specproof-requires': { status: 409 } }, 'x-specproof-requires of POST /pets must be a list of objects'],
  [{ 'x-specproof-requires': [{ before: false }] }, 'x-specproof-requires of POST /pets must be [{status: number, '],
  [{ 'x-specproof-requires': [{ status: 409, after: 7 }] }, 'of POST /pets must be a JSON Schema'],
  [{ 'x-specproof-sets': [{ when: true }] }, 'x-specproof-sets of POST /pets must be [{when: JSON Schema, values: {property: value}}]'],
  [{ 'x-specproof-lists': ['state'] }, 'x-specproof-lists of POST /pets must be an object of values by property'],
])('a rule of another form is refused with the operation it stands on: %j', async (stated, message) => {
  const contract = createContract(stating('/pets', 'post', stated));
  const error: unknown = await embeddedTarget(contract, { kind: 'embedded' }).catch((reason: unknown) => reason);
  expect(isHarnessError(error) && error.code).toBe('E_OVERLAY');
  expect(String(error)).toContain(message);
});
