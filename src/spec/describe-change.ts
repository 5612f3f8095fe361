/** Puts one difference of two documents into one line for people. Pure. */
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { joinPointer, valueAt } from '../lib/json-pointer.ts';
import type { Change } from './compare-documents.ts';
import { findUsers, operationOf } from './find-users.ts';

const singular: Readonly<Record<string, string>> = {
  schemas: 'schema',
  definitions: 'schema',
  responses: 'response',
  parameters: 'parameter',
  examples: 'example',
  requestBodies: 'request body',
  headers: 'header',
  securitySchemes: 'security scheme',
  securityDefinitions: 'security scheme',
  links: 'link',
  callbacks: 'callback',
  pathItems: 'path item',
  mediaTypes: 'media type',
};

/** Who a difference is about, and the tokens that remain below it. */
interface Subject {
  readonly phrase: string;
  readonly rest: readonly string[];
  /** The component that it is about. */
  readonly component: string | undefined;
}

const quote = (name: string): string => `\`${name}\``;

function short(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** The parameter's name, or that of the component it refers to. */
function nameOf(parameter: Json | undefined): string | undefined {
  const [name, reference] = [member(parameter, 'name'), member(parameter, '$ref')];
  if (typeof name === 'string') return name;
  return typeof reference === 'string' ? reference.split('/').at(-1) : undefined;
}

function parameterName(document: JsonObject, tokens: readonly string[]): string {
  return nameOf(valueAt(document, joinPointer('', ...tokens))) ?? tokens.at(-1) ?? '';
}

function insideOperation(document: JsonObject, operation: string, tokens: readonly string[], taken: number): Subject {
  const [part, name] = tokens.slice(taken);
  const below = (count: number, phrase: string): Subject => ({
    phrase: `${phrase} of ${operation}`,
    rest: tokens.slice(taken + count),
    component: undefined,
  });
  if (part === 'responses' && name !== undefined && tokens.length > taken + 2) return below(2, `response ${name}`);
  if (part === 'parameters' && name !== undefined && tokens.length > taken + 2) {
    return below(2, `parameter ${quote(parameterName(document, tokens.slice(0, taken + 2)))}`);
  }
  if (part === 'requestBody' && name !== undefined) return below(1, 'request body');
  return { phrase: operation, rest: tokens.slice(taken), component: undefined };
}

function subjectOf(document: JsonObject, tokens: readonly string[]): Subject {
  const [area = '', name = '', third] = tokens;
  const operation = operationOf(tokens);
  if (operation !== undefined) return insideOperation(document, operation, tokens, third === 'additionalOperations' ? 4 : 3);
  if (area === 'paths' && tokens.length > 1) return insideOperation(document, name, tokens, 2);
  const depth = area === 'components' ? 3 : 2;
  const group = area === 'components' ? name : area;
  const kind = singular[group];
  if (kind === undefined || tokens.length < depth) return { phrase: 'the document', rest: tokens, component: undefined };
  return { phrase: `${kind} ${tokens[depth - 1] ?? ''}`, rest: tokens.slice(depth), component: joinPointer('', ...tokens.slice(0, depth)) };
}

/** The way from a message to a place in its schema: `address.street`, `items[].id`. */
function trail(tokens: readonly string[]): { readonly property: string; readonly around: readonly string[] } {
  let property = '';
  const around: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    if (token === 'properties') property += `${property === '' ? '' : '.'}${tokens[++at] ?? ''}`;
    else if (token === 'items') property += '[]';
    else if (token === 'additionalProperties') property += `${property === '' ? '' : '.'}*`;
    else if (['allOf', 'anyOf', 'oneOf', 'prefixItems'].includes(token)) around.push(`${token} ${tokens[++at] ?? ''}`.trimEnd());
    else if (token === 'content') {
      const type = tokens[++at] ?? '';
      if (type !== 'application/json') around.push(type);
    } else if (token === 'headers') around.push(`header ${quote(tokens[++at] ?? '')}`);
    else if (token !== 'schema') around.push(token);
  }
  return { property, around };
}

const newOrGone = (change: Change): string => (change.kind === 'added' ? 'is new' : 'is gone');

const named: Readonly<Record<string, string>> = {
  responses: 'status',
  content: 'media type',
  headers: 'header',
  callbacks: 'callback',
  links: 'link',
};

function entryStatement(change: Change, list: string, property: string): string {
  const value = change.to ?? change.from;
  if (list === 'required') {
    const name = typeof value === 'string' ? value : short(value);
    return `property ${quote(property === '' ? name : `${property}.${name}`)} is ${change.kind === 'added' ? 'now' : 'no longer'} required`;
  }
  const about = property === '' ? '' : `property ${quote(property)}: `;
  if (list === 'parameters' && isObject(value)) {
    const place = value['in'];
    return `parameter ${quote(nameOf(value) ?? '')}${typeof place === 'string' ? ` in ${place}` : ''} ${newOrGone(change)}`;
  }
  if (list === 'security') return `security alternative ${short(value)} ${newOrGone(change)}`;
  const what = { enum: 'value', type: 'type', tags: 'tag', servers: 'server' }[list] ?? list;
  const shown = isObject(value) ? (value['name'] ?? value['url'] ?? value) : value;
  return `${about}${what} ${short(shown)} ${newOrGone(change)}`;
}

function statement(change: Change, rest: readonly string[]): string {
  const name = rest.at(-1);
  if (name === undefined) return change.kind === 'changed' ? `was ${short(change.from)}, is ${short(change.to)}` : newOrGone(change);
  const container = rest.at(-2) ?? '';
  if (change.entry) return entryStatement(change, container, trail(rest.slice(0, -2)).property);
  if (container === 'properties' && change.kind !== 'changed') return `property ${quote(trail(rest).property)} ${newOrGone(change)}`;
  const { property, around } = trail(
    rest.slice(0, -1).filter((_, index) => !(index === rest.length - 2 && Object.hasOwn(named, container))),
  );
  const about = [...around, ...(property === '' ? [] : [`property ${quote(property)}`])].map((part) => `${part}: `).join('');
  if (Object.hasOwn(named, container) && change.kind !== 'changed') return `${about}${named[container]} ${name} ${newOrGone(change)}`;
  if (name === 'required' && typeof (change.to ?? change.from) === 'boolean')
    return `${about}is ${(change.to ?? false) === true ? 'now' : 'no longer'} required`;
  if (name === 'required' && change.kind !== 'changed') return `${about}required ${short(change.to ?? change.from)} ${newOrGone(change)}`;
  if (change.kind === 'changed') return `${about}${quote(name)} was ${short(change.from)}, is ${short(change.to)}`;
  return `${about}${quote(name)} ${newOrGone(change)}: ${short(change.to ?? change.from)}`;
}

/** Operations by name as long as a line can hold them. */
function users(operations: readonly string[]): string {
  if (operations.length === 0) return ' (used by no operation)';
  return operations.length <= 5 ? ` (used by ${operations.join(', ')})` : ` (used by ${operations.length} operations)`;
}

/**
 * A function that gives one line for a change between the two documents, such as "response 200 of GET /pets: property `name` is no
 * longer required". A component's line names the operations that use it, up to five, else their number.
 */
export function describeChange(locked: JsonObject, served: JsonObject): (change: Change) => string {
  const usersBefore = findUsers(locked);
  const usersNow = findUsers(served);
  return (change) => {
    const document = change.kind === 'removed' ? locked : served;
    const { phrase, rest, component } = subjectOf(document, change.tokens);
    const used =
      component === undefined || /^\/(?:components\/securitySchemes|securityDefinitions)\//.test(component)
        ? ''
        : users((change.kind === 'removed' ? usersBefore : usersNow)(component));
    return rest.length === 0 && change.kind !== 'changed'
      ? `${phrase}${used} ${newOrGone(change)}`
      : `${phrase}${used}: ${statement(change, rest)}`;
  };
}
