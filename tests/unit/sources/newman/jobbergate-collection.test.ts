import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { loadCollection, loadEnvironment } from '../../../../src/sources/newman/load-collection.ts';

const file = 'collections/jobbergate.postman_collection.json';
const environment = 'collections/jobbergate.postman_environment.json';

/** What Collection v2.1 asks of the parts that this collection has, strictly: no member that is not named here. */
const closed = (properties: object, required: readonly string[] = Object.keys(properties)): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text = { type: 'string' };
const list = (items: object): object => ({ type: 'array', items });
const pair = closed({ key: text, value: text });
const auth = {
  oneOf: [
    closed({ type: { const: 'noauth' } }),
    closed({ type: { const: 'bearer' }, bearer: list(closed({ key: { const: 'token' }, value: text, type: { const: 'string' } })) }),
  ],
};
const body = {
  oneOf: [
    closed({ mode: { const: 'raw' }, raw: text, options: { type: 'object' } }),
    closed({
      mode: { const: 'formdata' },
      formdata: list(closed({ key: text, type: { const: 'text' }, value: text, fileName: text, contentType: text })),
    }),
  ],
};
const url = closed({ raw: { type: 'string', pattern: '^\\{\\{baseUrl\\}\\}/' }, host: list(text), path: list(text), query: list(pair) }, [
  'raw',
  'host',
  'path',
]);
const script = closed({ type: { const: 'text/javascript' }, exec: list(text) });
const schema = {
  ...closed(
    {
      info: closed({
        _postman_id: text,
        name: text,
        description: text,
        schema: { const: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      }),
      auth,
      item: list(closed({ name: text, description: text, item: list({ $ref: '#/$defs/item' }) }, ['name', 'item'])),
    },
    ['info', 'item', 'auth'],
  ),
  $defs: {
    item: closed({
      name: text,
      event: list(closed({ listen: { enum: ['prerequest', 'test'] }, script })),
      request: closed({ method: { enum: ['GET', 'POST', 'PUT', 'DELETE'] }, header: list(pair), url, body, auth }, [
        'method',
        'header',
        'url',
      ]),
      response: { type: 'array', maxItems: 0 },
    }),
  },
};

interface Folder {
  readonly name: string;
  readonly item: readonly {
    readonly name: string;
    readonly event: readonly { readonly listen: string; readonly script: { readonly exec: readonly string[] } }[];
  }[];
}

describe('the Jobbergate collection', () => {
  const collection: { readonly item: readonly Folder[] } = JSON.parse(readFileSync(file, 'utf8'));

  it('has the form of Collection v2.1', async () => {
    const validate = new Ajv2020({ allErrors: true }).compile(schema);
    validate(collection);
    expect(validate.errors).toBeNull();
    expect((await loadCollection(file)).name).toBe('Jobbergate API');
  });

  it('names its items once in a folder, and every item asserts something', () => {
    for (const folder of collection.item) {
      expect(new Set(folder.item.map(({ name }) => name)).size).toBe(folder.item.length);
      for (const item of folder.item) {
        const tests = item.event.filter(({ listen }) => listen === 'test').flatMap((event) => event.script.exec);
        expect(tests.join('\n'), item.name).toContain('pm.test(');
      }
    }
  });

  it('begins with the list of job scripts that the guide shows', () => {
    expect(collection.item[0]?.item[0]).toMatchObject({
      name: 'List the job scripts',
      request: { method: 'GET', url: { raw: '{{baseUrl}}/job-scripts' } },
    });
  });

  it('comes with an environment without a secret', async () => {
    expect(await loadEnvironment(environment)).toMatchObject([
      { key: 'baseUrl', value: 'http://localhost:8000/jobbergate' },
      { key: 'token', value: '' },
    ]);
    expect(readFileSync(file, 'utf8')).not.toMatch(/eyJ|secret/i);
  });
});
