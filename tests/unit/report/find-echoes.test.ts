import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/run/events.ts';
import type { Judgement } from '../../../src/verdicts/verdict.ts';
import { getOrder, judgement, listOrders, plannedCase, reportOf, undeclared, verdict } from './sample-run.ts';

const fail = (check: string, topic: string, over: Partial<Judgement> = {}): Judgement => judgement(check, 'fail', { topic, ...over });
const on = (...judgements: readonly Judgement[]): RunEvent => verdict(listOrders, {}, judgements);

const nameType = { pointer: '/components/schemas/Order/properties/name/type', text: 'must be string' };
const sparse = (topic: string, title: string, came: string, confidence: 'certain' | 'likely' = 'certain'): RunEvent =>
  verdict(listOrders, { status: 400 }, [fail('valid-accepted', topic, { came, confidence })], {
    case: plannedCase(listOrders, topic, title),
  });

/** `check topic` of each cause, with the checks that see it too. */
const causesOf = (...events: readonly RunEvent[]): string[] =>
  reportOf(events).causes.map(({ check, topic, echoes }) => [check, topic, ...echoes.map((echo) => `+${echo}`)].join(' '));

const rows: readonly (readonly [string, readonly RunEvent[], readonly string[]])[] = [
  [
    'an operation that is open to all, to those with bad credentials and to strangers',
    [
      on(
        fail('unauthenticated-refused', 'no credentials'),
        fail('unauthenticated-refused', 'garbage credentials'),
        fail('forbidden-refused', 'stranger may not see what others made'),
      ),
    ],
    ['unauthenticated-refused no credentials +forbidden-refused'],
  ],
  [
    'an undeclared 401 and the need for credentials',
    [verdict(listOrders, { status: 401 }, [undeclared(401, listOrders), fail('security-declared', 'x', { confidence: 'likely' })])],
    ['status-declared 401 +security-declared'],
  ],
  [
    'an undeclared 401 that a collection asserts against, and another assertion',
    [
      verdict(listOrders, { status: 401 }, [
        undeclared(401, listOrders),
        fail('collection-assertion', 'a', { reason: 'expected response to have status code 200 but got 401' }),
        fail('collection-assertion', 'b', { reason: 'expected 4010 to equal 2' }),
      ]),
    ],
    ['status-declared 401 +collection-assertion', 'collection-assertion b'],
  ],
  [
    'a filter that lets the wrong ones through, leaves out the right ones, and spoils every other filter beside it',
    [
      on(
        fail('filter-complete', 'GET /orders active'),
        fail('filter-respected', 'GET /orders active'),
        fail('filter-respected', 'GET /orders kind and active'),
        fail('filter-complete', 'GET /orders kind and active'),
      ),
    ],
    ['filter-respected GET /orders active +filter-complete'],
  ],
  [
    'a list that no key sorts',
    [
      on(
        fail('sort-respected', 'GET /orders -name'),
        fail('sort-respected', 'GET /orders name'),
        fail('sort-respected', 'GET /orders -age'),
      ),
    ],
    ['sort-respected GET /orders -age'],
  ],
  [
    'pages that overlap and leave out',
    [on(fail('pages-complete', 'GET /orders offset'), fail('pages-disjoint', 'GET /orders offset'))],
    ['pages-disjoint GET /orders offset +pages-complete'],
  ],
  [
    'valid data refused at one place and in a random draw',
    [on(fail('valid-accepted', '/body drawn at random', { confidence: 'likely' }), fail('valid-accepted', '/body /size/maximum'))],
    ['valid-accepted /body /size/maximum'],
  ],
  [
    'an ordinary request that crashes the server, as odd ones do',
    [
      verdict(listOrders, {}, [fail('no-server-error', '500 GET /orders')], { case: plannedCase(listOrders, 'a', 'an ordinary GET') }),
      verdict(listOrders, {}, [fail('no-server-error', '500 an emoji')], { case: plannedCase(listOrders, 'b', 'name: an emoji') }),
    ],
    ['no-server-error 500 GET /orders'],
  ],
  [
    'the least request that crashes the server, as odd ones do',
    [
      verdict(listOrders, {}, [fail('no-server-error', '500 GET /orders')], {
        case: plannedCase(listOrders, 'a', '`body` with only the required properties'),
      }),
      verdict(listOrders, {}, [fail('no-server-error', '500 an emoji')], { case: plannedCase(listOrders, 'b', 'name: an emoji') }),
    ],
    ['no-server-error 500 GET /orders'],
  ],
  [
    'a number taken for a text, and shown so',
    [
      verdict(listOrders, {}, [fail('invalid-refused', '/name/type', { promise: nameType })], {
        case: plannedCase(listOrders, 'a', '`body.name` as null instead of a string'),
      }),
      verdict(listOrders, {}, [fail('body-matches-schema', '/name/type', { promise: nameType })], {
        case: plannedCase(listOrders, 'b', '`body.name` as a number instead of a string'),
      }),
    ],
    ['invalid-refused /name/type +body-matches-schema'],
  ],
  [
    'a number taken for a text, and another one shown after an ordinary request',
    [
      verdict(listOrders, {}, [fail('invalid-refused', '/name/type', { promise: nameType })], {
        case: plannedCase(listOrders, 'a', '`body.name` as null instead of a string'),
      }),
      verdict(listOrders, {}, [fail('body-matches-schema', '/name/type', { promise: nameType })], {
        case: plannedCase(listOrders, 'b', 'an ordinary request'),
      }),
    ],
    ['body-matches-schema /name/type', 'invalid-refused /name/type'],
  ],
  [
    'bodies that leave out the same name that no schema requires, and another one',
    [
      sparse('/kind', '`body.kind` as the only optional property', '400 name is missing'),
      sparse('/label', 'without `body.name`', '400 name is missing'),
      sparse('/size', '`body.size` as the only optional property', '400 name is missing'),
      sparse('/name', '`body.name` as the only optional property', '400 kind is missing'),
      sparse('/', '`body` as an empty object', '400 name is missing', 'likely'),
    ],
    ['valid-accepted /label', 'valid-accepted /name'],
  ],
  [
    'two odd requests that crash the server, where the ordinary one was not seen to',
    [
      verdict(listOrders, {}, [fail('no-server-error', '500 GET /orders')], { case: plannedCase(listOrders, 'a', 'without kind') }),
      verdict(listOrders, {}, [fail('no-server-error', '500 an emoji')], { case: plannedCase(listOrders, 'b', 'name: an emoji') }),
    ],
    ['no-server-error 500 GET /orders', 'no-server-error 500 an emoji'],
  ],
];

test.each(rows)('%s', (_, events, causes) => {
  expect(causesOf(...events)).toEqual(causes);
});

test('every finding is kept, under the id of its cause, the telling one first', () => {
  const report = reportOf([on(fail('filter-complete', 'GET /orders active'), fail('filter-respected', 'GET /orders active'))]);
  expect(report.findings.map(({ check }) => check)).toEqual(['filter-respected', 'filter-complete']);
  expect(new Set(report.findings.map(({ cause }) => cause))).toEqual(new Set([report.causes[0]?.id]));
  expect(report.causes[0]?.findings).toEqual(report.findings.map(({ id }) => id));
});

test('three promises that one operation ignores are three causes', () => {
  const keywords = ['maximum', 'enum', 'required'].map((keyword) => fail('invalid-refused', `/body/${keyword}`));
  expect(causesOf(on(...keywords))).toHaveLength(3);
});

test('what is surer, elsewhere, or about two filters that are kept alone stands for itself', () => {
  expect(
    causesOf(
      on(fail('filter-respected', 'GET /orders active', { confidence: 'likely' }), fail('filter-complete', 'GET /orders active')),
      on(fail('filter-respected', 'GET /orders kind and size')),
      verdict(getOrder, {}, [fail('unauthenticated-refused', 'no credentials')]),
      on(fail('unauthenticated-refused', 'garbage credentials')),
    ),
  ).toHaveLength(5);
});
