/** Findings as vitest tests, a file for each operation: what fails until it is mended. Pure; nothing is written here. */
import { failsRun } from './exit-code.ts';
import { unknownOperation, type Finding, type Report } from './report.ts';
import { code, literal } from './source-text.ts';
import { printable, wrap } from './text-layout.ts';

/** A file of tests, in parts: what is there already is left as it is. */
export interface TestFile {
  /** Without its folder. */
  readonly name: string;
  /** What the file begins with. */
  readonly header: string;
  readonly tests: readonly { readonly id: string; readonly text: string }[];
}

export interface TestOptions {
  /** Module of the document's generated types, as the files import it; undefined where there is none. */
  readonly types: string | undefined;
  /** As the run was told. */
  readonly randomCases: number | undefined;
}

const width = 110;
/** Checks that look at nothing but the answer and the document. */
const documented: ReadonlySet<string> = new Set([
  'no-server-error',
  'status-declared',
  'content-type-declared',
  'body-parses',
  'body-matches-schema',
  'headers-match',
  'empty-where-required',
  'challenge-sent',
]);

/** A file for each operation that has findings of generated cases which fail the run; others have no scenario that could be sent again. */
export function renderTests(report: Report, options: TestOptions): TestFile[] {
  const kept = report.findings.filter((finding) => failsRun(finding, report.failOn) && finding.scenario !== undefined);
  return [...Map.groupBy(kept, ({ operation }) => operation)].map(([operation, findings]) => ({
    name: `${fileName(operation)}.test.ts`,
    header: header(operation, options),
    tests: findings.map((finding) => ({ id: finding.id, text: renderTest(finding, report, options) })),
  }));
}

/** `GET /telescopes/{id}` as `get-telescopes-id`. */
function fileName(operation: string): string {
  if (operation === unknownOperation) return 'outside-the-document';
  return operation
    .toLowerCase()
    .replaceAll(/[^a-z\d_]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function header(operation: string, { types }: TestOptions): string {
  const what = operation === unknownOperation ? 'requests outside the document' : operation;
  const imports = [
    "import { apiTest } from 'specproof/vitest';",
    "import { expect } from 'vitest';",
    ...(types === undefined ? [] : [`import type { paths } from ${literal(types)};`]),
  ];
  return [
    '/**',
    ...comment(`What specproof found in ${what}: each test fails until its finding is mended.`),
    ...comment('`specproof run --write-tests` adds what is new, and changes nothing that is here.'),
    ' */',
    ...imports,
    '',
    `const test = apiTest<${types === undefined ? 'object' : 'paths'}>();`,
    '',
  ].join('\n');
}

function renderTest(finding: Finding, report: Report, options: TestOptions): string {
  const { id, check, confidence, promise, came, where, reproduce } = finding;
  const place = promise && (promise.line === undefined ? `${promise.file}#${promise.pointer}` : `${promise.file}:${promise.line}`);
  return [
    '',
    '/**',
    ...comment(`${check}, ${confidence} (${id})`),
    ' *',
    ...(promise ? labelled('promised', `${promise.text} (${place ?? ''})`) : []),
    ...(where === undefined ? [] : labelled('where', where)),
    ...(came === undefined ? [] : labelled('came', came)),
    ...(reproduce === undefined ? [] : [` * try       ${inComment(reproduce)}`]),
    ' */',
    ...testLines(finding, report, options),
    '});',
    '',
  ].join('\n');
}

/** A call of its own where the document's promises are all it takes to judge the answer; else the case again, with what it expects. */
function testLines(
  { check, operation, message, call, scenario = '', caseId = '' }: Finding,
  { seed }: Report,
  options: TestOptions,
): string[] {
  const { types, randomCases } = options;
  const title = literal(`${operation}: ${printable(message)}`);
  if (types !== undefined && call !== undefined && documented.has(check)) {
    const { verb, path, query, header, cookie, body } = call;
    const parts = Object.entries({ query, header, cookie }).flatMap(([name, values]) =>
      Object.keys(values).length === 0 ? [] : [`    ${name}: ${code(values, 4)},`],
    );
    if (body !== undefined) parts.push(`    body: ${code(body, 4)},`);
    const made = parts.length === 0 ? [literal(path)] : [`${literal(path)}, {\n${parts.join('\n')}\n  }`];
    return [
      `test(${title}, async ({ api }) => {`,
      `  const answer = await api.${verb}(${made.join('')});`,
      '  expect(answer).toMeetContract();',
    ];
  }
  const wanted = [`scenario: ${literal(scenario)}`, `case: ${literal(caseId)}`, `seed: ${seed}`];
  if (randomCases !== undefined) wanted.push(`randomCases: ${randomCases}`);
  return [
    `test(${title}, async ({ replay }) => {`,
    `  const answer = await replay({ ${wanted.join(', ')} });`,
    '  expect(answer).toMeetContract();',
  ];
}

function labelled(label: string, text: string): string[] {
  const [first = '', ...rest] = wrap(inComment(text), width - 13);
  return [` * ${label.padEnd(9)} ${first}`, ...rest.map((line) => ` * ${' '.repeat(10)}${line}`)];
}

function comment(text: string): string[] {
  return wrap(inComment(text), width - 3).map((line) => ` * ${line}`);
}

/** On one line, and without the end of the comment. */
function inComment(text: string): string {
  return printable(text).replaceAll('*/', String.raw`*\/`);
}
