/** A second opinion on the schemas of a document, by a validator of other authors. */
import '@hyperjump/json-schema/formats';
import { registerSchema, setShouldValidateFormat, unregisterSchema, validate } from '@hyperjump/json-schema/draft-2020-12';
import { isObject, member, type Json, type JsonObject } from '../../src/lib/json.ts';
import { fragmentPointer, valueAt } from '../../src/lib/json-pointer.ts';
import type { Direction } from '../../src/spec/contract.ts';
import { isFormerBound } from '../../src/spec/prepare-schema.ts';

setShouldValidateFormat(true);

const uri = 'https://example.com/second-opinion';
const dialect = 'https://json-schema.org/draft/2020-12/schema';

/**
 * Whether a value is valid, for the schema at a pointer of a document whose schemas are of the 2020-12 dialect. What a discriminator asks
 * is OpenAPI's, and not part of it. Throws where the schema is none by the letter.
 */
export async function secondOpinion(document: JsonObject, pointer: string, direction: Direction): Promise<(value: Json) => boolean> {
  const schema = { $schema: dialect, $ref: `#${encodeURI(pointer)}`, ...closure(document, pointer, direction) };
  registerSchema(schema, uri);
  try {
    const judge = await validate(uri);
    return (value) => judge(value as never).valid;
  } finally {
    unregisterSchema(uri);
  }
}

/** The parts of the document that the schema reaches, where they stand in it. */
export function closure(document: JsonObject, pointer: string, direction: Direction): JsonObject {
  const reached = new Set([pointer]);
  // a set that grows while it is walked is walked to its end
  for (const place of reached) for (const target of referencesIn(valueAt(document, place))) reached.add(target);
  const root: Record<string, Json> = {};
  for (const place of [...reached].sort((a, b) => a.length - b.length)) {
    const names = place
      .split('/')
      .slice(1)
      .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    let holder = root;
    for (const name of names.slice(0, -1)) holder = (holder[name] ??= {}) as Record<string, Json>;
    const last = names.at(-1) ?? '';
    if (holder[last] === undefined) holder[last] = oneWay(valueAt(document, place) ?? true, document, direction);
  }
  return root;
}

function referencesIn(value: Json | undefined): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = isObject(value) && typeof value['$ref'] === 'string' ? fragmentPointer(value['$ref']) : undefined;
  return [...(own === undefined ? [] : [own]), ...Object.values(value).flatMap((inner: Json) => referencesIn(inner))];
}

/** A copy in which nothing is required that does not travel in this direction, without bounds of former versions. @see https://spec.openapis.org/oas/v3.0.4#fixed-fields-20 */
function oneWay(value: Json, document: JsonObject, direction: Direction): Json {
  if (Array.isArray(value)) return value.map((entry: Json) => oneWay(entry, document, direction));
  if (!isObject(value)) return value;
  const flag = direction === 'request' ? 'readOnly' : 'writeOnly';
  const staysAway = (name: Json): boolean => {
    const property = member(value['properties'], String(name));
    const reference = member(property, '$ref');
    const target = typeof reference === 'string' ? valueAt(document, fragmentPointer(reference) ?? '') : undefined;
    return member(property, flag) === true || member(target, flag) === true;
  };
  return Object.fromEntries(
    Object.entries(value)
      // the second validator takes a truth value for the number 1
      .filter(([name, entry]) => !isFormerBound(name, entry))
      .map(([name, entry]) => [
        name,
        name === 'required' && Array.isArray(entry)
          ? entry.filter((required: Json) => !staysAway(required))
          : oneWay(entry, document, direction),
      ]),
  );
}
