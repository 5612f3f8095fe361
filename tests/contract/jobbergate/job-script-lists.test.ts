import type { ApiClient } from 'specproof/vitest';
import { describe, expect } from 'vitest';
import type { paths } from '../../../specs/jobbergate/types.ts';
import { test, uniqueName } from './fixtures.ts';

/** Job scripts of a name that only they begin with, for one test. */
const listTest = test.extend<{ readonly some: { readonly prefix: string; readonly ids: readonly number[] } }>({
  some: async ({ api }, use) => {
    const prefix = uniqueName('list');
    const ids: number[] = [];
    for (const letter of ['b', 'c', 'a', 'e', 'd']) {
      const { body } = await api.post('/job-scripts', {
        body: { name: `${prefix}-${letter}`, description: `the letter ${letter}` },
        expect: 201,
      });
      ids.push(body.id);
    }
    await use({ prefix, ids });
    for (const id of ids) await api.delete('/job-scripts/{job_script_id}', { path: { job_script_id: id } });
  },
});

async function lettersOf(api: ApiClient<paths>, query: paths['/job-scripts']['get']['parameters']['query']): Promise<string> {
  const { body } = await api.get('/job-scripts', { query: query ?? {}, expect: 200 });
  return body.items.map(({ name }) => name.at(-1)).join('');
}

describe('the list of job scripts', () => {
  // of its own: what others make and remove meanwhile may be among the items and not in the total, which the API asks for one after the other
  listTest('has the envelope that the document promises', async ({ api, some }) => {
    const list = await api.get('/job-scripts', { query: { search: some.prefix }, expect: 200 });
    expect(list).toMeetContract();
    expect(list.body.items.length).toBeLessThanOrEqual(list.body.size ?? 0);
    expect(list.body.total).toBeGreaterThanOrEqual(list.body.items.length);
  });

  listTest('finds what a name says', async ({ api, some }) => {
    const found = await api.get('/job-scripts', { query: { search: some.prefix }, expect: 200 });
    expect(found.body.total).toBe(5);
    expect(new Set(found.body.items.map(({ id }) => id))).toEqual(new Set(some.ids));
    const none = await api.get('/job-scripts', { query: { search: `${some.prefix}-nowhere` }, expect: 200 });
    expect(none.body).toMatchObject({ items: [], total: 0 });
  });

  listTest('is sorted as asked', async ({ api, some }) => {
    const query = { search: some.prefix, sort_field: 'name' };
    expect(await lettersOf(api, query)).toBe('abcde');
    expect(await lettersOf(api, { ...query, sort_ascending: false })).toBe('edcba');
  });

  listTest('comes in pages that neither overlap nor leave out', async ({ api, some }) => {
    const query = { search: some.prefix, sort_field: 'name', size: 2 };
    const pages = [];
    for (const page of [1, 2, 3]) pages.push(await lettersOf(api, { ...query, page }));
    expect(pages).toEqual(['ab', 'cd', 'e']);
    const first = await api.get('/job-scripts', { query: { ...query, page: 1 }, expect: 200 });
    expect(first.body).toMatchObject({ total: 5, page: 1, size: 2, pages: 3 });
    expect(await lettersOf(api, { ...query, page: 4 })).toBe('');
  });

  test('refuses pages that cannot be', async ({ api }) => {
    for (const query of [{ page: 0 }, { size: 0 }, { size: 101 }]) await api.get('/job-scripts', { query, expect: 422 });
  });

  listTest("shows one's own alone when asked", async ({ api, some }) => {
    const query = { search: some.prefix, user_only: true };
    expect((await lettersOf(api, query)).length).toBe(5);
    expect(await lettersOf(api.as('other'), query)).toBe('');
    expect((await lettersOf(api.as('other'), { search: some.prefix })).length).toBe(5);
  });

  test('refuses to sort by what it does not know', async ({ api }) => {
    await api.get('/job-scripts', { query: { sort_field: 'colour' }, expect: 400 });
  });
});
