import { apiTest, needs } from 'specproof/vitest';
import { describe, expect } from 'vitest';
import type { paths } from '../thing-api.ts';

const test = apiTest<paths>();
const onRealApi = needs(test, 'real', 'the stand-in makes none');

describe('things', () => {
  test('are listed', async ({ api }) => {
    const things = await api.get('/things', { query: { limit: 2 }, expect: 200 });
    expect(things.body).toEqual([{ id: 1, name: 'one' }]);
    expect(things).toMeetContract();
  });

  test('break their promise', async ({ api }) => {
    const broken = await api.get('/things/{id}', { path: { id: 99 } });
    expect(broken.status).toBe(200);
    expect(broken).toMeetContract();
    expect(broken).not.toMeetContract();
    expect(() => expect({ ...broken.exchange, source: 'har' }).toMeetContract()).toThrow('does not meet its contract');
  });

  test('fail on their own', async ({ api }) => {
    await api.as('reader').get('/things', { expect: 404 });
  });

  test('can be created', async ({ api }) => {
    const created = await api.post('/things', { body: { name: 'two' }, expect: 201 });
    expect(created.body.name).toBe('two');
  });

  test('get no answer', async ({ api }) => {
    await api.get('/things/{id}', { path: { id: 0 } });
  });

  onRealApi('have a history', async ({ api }) => {
    await api.get('/things');
  });

  test.skip('are not tested', () => undefined);
  test.todo('are to be tested');
});
