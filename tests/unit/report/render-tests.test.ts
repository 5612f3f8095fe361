import { expect, it } from 'vitest';
import type { Case } from '../../../src/cases/case.ts';
import { renderTests } from '../../../src/report/render-tests.ts';
import { createOrder, end, getOrder, judgement, listOrders, plannedCase, reportOf, undeclared, verdict } from './sample-run.ts';

/** An identifier in the path is good for one run only. */
const askedFor: Case = {
  ...plannedCase(getOrder, 'c0ffee00', 'an ordinary request'),
  request: { operation: getOrder, parameters: [{ name: 'id', in: 'path', value: 1 }] },
};

const found = (over: object = {}): Parameters<typeof renderTests>[0] =>
  reportOf([
    verdict(
      getOrder,
      { status: 200, body: '{"id":"it\'s"}' },
      [
        judgement('body-matches-schema', 'fail', {
          reason: "/id must be an integer, and it's \\ none",
          topic: '/id/type',
          where: 'response.body/id',
          promise: { pointer: '/id/type', text: 'an integer' },
          came: '"it\'s" */',
          ...over,
        }),
      ],
      { case: askedFor, scenario: '5ce4a210' },
    ),
    end,
  ]);

it('writes a test that replays the case, with the promise and what came above it', () => {
  const [file] = renderTests(found(), { types: '../contract/types.ts', randomCases: undefined });
  expect(file?.name).toBe('get-orders-id.test.ts');
  expect(`${file?.header}${file?.tests.map(({ text }) => text).join('')}`).toBe(`/**
 * What specproof found in GET /orders/{id}: each test fails until its finding is mended.
 * \`specproof run --write-tests\` adds what is new, and changes nothing that is here.
 */
import { apiTest } from 'specproof/vitest';
import { expect } from 'vitest';
import type { paths } from '../contract/types.ts';

const test = apiTest<paths>();

/**
 * body-matches-schema, certain (${file?.tests[0]?.id})
 *
 * promised  an integer (specs/orders/openapi.json:8)
 * where     response.body/id
 * came      "it's" *\\/
 * try       curl -i -H Accept: "$BASE/orders/1"
 */
test('GET /orders/{id}: /id must be an integer, and it\\'s \\\\ none', async ({ replay }) => {
  const answer = await replay({ scenario: '5ce4a210', case: 'c0ffee00', seed: 7f3a91 });
  expect(answer).toMeetContract();
});
`);
});

it('writes a call of its own where anyone can make it and the document alone says what is wrong with the answer', () => {
  const planned: Case = {
    ...plannedCase(createOrder, 'c0ffee01', 'an ordinary request'),
    request: {
      operation: createOrder,
      parameters: [{ name: 'dry-run', in: 'query', value: true }],
      body: { mediaType: 'application/json', value: { name: "Ada's", tags: ['a'], size: { width: 1, height: null } } },
    },
  };
  const text = (check: string, kept = planned): string | undefined => {
    const event = verdict(createOrder, { status: 500 }, [judgement(check, 'fail', { reason: 'so it is', topic: 'x' })], {
      case: kept,
      scenario: 's',
    });
    return renderTests(reportOf([event]), { types: './types.ts', randomCases: undefined })[0]?.tests[0]?.text.replace(/[^]*\*\/\n/, '');
  };
  expect(text('no-server-error')).toBe(`test('POST /orders: so it is', async ({ api }) => {
  const answer = await api.post('/orders', {
    query: { 'dry-run': true },
    body: { name: 'Ada\\'s', tags: ['a'], size: { width: 1, height: null } },
  });
  expect(answer).toMeetContract();
});
`);
  expect(text('written-read-back')).toContain('await replay(');
  expect(text('no-server-error', { ...planned, intent: 'invalid' })).toContain('await replay(');
  expect(text('no-server-error', { ...planned, credentials: { kind: 'none' } })).toContain('await replay(');
  expect(
    text('no-server-error', { ...planned, request: { operation: getOrder, parameters: [{ name: 'id', in: 'path', value: 1 }] } }),
  ).toContain('await replay(');
});

it('keeps only what fails the run and can be sent again', () => {
  const files = (over: object): string[] => renderTests(found(over), { types: undefined, randomCases: 7 }).map(({ name }) => name);
  expect(files({})).toEqual(['get-orders-id.test.ts']);
  expect(files({ confidence: 'likely' })).toEqual([]);
  const report = reportOf([verdict(listOrders, { status: 401, source: 'newman' }, [undeclared(401, listOrders)], { suite: 'newman' })]);
  expect(renderTests(report, { types: undefined, randomCases: undefined })).toEqual([]);
});

it('does without types, and says how many cases were drawn', () => {
  const [file] = renderTests(found(), { types: undefined, randomCases: 7 });
  expect(file?.header).toContain('apiTest<object>()');
  expect(file?.header).not.toContain('types');
  expect(file?.tests[0]?.text).toContain('randomCases: 7 }');
});
