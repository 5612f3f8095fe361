/** Parsers of header fields. Pure. */
import { parser, type Parser } from './parse-setting.ts';

/**
 * The field that basic authentication is, as [name, value], from `NAME:PASSWORD`; the password may hold colons. Never shown.
 * @see https://www.rfc-editor.org/rfc/rfc7617#section-2
 */
export const userField: Parser<readonly [string, string]> = parser({ type: 'string', pattern: '^[^:]+:' }, (given) =>
  typeof given === 'string' && /^[^:]+:/.test(given)
    ? { value: ['Authorization', `Basic ${Buffer.from(given).toString('base64')}`] }
    : { problem: 'must have the form NAME:PASSWORD' },
);

/** A header field as [name, value], from `Name: value`. The value is never shown: it may be a secret. @see https://www.rfc-editor.org/rfc/rfc9110#section-5.1 */
export const field: Parser<readonly [string, string]> = parser({ type: 'string', pattern: '^[\\w-]+: *[^\\r\\n\\x00]*$' }, (given) => {
  const [, name, value] = /^([!#$%&'*+\-.^_`|~\w]+):[ \t]*([^\r\n\0]*?)[ \t]*$/.exec(typeof given === 'string' ? given : '') ?? [];
  return name === undefined || value === undefined
    ? { problem: 'must be a header field of the form "Name: value"' }
    : { value: [name, value] };
});
