import { expect, it } from 'vitest';
import { uncompilableSchemas } from '../../../src/run/uncompilable-schemas.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { createLineFinder } from '../../../src/spec/lines.ts';

it('names each schema once, where it stands, whatever leads to it', () => {
  const list = { type: 'array', items: { $ref: '#/components/schemas/Thing' } };
  const operation = {
    responses: { 200: { description: '', content: { 'application/json': { schema: list } } } },
  };
  const document = {
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: { '/things': { get: operation }, '/others': { get: operation } },
    components: { schemas: { Thing: { type: 'strng' } } },
  };
  const text = JSON.stringify(document, undefined, 2);
  const contract = createContract(document, { location: 'things.json', text, line: createLineFinder(text) });
  const line = text.split('\n').findIndex((each) => each.includes('"Thing"')) + 1;
  expect(uncompilableSchemas(contract, contract.operations)).toEqual([
    {
      operation: 'GET /things',
      place: `things.json:${line}`,
      reason: expect.stringMatching(/^the schema cannot be compiled: [^/]+$/) as string,
    },
  ]);
  expect(uncompilableSchemas(contract, [])).toEqual([]);
});
