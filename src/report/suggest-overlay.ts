/** Writes an overlay that would declare the 4xx statuses that the API answers and the document is silent about. Never a 5xx, never a schema. */
import { pointerTokens } from '../lib/json-pointer.ts';
import { jsYaml } from '../lib/load-late.ts';
import type { Contract, Operation } from '../spec/contract.ts';
import { compareText } from './collect-results.ts';
import type { Finding, Report } from './report.ts';
import { apiName } from '../lib/api-name.ts';

const check = 'status-declared';

/** Whether the finding is an undeclared 4xx, which an overlay may declare. */
export function isSuggestible(finding: Pick<Finding, 'check' | 'topic'>): boolean {
  return finding.check === check && /^4\d\d$/.test(finding.topic);
}

/**
 * The overlay as YAML, one action an operation in the document's order; undefined when there is nothing to declare.
 * Known deviations are declared too: a declared status needs no excuse.
 * @see https://spec.openapis.org/overlay/v1.0.0.html
 */
export function suggestOverlay(report: Report, contract: Contract): string | undefined {
  const byOperation = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    if (isSuggestible(finding)) byOperation.set(finding.operation, [...(byOperation.get(finding.operation) ?? []), finding]);
  }
  const actions = contract.operations.flatMap((operation) => {
    const findings = byOperation.get(operation.id);
    return findings === undefined ? [] : [action(operation, findings)];
  });
  if (actions.length === 0) return undefined;
  const title = `Statuses that ${apiName(contract)} answers without declaring them`;
  return header(report) + jsYaml().dump({ overlay: '1.0.0', info: { title, version: '1.0.0' }, actions }, { lineWidth: -1, noRefs: true });
}

function action(operation: Operation, findings: readonly Finding[]): object {
  const responses: [string, object][] = findings
    .toSorted((a, b) => compareText(a.topic, b.topic))
    .map((finding) => [finding.topic, response(finding)]);
  return { target: jsonPath(operation.pointer), update: { responses: Object.fromEntries(responses) } };
}

/** A media type is named but nothing is promised of its content. Where answers without one came too, none is named: naming one would make them wrong. */
function response(finding: Finding): object {
  const description = reasons[finding.topic] ?? `Client error ${finding.topic}`;
  const isNamed = finding.mediaTypes.length > 0 && !finding.mediaTypes.includes('');
  return isNamed ? { description, content: Object.fromEntries(finding.mediaTypes.map((type) => [type, {}])) } : { description };
}

/** The normalised path of RFC 9535 section 2.7, with plain names in short form. */
function jsonPath(pointer: string): string {
  return `$${pointerTokens(pointer)
    .map((token) => (/^[A-Za-z_]\w*$/.test(token) ? `.${token}` : `['${token.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`))
    .join('')}`;
}

function header(report: Report): string {
  const left = [
    ...new Set(report.findings.filter((finding) => finding.check === check && !isSuggestible(finding)).map((finding) => finding.topic)),
  ];
  return [
    'Suggested by specproof. Look at every status: declare what the API means to answer, delete what is a defect.',
    'Keep what stays in overlay.yaml beside the locked document; it is applied whenever that is loaded.',
    'No schema is stated here: say what the bodies look like where you know it.',
    ...(left.length === 0
      ? []
      : [`Left for people to decide, as an overlay should not hide it: undeclared ${left.toSorted(compareText).join(', ')}.`]),
  ]
    .map((line) => `# ${line}\n`)
    .join('');
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5 and the registry it opens. */
const reasons: Readonly<Record<string, string>> = {
  '400': 'Bad Request',
  '401': 'Unauthorized',
  '402': 'Payment Required',
  '403': 'Forbidden',
  '404': 'Not Found',
  '405': 'Method Not Allowed',
  '406': 'Not Acceptable',
  '407': 'Proxy Authentication Required',
  '408': 'Request Timeout',
  '409': 'Conflict',
  '410': 'Gone',
  '411': 'Length Required',
  '412': 'Precondition Failed',
  '413': 'Content Too Large',
  '414': 'URI Too Long',
  '415': 'Unsupported Media Type',
  '416': 'Range Not Satisfiable',
  '417': 'Expectation Failed',
  '421': 'Misdirected Request',
  '422': 'Unprocessable Content',
  '423': 'Locked',
  '424': 'Failed Dependency',
  '425': 'Too Early',
  '426': 'Upgrade Required',
  '428': 'Precondition Required',
  '429': 'Too Many Requests',
  '431': 'Request Header Fields Too Large',
  '451': 'Unavailable For Legal Reasons',
};
