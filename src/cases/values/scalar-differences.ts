/** Whether two scalars mean the same, and whether servers commonly write one as the other. Pure. */
import { member, type Json } from '../../lib/json.ts';
import type { Schema } from '../../spec/contract.ts';
import { nameWords } from '../../lib/names.ts';

const instant = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?$/;
const amount = /^-?\d+\.\d+$/;
const day = /^\d{4}-\d\d-\d\d$/;
const caseless = new Set(['uuid', 'hostname', 'idn-hostname', 'ipv6']);
const handles =
  /^(?:email|mail|username|user|login|slug|code|host|hostname|domain|key|handle|tag|tags|locale|language|currency|country|sku)$/;

/**
 * `plain` when the values differ in what they mean, `usual` when they differ as servers commonly normalise, undefined when they mean the same.
 * A number that a double holds exactly has no reason to change; one of many digits may be rounded on its way (RFC 8259 section 6).
 */
export function scalarDifference(written: Json, read: Json, schema: Schema, name: string): 'plain' | 'usual' | undefined {
  if (written === read || String(written) === String(read)) return undefined;
  if (typeof written === 'number') return numberDifference(written, Number(read), schema);
  if (typeof written !== 'string' || typeof read !== 'string') return 'plain';
  if (/^[*•·xX]{3,}/.test(read)) return undefined;
  if (instant.test(written) && instant.test(read)) return instantDifference(written, read);
  if (day.test(written) && read.startsWith(written)) return undefined;
  // an amount is a number: zeros before it are not kept
  if (amount.test(read) && written.replace(/^(-?)0+(?=\d)/, '$1') === read) return undefined;
  const found = textDifference(written, read, String(member(schema, 'format') ?? ''), name);
  return found === 'usual' && exactly.test(String(member(schema, 'description') ?? '')) ? 'plain' : found;
}

/** What a description says of a text that nobody may normalise. */
const exactly = /\b(?:exactly|verbatim|byte for byte|as (?:it was |they were )?(?:sent|written|given))\b/i;

/** Whether the digits of a moment came back with another offset than they were sent with: it is another moment, and nobody but the writer can have chosen those digits. */
export function losesOffset(written: Json, read: Json | undefined): boolean {
  if (typeof written !== 'string' || typeof read !== 'string') return false;
  const [sent, came] = [written, read].map((text) => instant.exec(text)?.[1]?.toUpperCase());
  return (
    sent !== undefined &&
    came !== undefined &&
    written.slice(0, 19) === read.slice(0, 19) &&
    Date.parse(written) !== Date.parse(read) &&
    Math.abs(Date.parse(written) - Date.parse(read)) >= 900_000
  );
}

function numberDifference(written: number, read: number, schema: Schema): 'plain' | 'usual' | undefined {
  if (written === read) return undefined;
  if (Math.abs(written) > Number.MAX_SAFE_INTEGER) return 'usual';
  const digits = written.toExponential().replace(/e.*$/, '').replaceAll(/[-.]/g, '').length;
  if (member(schema, 'format') === 'float')
    return Math.fround(written) === Math.fround(read) || Math.abs(written - read) < Math.abs(written) * 1e-6 ? undefined : 'plain';
  return digits <= 7 || Math.abs(written - read) > Math.abs(written) * 1e-6 ? 'plain' : 'usual';
}

/** A moment in another zone is the same moment; one without a zone may be any. */
function instantDifference(written: string, read: string): 'plain' | 'usual' | undefined {
  const [local, other] = [written, read].map((text) => text.slice(0, 19).toUpperCase().replace(' ', 'T'));
  const zoneless = instant.exec(read)?.[1] === undefined || instant.exec(written)?.[1] === undefined;
  if (zoneless && local === other) return undefined;
  const [sent, came] = [written, read].map((text) =>
    Date.parse(text.toUpperCase().replace(' ', 'T') + (instant.exec(text)?.[1] === undefined ? 'Z' : '')),
  );
  // no such day or a leap second: nobody agrees on those
  if (sent === undefined || came === undefined || Number.isNaN(sent) || Number.isNaN(came)) return 'usual';
  if (sent === came) return undefined;
  return Math.abs(sent - came) <= 1000 ? 'usual' : 'plain';
}

function textDifference(written: string, read: string, format: string, name: string): 'plain' | 'usual' | undefined {
  const folded = written.toLowerCase() === read.toLowerCase();
  if (caseless.has(format) && folded) return undefined;
  if (/^(?:uri|iri)/.test(format) && sameUrl(written, read)) return undefined;
  if (/^(?:uri|iri|ipv|idn|hostname|duration|time|byte|base64)/.test(format)) return 'usual';
  const [head, tail] = [written, read].map((text) => text.slice(0, text.lastIndexOf('@')));
  if (format.endsWith('email') && folded) return head === tail ? undefined : 'usual';
  if (folded) return nameWords(name).some((word) => handles.test(word)) ? 'usual' : 'plain';
  if (written.trim() === read.trim()) return 'usual';
  return written.trim().normalize('NFKC') === read.trim().normalize('NFKC') ? 'usual' : 'plain';
}

function sameUrl(left: string, right: string): boolean {
  return URL.canParse(left) && URL.canParse(right) && new URL(left).href === new URL(right).href;
}
