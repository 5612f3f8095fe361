import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createContract } from '../../../../src/spec/create-contract.ts';
import { notesDocument } from '../../../support/apis/notes.ts';
import { startApi, type Api } from './api.ts';

describe('a PUT with required properties', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi(createContract(notesDocument), { clients: { ann: { secret: 'x' } } });
  });
  afterAll(() => api.target.dispose());

  test('keeps nothing of what it leaves out: what answers must have is as in a thing made without it', async () => {
    const bare = (await api.call('ann', 'POST', '/notes', { title: 'bare' })).json;
    const { id } = (await api.call('ann', 'POST', '/notes', { title: 'full', stars: 4, colour: 'blue' })).json;
    const replaced = await api.call('ann', 'PUT', `/notes/${id}`, { title: 'new' });
    expect(replaced.json).toEqual({ ...bare, id, title: 'new', stars: expect.any(Number) });
    expect(replaced.json.stars).not.toBe(4);
    expect((await api.call('ann', 'GET', `/notes/${id}`)).json).toEqual(replaced.json);
  });
});
