/** Texts of many megabytes: what looks at them must not need a stack that grows with them. */
import { expect, test } from 'vitest';
import { showBody } from '../../../src/cli/show-body.ts';
import type { Json } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';

const million = 1_000_000;

function judge(format: string, value: Json): string {
  const contract = createContract({
    openapi: '3.1.0',
    info: { title: 'Files', version: '1' },
    paths: {},
    components: { schemas: { Text: { type: 'string', format } } },
  });
  const schema = { pointer: '/components/schemas/Text', schema: { type: 'string', format } };
  return contract.validators.validate(schema, value, 'response').kind;
}

test.each([
  ['byte', 'AAAA'.repeat(5 * million), 'valid'],
  ['byte', `${'AAAA'.repeat(5 * million)}AA==`, 'valid'],
  ['byte', `${'AAAA'.repeat(5 * million)}AA=`, 'invalid'],
  ['byte', `${'AAAA'.repeat(5 * million)}-`, 'invalid'],
  ['base64url', `${'A-_A'.repeat(5 * million)}AAA`, 'valid'],
  ['base64url', `${'A-_A'.repeat(5 * million)}A`, 'invalid'],
])('a file of 20 million characters in %s is judged', (format, text, kind) => expect(judge(format, text)).toBe(kind));

test('a text of 20 million characters is shown', () => {
  const shown = showBody(Buffer.from(JSON.stringify({ a: 'x'.repeat(20 * million) })), 'application/json', (_, word) => word);
  expect(shown.length).toBeGreaterThan(20 * million);
});
