/** Reads which reports are written, and to which files. */
import { assignments, parser, text, type Parser } from './parse-setting.ts';
import { reportKinds, type ReportKind } from './settings.ts';

const reportFile = Object.fromEntries(reportKinds.map((kind) => [kind, text.schema]));

/** An object of files by kind, or texts such as `junit=reports/junit.xml`. */
export const reportFiles: Parser<Readonly<Partial<Record<ReportKind, string>>>> = parser(
  { type: 'object', properties: reportFile, additionalProperties: false },
  (given) => {
    const form = `KIND=FILE, KIND one of ${reportKinds.join(', ')}`;
    const parsed = assignments(form)(given);
    if ('problem' in parsed) return parsed;
    const stray = Object.keys(parsed.value).find((kind) => !reportKinds.some((known) => known === kind));
    return stray === undefined ? parsed : { problem: `knows no report "${stray}"; it takes ${form}` };
  },
);
