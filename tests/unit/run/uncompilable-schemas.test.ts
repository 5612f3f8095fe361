import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { uncompilableSchemas } from '../../../src/run/uncompilable-schemas.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { createLineFinder } from '../../../src/spec/lines.ts';
import { makeFolder, runMain } from '../../support/run-main.ts';
import { serve } from '../sources/newman/collections.ts';

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

it('a run tells them of the operations that it has asked', async () => {
  const { origin } = await serve((_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('1'));
  const answering = (type: string): object => ({
    get: { responses: { 200: { description: '', content: { 'application/json': { schema: { type } } } } } },
  });
  const paths = { '/things': answering('strng'), '/others': answering('integr') };
  const folder = await makeFolder({ 'flawed.json': JSON.stringify({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths }) });
  onTestFinished(folder.dispose);
  const told = async (...flags: readonly string[]): Promise<readonly (string | undefined)[]> => {
    const { stdout } = await runMain(
      ['run', join(folder.path, 'flawed.json'), '--base-url', origin, '--only', 'generated', '--format', 'json', '--quiet', ...flags],
      { cwd: folder.path },
    );
    const { skipped } = JSON.parse(stdout) as { readonly skipped: readonly { readonly title: string; readonly failure: boolean }[] };
    return skipped.filter(({ failure }) => failure).map(({ title }) => title);
  };
  expect(await told()).toEqual(['GET /others', 'GET /things']);
  expect(await told('--max-cases', '1')).toEqual(['GET /things']);
});
