import { expect, test } from 'vitest';
import { refusalText } from '../../../src/report/refusal-text.ts';
import { exchange } from './sample-run.ts';

const rows: readonly (readonly [body: string, want: string | undefined])[] = [
  ['{"detail":[{"loc":["body","url"],"msg":"Field required","type":"missing"}]}', '422: body.url: Field required'],
  ['{"title":"Unprocessable Content","status":422,"detail":"No such owner."}', '422: No such owner.'],
  ['{"type":"about:blank","title":"Gone wrong","status":422}', '422: Gone wrong'],
  [
    '{"title":"x","errors":[{"pointer":"/size","message":"too big"},{"pointer":"/name","message":"too long"},{}]}',
    '422: /size: too big; /name: too long',
  ],
  ['{"error":{"message":"quota is used up"}}', '422: quota is used up'],
  ['{"error":"invalid_request","error_description":"no scope"}', '422: no scope'],
  ['"just\\n text"', '422: just text'],
  ['{}', undefined],
  ['<html>', undefined],
  [`{"detail":"${'x'.repeat(300)}"}`, `422: ${'x'.repeat(114)}…`],
];

test.each(rows)('%s is %s', (body, want) => {
  const { response } = exchange({ status: 422, body });
  expect(response && refusalText(response)).toBe(want);
});

test('text that is no JSON is not told', () => {
  const { response } = exchange({ status: 502, body: '<h1>Bad gateway</h1>', type: 'text/html' });
  expect(response && refusalText(response)).toBe(undefined);
});
