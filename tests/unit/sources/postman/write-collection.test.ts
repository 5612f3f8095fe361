import { describe, expect, it } from 'vitest';
import { isObject, type Json, type JsonObject } from '../../../../src/lib/json.ts';
import { syncCollection } from '../../../../src/sources/postman/sync-collection.ts';
import { writeCollection, writeEnvironment } from '../../../../src/sources/postman/write-collection.ts';
import { createContract } from '../../../../src/spec/create-contract.ts';
import { notesDocument } from '../../../support/apis/notes.ts';

const json = (schema: Json): JsonObject => ({ 'application/json': { schema } });
const ok = (schema: Json): JsonObject => ({ 200: { description: '', content: json(schema) } });
const text: Json = { type: 'string' };
const whole: Json = { type: 'integer' };
const id = (name: string): JsonObject => ({ name, in: 'path', required: true, schema: whole });
const shop = (schema: JsonObject): JsonObject => ({ type: 'object', required: ['id'], properties: { id: whole, ...schema } });

/** Orders need a customer, though the document tells of them first; tellers were always there; deleting all is nobody's to try. */
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
  security: [{ key: [] }],
  paths: {
    '/orders': {
      post: {
        tags: ['Orders'],
        summary: 'Place an order',
        requestBody: {
          content: json({ type: 'object', required: ['customer_id', 'note'], properties: { customer_id: whole, note: text } }),
        },
        responses: { 201: { description: '', content: json(shop({ customer_id: whole })) } },
      },
      delete: { tags: ['Orders'], responses: { 204: { description: '' } } },
    },
    '/orders/{order_id}': {
      get: { tags: ['Orders'], parameters: [id('order_id')], responses: ok(shop({})) },
      delete: { tags: ['Orders'], parameters: [id('order_id')], responses: { 204: { description: '' } } },
    },
    '/orders/{order_id}/invoice': {
      put: {
        tags: ['Orders'],
        parameters: [id('order_id')],
        requestBody: {
          content: {
            'multipart/form-data': {
              schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
            },
          },
        },
        responses: { 200: { description: '' }, 401: { description: '' }, 413: { description: '' } },
      },
    },
    '/customers': {
      post: {
        tags: ['Customers'],
        requestBody: { content: json({ type: 'object', required: ['name'], properties: { name: text } }) },
        responses: { 201: { description: '', content: json(shop({ name: text })) } },
      },
    },
    '/customers/{customer_id}': {
      get: { tags: ['Customers'], parameters: [id('customer_id')], responses: ok(shop({ name: text })) },
      delete: { tags: ['Customers'], parameters: [id('customer_id')], responses: { 204: { description: '' } } },
    },
    '/tellers': { get: { responses: ok({ type: 'array', items: shop({}) }) } },
    '/tellers/{teller_id}': {
      get: { parameters: [id('teller_id')], responses: ok(shop({})) },
      delete: { parameters: [id('teller_id')], responses: { 204: { description: '' } } },
    },
    '/health': { get: { security: [], responses: { 204: { description: '' } } } },
  },
});

type Item = JsonObject & {
  readonly name: string;
  readonly request: JsonObject & { readonly url: { readonly raw: string }; readonly body?: JsonObject };
  readonly event: readonly { readonly listen: string; readonly script: { readonly exec: readonly string[] } }[];
};
type Folder = { readonly name: string; readonly item: readonly Item[] };

const collection = writeCollection(contract);
const folders = collection['item'] as unknown as readonly Folder[];
const items = folders.flatMap(({ item }) => item);
const sent = (item: Item): string => `${String(item.request['method'])} ${item.request.url.raw}`;
const find = (wanted: string): Item =>
  items.find((item) => sent(item) === wanted) ?? expect.fail(`${wanted} is not among ${items.map(sent).join(', ')}`);
const scripts = (item: Item): string => item.event.flatMap(({ script }) => script.exec).join('\n');

describe('a written collection', () => {
  it('has a folder for each tag, what makes things before what needs them, and their removal last, in reverse', () => {
    expect(folders.map(({ name, item }) => [name, ...item.map(sent)])).toEqual([
      ['Customers', 'POST {{baseUrl}}/customers', 'GET {{baseUrl}}/customers/{{customerId}}'],
      [
        'Orders',
        'POST {{baseUrl}}/orders',
        'PUT {{baseUrl}}/orders/{{orderId}}/invoice',
        'GET {{baseUrl}}/orders/{{orderId}}',
        'DELETE {{baseUrl}}/orders',
      ],
      [
        'Other',
        'GET {{baseUrl}}/tellers',
        'GET {{baseUrl}}/health',
        'GET {{baseUrl}}/tellers/{{tellerId}}',
        expect.stringMatching(/^DELETE \{\{baseUrl\}\}\/tellers\/\d+$/),
      ],
      ['Clean up', 'DELETE {{baseUrl}}/orders/{{orderId}}', 'DELETE {{baseUrl}}/customers/{{customerId}}'],
    ]);
  });

  it('keeps what a creation answers, and refers to it', () => {
    const { body, ...order } = find('POST {{baseUrl}}/orders').request;
    expect(order['header']).toEqual([{ key: 'Content-Type', value: 'application/json' }]);
    expect(String(body?.['raw'])).toMatch(/^\{\n {2}"customer_id": \{\{customerId\}\},\n {2}"note": "[^"]+"\n\}$/);
    expect(scripts(find('POST {{baseUrl}}/customers')).split('\n')).toEqual([
      "pm.test('answers 201', () => pm.response.to.have.status(201));",
      'if (pm.response.code === 201) {',
      "  pm.test('tells id', () => pm.expect(pm.response.json()).to.include.all.keys('id'));",
      "  pm.collectionVariables.set('customerId', pm.response.json().id);",
      '}',
    ]);
    expect(scripts(find('DELETE {{baseUrl}}/customers/{{customerId}}'))).toContain(
      "if (!pm.collectionVariables.get('customerId')) pm.execution.skipRequest();",
    );
  });

  it('asks for what its credential needs: a token, where the first scheme is one in `Authorization`', () => {
    const securitySchemes = { key: { type: 'apiKey', in: 'header', name: 'Authorization' }, login: { type: 'http', scheme: 'basic' } };
    const odd = createContract({ openapi: '3.1.0', info: { title: 'odd', version: '1' }, paths: {}, components: { securitySchemes } });
    expect(writeCollection(odd)['auth']).toMatchObject({ type: 'bearer' });
    expect(writeCollection(odd, 'basic')['auth']).toMatchObject({ type: 'basic' });
    expect(writeCollection(odd, 'apikey')['auth']).toMatchObject({ type: 'bearer' });
    expect((writeEnvironment(odd, 'http://localhost:1')['values'] as { key: string }[]).map(({ key }) => key)).toEqual([
      'baseUrl',
      'token',
    ]);
  });

  it('only looks at what somebody else made', () => {
    expect(scripts(find('GET {{baseUrl}}/tellers'))).toContain("if (first) pm.collectionVariables.set('tellerId', first.id);");
    expect(collection['variable']).toEqual([{ key: 'tellerId', value: expect.stringMatching(/^\d+$/) as string }]);
    expect(scripts(find('DELETE {{baseUrl}}/orders'))).toContain('pm.execution.skipRequest();');
  });

  it('holds back what ends the API, but not what ends a thing', () => {
    const post = { responses: { 204: { description: '' } } };
    const id = { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }] };
    const paths = { '/admin/shut-down': { post }, '/machines/{id}/shutdown': { ...id, post } };
    const text = JSON.stringify(writeCollection(createContract({ openapi: '3.1.0', info: { title: 'ends', version: '1' }, paths })));
    expect(text.match(/It ends the API[^"]*","pm\.execution\.skipRequest\(\);/g)).toHaveLength(1);
  });

  it('sends files, and takes any documented answer but 401 where it depends on more than the collection', () => {
    const { request, event } = find('PUT {{baseUrl}}/orders/{{orderId}}/invoice');
    expect(request.body).toMatchObject({
      mode: 'formdata',
      formdata: [{ key: 'file', fileName: 'file.bin', contentType: 'application/octet-stream' }],
    });
    expect(event[0]?.script.exec).toEqual(["pm.test('answers as documented', () => pm.expect(pm.response.code).to.be.oneOf([200, 413]));"]);
  });

  it('sends the credential by variable, and none where the document wants none', () => {
    expect(collection['auth']).toEqual({
      type: 'apikey',
      apikey: [
        { key: 'key', value: 'X-Key', type: 'string' },
        { key: 'value', value: '{{token}}', type: 'string' },
        { key: 'in', value: 'header', type: 'string' },
      ],
    });
    expect(find('GET {{baseUrl}}/health').request['auth']).toEqual({ type: 'noauth' });
    expect(writeEnvironment(contract, 'http://localhost:1/v1')['values']).toEqual([
      { key: 'baseUrl', value: 'http://localhost:1/v1', type: 'default', enabled: true },
      { key: 'token', value: '', type: 'secret', enabled: true },
    ]);
  });

  it('is the same for the same document', () => {
    expect(writeCollection(contract)).toEqual(collection);
  });
});

describe('a synced collection', () => {
  /** As a team left it: their names, their order, members that we do not know, tabs. */
  const team = {
    info: { name: 'ours', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json', 'x-team': 1 },
    item: [
      {
        name: 'Orders',
        id: '7f',
        item: [
          { name: 'Buy!', request: { method: 'POST', url: '{{host}}/orders?dry=1' }, 'x-mine': { b: 1, a: 2 } },
          { name: 'look', request: { method: 'GET', url: { raw: '{{host}}/orders/:order_id', host: ['{{host}}'] } } },
        ],
      },
      { name: 'Elsewhere', request: 'https://example.com/gone' },
      { name: 'Clean up', item: [{ name: 'x', request: { method: 'DELETE', url: '{{host}}/orders/{{mine}}' } }] },
    ],
  };
  const before = JSON.stringify(team, undefined, '\t');
  const { text: after, added, unknown } = syncCollection(before, team, contract);

  it('is asked for a success only where its own items, or those added, make what that needs', () => {
    const customers = (exec: string): JsonObject => ({
      info: { name: 'Team' },
      item: [
        {
          name: 'a customer',
          event: [{ listen: 'test', script: { exec: [exec] } }],
          request: { method: 'POST', url: '{{baseUrl}}/customers' },
        },
      ],
    });
    const testOf = (exec: string, operation: string): string => {
      const own = customers(exec);
      const { item: made } = JSON.parse(syncCollection(JSON.stringify(own), own, contract).text) as { item: readonly Folder[] };
      const item = made.flatMap((folder) => folder.item ?? []).find((one) => sent(one) === operation);
      return item === undefined ? expect.fail(operation) : scripts(item);
    };
    // in the order of needs: an order needs a customer, and its reading an order
    for (const operation of ['POST {{baseUrl}}/orders', 'GET {{baseUrl}}/orders/{{orderId}}']) {
      expect(testOf("pm.variables.set('mine', 1)", operation)).toMatch(/answers as documented/);
      expect(testOf("pm.collectionVariables.set('customerId', 1)", operation)).toMatch(/answers 20[01]/);
      expect(testOf('pm.environment.set("customerId", 1)', operation)).toMatch(/answers 20[01]/);
    }
  });

  it('gets what it lacks, in the folders of its tags', () => {
    expect(added.map((operation) => operation.id)).toEqual([
      'POST /customers',
      'GET /customers/{customer_id}',
      'PUT /orders/{order_id}/invoice',
      'DELETE /orders',
      'GET /tellers',
      'GET /health',
      'GET /tellers/{teller_id}',
      'DELETE /tellers/{teller_id}',
      'DELETE /customers/{customer_id}',
    ]);
    const folder = (name: string, ...names: readonly string[]): object => ({
      name,
      item: names.map((own) => expect.objectContaining({ name: own }) as object),
    });
    expect((JSON.parse(after) as { item: unknown }).item).toMatchObject([
      folder('Orders', 'Buy!', 'look', 'PUT /orders/{order_id}/invoice', 'DELETE /orders'),
      { name: 'Elsewhere' },
      folder('Customers', 'POST /customers', 'GET /customers/{customer_id}'),
      folder('Other', 'GET /tellers', 'GET /health', 'GET /tellers/{teller_id}', 'DELETE /tellers/{teller_id}'),
      folder('Clean up', 'x', 'DELETE /customers/{customer_id}'),
    ]);
    expect(unknown).toEqual(['Elsewhere']);
  });

  it('lends what it adds a credential, where the collection has none to inherit', () => {
    const synced = (collection: object): string => syncCollection(JSON.stringify(collection), collection as Json, contract).text;
    expect(synced(team)).toMatch(/"type": ?"apikey"/);
    expect(synced({ ...team, auth: { type: 'noauth' } })).not.toMatch(/"type": ?"apikey"/);
  });

  it('has the statuses that the document has come to declare in tests that specproof wrote, and in no others', () => {
    const item = (...exec: readonly string[]): JsonObject => ({
      name: 'delete all',
      event: [{ listen: 'test', script: { exec: [...exec] } }],
      request: { method: 'DELETE', url: '{{baseUrl}}/orders' },
    });
    const written = "pm.test('answers as documented', () => pm.expect(pm.response.code).to.be.oneOf([STATUSES]));";
    const after = (...lines: readonly string[]): { readonly lines: unknown; readonly widened: readonly string[] } => {
      const collection: JsonObject = { info: { name: 'Team' }, item: [{ name: 'Orders', item: [item(...lines)] }] };
      const synced = syncCollection(JSON.stringify(collection), collection, contract);
      const { item: folders } = JSON.parse(synced.text) as { item: readonly Folder[] };
      return { lines: folders[0]?.item[0]?.event[0]?.script.exec, widened: synced.widened };
    };
    const with204 = written.replace('STATUSES', '204, 404');
    expect(after('// ours', written.replace('STATUSES', '404'))).toEqual({ lines: ['// ours', with204], widened: ['delete all'] });
    for (const line of [with204, written.replace('STATUSES', '404').replace('documented', 'we like it')])
      expect(after(line)).toEqual({ lines: [line], widened: [] });
  });

  it('loses and changes not a line of what was there', () => {
    const lines = after.split('\n');
    let at = 0;
    const missing = before.split('\n').filter((line) => {
      // A comma may follow what was the last of its list.
      const found = lines.findIndex((other, index) => index >= at && (other === line || other === `${line},`));
      at = found < 0 ? at : found + 1;
      return found < 0;
    });
    expect(missing).toEqual([]);
  });

  it('has nothing left to add', () => {
    const again = syncCollection(after, JSON.parse(after) as Json, contract);
    expect(again).toMatchObject({ text: after, added: [] });
    expect(isObject(JSON.parse(after))).toBe(true);
  });

  it('of the document’s own writing lacks nothing', () => {
    const own = writeCollection(createContract(notesDocument));
    expect(syncCollection(JSON.stringify(own), own, createContract(notesDocument)).added).toEqual([]);
  });
});
