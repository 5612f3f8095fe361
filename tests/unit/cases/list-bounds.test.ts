import { expect, test } from 'vitest';
import { rangesOf } from '../../../src/cases/inference/list-bounds.ts';
import { listShape } from '../../../src/cases/inference/list-parameters.ts';
import type { Json } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';

const moment: Json = { type: 'string', format: 'date-time' };

/** The property that a parameter of a list of events bounds, from which side, and whether the bound is known to be within. */
function bounded(name: string, description: string, schema: Json = moment): readonly string[] {
  const event: Json = {
    type: 'object',
    properties: { id: { type: 'integer' }, startsAt: moment, doorsAt: moment, createdAt: moment, createdOn: moment },
  };
  const contract = createContract({
    openapi: '3.1.0',
    info: { title: 'Events', version: '1' },
    paths: {
      '/events': {
        get: {
          parameters: [{ name, in: 'query', description, schema }],
          responses: { 200: { description: '', content: { 'application/json': { schema: { type: 'array', items: event } } } } },
        },
      },
    },
  });
  const [operation] = contract.operations;
  const [parameter] = operation?.parameters ?? [];
  const shape = operation && listShape(contract, operation);
  if (!shape || !parameter) throw new TypeError('the document has a list with a parameter');
  return rangesOf(contract, parameter, shape.properties).map(({ property, side, inclusive }) => `${property} ${side} ${String(inclusive)}`);
}

test.each<[string, string, readonly string[]]>([
  ['from', 'Only events that start at this time or later.', ['startsAt least true']],
  ['to', 'Only events that start before this time.', ['startsAt most undefined']],
  ['until', 'Only events that start by then, inclusive.', ['startsAt most undefined']],
  ['starts_after', 'Events at or after it.', ['startsAt least true']],
  ['starts_after', '', ['startsAt least undefined']],
  ['from', 'Only events that were created since.', []],
  ['from', 'Only events from this time on.', []],
  ['when', 'Only events that start at this time or later.', []],
])('%s, of which is said "%s", bounds %j', (name, description, want) => expect(bounded(name, description)).toEqual(want));

test('a bare name of no moment bounds nothing', () =>
  expect(bounded('from', 'Only events that start at this place.', { type: 'string' })).toEqual([]));
