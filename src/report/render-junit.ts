/** The report as JUnit XML. */
import type { Report } from './report.ts';
import { testSuites, type TestCase, type TestSuite } from './test-cases.ts';
import { apiName } from '../lib/api-name.ts';

/** The XML document: failures are findings that fail the run, errors are faults and what did not run. */
export function renderJunit(report: Report): string {
  const suites = testSuites(report);
  const total = attributes({
    name: `specproof ${apiName(report.api)}`,
    ...totals(suites.flatMap((suite) => suite.cases)),
    time: report.seconds.toFixed(3),
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${total}>\n${suites.map(suiteElement).join('')}</testsuites>\n`;
}

function totals(cases: readonly TestCase[]): { readonly tests: number; readonly failures: number; readonly errors: number } {
  const count = (outcome: TestCase['outcome']): number => cases.filter((one) => one.outcome === outcome).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error') };
}

function suiteElement(suite: TestSuite): string {
  const skipped = suite.cases.filter((one) => one.outcome === 'skipped').length;
  const opening = attributes({ name: suite.name, ...totals(suite.cases), skipped, time: suite.seconds.toFixed(3) });
  return `  <testsuite${opening}>\n${suite.cases.map(caseElement).join('')}  </testsuite>\n`;
}

function caseElement(one: TestCase): string {
  const opening = `    <testcase${attributes({ name: one.name, classname: one.classname })}`;
  if (one.outcome === 'passed') return `${opening}/>\n`;
  const inside =
    one.outcome === 'skipped'
      ? `      <skipped${attributes({ message: one.message })}/>\n${output(one.text)}`
      : `      <${one.outcome}${attributes({ message: one.message, type: one.type })}>${escape(one.text)}</${one.outcome}>\n`;
  return `${opening}>\n${inside}    </testcase>\n`;
}

function output(text: string): string {
  return text === '' ? '' : `      <system-out>${escape(text)}</system-out>\n`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) => ` ${name}="${escape(String(value)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`,
    )
    .join('');
}

/** Text without the characters that XML 1.0 section 2.2 forbids (they become U+FFFD) and with its markup escaped. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\p{Cc}|\ufffe|\uffff/gu, (character) => ('\t\n\r'.includes(character) ? character : '\uFFFD'))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}
