import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCollection, loadEnvironment } from '../../../../src/sources/newman/load-collection.ts';
import { collectionOf, fileOf } from './collections.ts';

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

describe('loadCollection', () => {
  it('loads format 2.0 and 2.1, bare or wrapped', async () => {
    const bare = collectionOf([{ name: 'a' }]);
    const old = { ...bare, info: { name: 'Old', schema: schema.replace('v2.1', 'v2.0') } };
    for (const [content, name] of [
      [bare, 'Test'],
      [{ collection: bare }, 'Test'],
      [old, 'Old'],
      [`\uFEFF${JSON.stringify(bare)}`, 'Test'],
    ] as const) {
      expect(await loadCollection(await fileOf(content))).toMatchObject({ name });
    }
  });

  const wrong = [
    { given: '{"info": ', want: ': the collection is not JSON' },
    { given: '{"info": 1,\n  ]', want: ': the collection is not JSON at line 2 column 3' },
    { given: [], want: ': is not a Postman collection: it holds no JSON object' },
    { given: { openapi: '3.1.0', paths: {} }, want: ': is not a Postman collection: it has no "info"' },
    { given: { openapi: '3.1.0', info: { title: 'x' }, paths: {} }, want: '#/info/schema: does not say Collection v2.0 or v2.1' },
    { given: { id: 'x', name: 'x', order: [], requests: [{ id: 'y' }] }, want: ': is a Collection v1, which Postman no longer writes' },
    { given: { info: { name: 'x', schema } }, want: '#/item: is not a list of items' },
    { given: { info: { name: 'x', schema }, item: [{ name: 'f', item: [] }] }, want: '#/item: has no request' },
    {
      given: { info: { name: 'x', schema }, item: [{ name: 'f', item: [{ name: 'r' }] }] },
      want: '#/item/0/item/0: has neither a request nor items',
    },
    { given: { info: { name: 'x', schema }, item: [7] }, want: '#/item/0: is not an item' },
  ];
  it.each(wrong)('names the file and the place: $want', async ({ given, want }) => {
    const file = await fileOf(given);
    await expect(loadCollection(file)).rejects.toMatchObject({ code: 'E_COLLECTION', message: file + want });
  });

  it('names a file that is not there and a folder that the collection has not', async () => {
    const file = await fileOf(collectionOf([{ name: 'a' }]));
    await expect(loadCollection(`${file}.no`)).rejects.toMatchObject({
      code: 'E_COLLECTION',
      message: `${file}.no: the collection cannot be read: there is no such file`,
    });
    await expect(loadCollection(join(file, '..'))).rejects.toMatchObject({ message: expect.stringContaining('it is a folder') });
    await expect(loadCollection(file, ['b'])).rejects.toMatchObject({ message: `${file}#/item: has no folder or request named "b"` });
  });
});

describe('loadEnvironment', () => {
  it('gives the variables and names what is wrong', async () => {
    expect(await loadEnvironment(await fileOf({ values: [{ key: 'a', value: 'b' }] }))).toEqual([{ key: 'a', value: 'b' }]);
    const none = await fileOf({});
    await expect(loadEnvironment(none)).rejects.toMatchObject({
      code: 'E_COLLECTION',
      message: `${none}: is not a Postman environment: it has no "values"`,
    });
    const keyless = await fileOf({ values: [{ value: 'b' }] });
    await expect(loadEnvironment(keyless)).rejects.toMatchObject({ message: `${keyless}#/values/0: has no "key"` });
  });
});
