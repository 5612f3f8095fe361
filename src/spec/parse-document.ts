/** Text to OpenAPI document: parses it and says in one line what it is when it is no document that specproof reads. Pure. */
import { HarnessError } from '../errors.ts';
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { parseText } from './parse-text.ts';
import { dialectOf } from './upgrade-document.ts';

const readable = 'specproof reads OpenAPI 2.0, 3.0, 3.1 and 3.2';

/** Whether a text is markup (HTML, XML), which is no document but may be the page that shows one. */
export function isMarkup(text: string): boolean {
  return /^\uFEFF?\s*<[!?a-z]/i.test(text);
}

/** The words of an HTML page's title, or undefined. */
export function pageTitle(text: string): string | undefined {
  return /<title[^>]*>([^<]*)</i.exec(text)?.[1]?.replaceAll(/\s+/g, ' ').trim() || undefined;
}

const collection = 'a Postman collection';
const recording = 'a HAR file';

function describe(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  if (!isObject(value)) return value === null ? 'null' : `a ${typeof value}`;
  const schema = member(value['info'], 'schema');
  if (typeof schema === 'string' && schema.includes('getpostman')) return collection;
  const known: readonly (readonly [string, string])[] = [
    ['asyncapi', 'an AsyncAPI document'],
    ['arazzo', 'an Arazzo document'],
    ['overlay', 'an OpenAPI Overlay'],
    ['swaggerVersion', 'a Swagger 1 document'],
    ['log', recording],
    ['$schema', 'a JSON Schema'],
  ];
  const found = known.find(([name]) => Object.hasOwn(value, name));
  if (found !== undefined) return found[1];
  const names = Object.keys(value).slice(0, 3);
  return names.length === 0 ? 'an empty object' : `an object with ${names.map((name) => JSON.stringify(name.slice(0, 40))).join(', ')}`;
}

/** What reads what somebody named in place of the document. */
function hintFor(value: Json): { readonly hint?: string } {
  switch (describe(value)) {
    case collection:
      return { hint: 'name the document, and the collection behind it: specproof run DOCUMENT --collection FILE' };
    case recording:
      return { hint: 'specproof judge FILE judges recordings' };
    default:
      return {};
  }
}

function assertVersion(document: JsonObject, location: string): void {
  for (const name of ['openapi', 'swagger']) {
    const version = document[name];
    if (typeof version === 'number') {
      throw new HarnessError(
        'E_SPEC_INVALID',
        `${location}: /${name} is the number ${version}, and must be a text: write ${name}: "${version.toFixed(1)}${name === 'openapi' ? '.0' : ''}"`,
      );
    }
    if (version !== undefined && dialectOf(document) === undefined) {
      throw new HarnessError('E_SPEC_INVALID', `${location}: /${name} is ${JSON.stringify(version)}; ${readable}`);
    }
  }
}

/**
 * The OpenAPI document that a JSON or YAML text holds, of version 2.0, 3.0.x, 3.1.x or 3.2.x. Its references are not looked at.
 * @throws HarnessError `E_SPEC_PARSE` with line and column; `E_SPEC_INVALID` naming what is there instead of an OpenAPI document
 * @see https://spec.openapis.org/oas/v3.1.1#openapi-object
 */
export function parseDocument(text: string, location: string): JsonObject {
  if (isMarkup(text)) {
    const title = pageTitle(text);
    throw new HarnessError(
      'E_SPEC_INVALID',
      `${location} is a page${title === undefined ? '' : ` ("${title.slice(0, 60)}")`}, not an OpenAPI document, and shows none that specproof can find`,
      {
        hint: 'name the OpenAPI document itself, or a swagger-ui, ReDoc or Scalar page that loads it',
      },
    );
  }
  const value = parseText(text, location);
  if (!isObject(value) || (value['openapi'] === undefined && value['swagger'] === undefined)) {
    throw new HarnessError(
      'E_SPEC_INVALID',
      `${location} is ${describe(value)}, not an OpenAPI document: it has neither "openapi" nor "swagger"`,
      hintFor(value),
    );
  }
  assertVersion(value, location);
  return value;
}
