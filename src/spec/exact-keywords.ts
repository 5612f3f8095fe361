/** Keywords that compare numbers, on values that hold numbers which a double does not: judged by the digits as they were written. */
import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { DataValidationCxt } from 'ajv/dist/types/index.js';
import type { ExactNumbers } from '../lib/json-text.ts';
import { isObject, type Json } from '../lib/json.ts';
import { joinPointer } from '../lib/json-pointer.ts';
import { isSameJson } from '../lib/same-json.ts';
import { compareDecimals, isMultipleOf } from './decimal.ts';
import { integerRanges } from './formats.ts';

type Where = Pick<DataValidationCxt, 'instancePath'> | undefined;

/** Replaces the keywords. `numbers` gives those of the value that is being judged. */
export function addExactKeywords(ajv: Ajv2020, numbers: () => ExactNumbers): void {
  const written = (value: number, where: Where): number | string => numbers().get(where?.instancePath ?? '') ?? value;
  /** A limit that a double does not hold either is compared as the double that it has become. */
  const compare = (value: number, limit: number, where: Where): number =>
    Number.isInteger(limit) && !Number.isSafeInteger(limit) ? value - limit : compareDecimals(written(value, where), limit);
  const onNumbers = (keyword: string, holds: (schema: number, value: number, where: Where) => boolean): void => {
    ajv.removeKeyword(keyword);
    ajv.addKeyword({
      keyword,
      type: 'number',
      schemaType: 'number',
      validate: (schema: number, value: number, _: unknown, where: Where) => holds(schema, value, where),
    });
  };
  onNumbers('minimum', (limit, value, where) => compare(value, limit, where) >= 0);
  onNumbers('maximum', (limit, value, where) => compare(value, limit, where) <= 0);
  onNumbers('exclusiveMinimum', (limit, value, where) => compare(value, limit, where) > 0);
  onNumbers('exclusiveMaximum', (limit, value, where) => compare(value, limit, where) < 0);
  onNumbers('multipleOf', (divisor, value, where) => isMultipleOf(written(value, where), divisor));
  const replace = (keyword: string, holds: (schema: Json, value: Json, where: Where) => boolean): void => {
    ajv.removeKeyword(keyword);
    ajv.addKeyword({ keyword, validate: (schema: Json, value: Json, _: unknown, where: Where) => holds(schema, value, where) });
  };
  const isSame = (value: Json, wanted: Json, where: Where): boolean =>
    typeof value === 'number' && typeof wanted === 'number' ? compare(value, wanted, where) === 0 : isSameJson(value, wanted);
  replace('const', (wanted, value, where) => isSame(value, wanted, where));
  replace('enum', (list, value, where) => Array.isArray(list) && list.some((wanted: Json) => isSame(value, wanted, where)));
  replace('uniqueItems', (unique, value, where) => {
    if (unique !== true || !Array.isArray(value)) return true;
    const at = where?.instancePath ?? '';
    const keys = value.map((item: Json, index) => identity(item, joinPointer(at, index), numbers()));
    return new Set(keys).size === keys.length;
  });
  // ajv hands a format no place: the range is a keyword of its own
  ajv.addKeyword({
    keyword: 'exactFormat',
    type: 'number',
    validate: (name: string, value: number, _: unknown, where: Where) => {
      const [least, most] = integerRanges[name] ?? [value, value];
      const exact = written(value, where);
      return compareDecimals(exact, least) >= 0 && compareDecimals(exact, most) <= 0 && isMultipleOf(exact, 1);
    },
  });
}

/** One text for all values that are the same. */
function identity(value: Json, pointer: string, numbers: ExactNumbers): string {
  if (Array.isArray(value)) return `[${value.map((item: Json, index) => identity(item, joinPointer(pointer, index), numbers)).join()}]`;
  if (isObject(value)) {
    const members = Object.keys(value).sort();
    return `{${members.map((name) => `${JSON.stringify(name)}:${identity(value[name] ?? null, joinPointer(pointer, name), numbers)}`).join()}}`;
  }
  return numbers.get(pointer) ?? JSON.stringify(value);
}
