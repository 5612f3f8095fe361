/** The page that follows, as an answer names it: a cursor, a link, or its last item. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import { valueAt } from '../../lib/json-pointer.ts';
import { plainName } from '../../lib/names.ts';
import type { Contract, Operation, Parameter, SchemaPlace } from '../../spec/contract.ts';
import { propertiesOf, successBody } from '../../spec/properties.ts';
import { readText } from '../../spec/read-text.ts';
import type { Answer, RequestPlan } from '../case.ts';
import { listed, withQuery, type ListView } from './answers.ts';
import { wrappers } from '../inference/list-envelope.ts';
import type { ListShape } from '../inference/list-parameters.ts';

/** A list that is asked for page by page. */
export interface Walk {
  readonly view: ListView;
  readonly limit: Parameter;
  readonly size: number;
}

const nexts = new Set([
  'next',
  'nextcursor',
  'nextpagetoken',
  'nexttoken',
  'nextpage',
  'nextlink',
  'nexturl',
  'endcursor',
  'continuation',
  'continuationtoken',
]);
const holders: ReadonlySet<string> = new Set([...wrappers, 'links', 'cursors']);

/** Whether the document has a place for the next page: in the envelope, or the field `Link`. @see https://www.rfc-editor.org/rfc/rfc8288 */
export function declaresNext(contract: Contract, shape: ListShape): boolean {
  const { operation } = shape;
  const body = successBody(operation);
  const success = operation.responses.find(({ status }) => status.startsWith('2'));
  if (success?.headers.some(({ name }) => name.toLowerCase() === 'link')) return true;
  if (shape.following && shape.envelope.more !== undefined) return true;
  const names = (place: SchemaPlace): boolean =>
    [...propertiesOf(contract, place)].some(
      ([name, inner]) =>
        nexts.has(plainName(name)) ||
        (holders.has(plainName(name)) && [...propertiesOf(contract, inner).keys()].some((one) => nexts.has(plainName(one)))),
    );
  return body !== undefined && names(body.schema);
}

/** The request for the page that an answer names as the next; undefined when it names none. */
export function nextRequest({ view, limit, size }: Walk, request: RequestPlan, answer: Answer): RequestPlan | undefined {
  const { contract } = view.scope.planning;
  const { operation } = request;
  const link = linkField(answer);
  const value = link ?? nextValue(answer.json);
  if (value === undefined) return afterLast({ view, limit, size }, request, answer);
  const linked = link !== undefined || isLink(value) ? linkedQuery(contract, operation, value) : [];
  if (linked.length > 0) return withQuery(request, ...linked);
  return link === undefined && view.shape.cursor ? withQuery(request, [limit, size], [view.shape.cursor, value]) : undefined;
}

/** The request that a link to the next page makes, with nothing but what the link carries; undefined where none is named, or it carries what the document does not tell of. */
export function linkedRequest(contract: Contract, request: RequestPlan, answer: Answer): RequestPlan | undefined {
  const link = linkField(answer) ?? nextValue(answer.json);
  if (link === undefined || !isLink(link)) return undefined;
  const linked = linkedQuery(contract, request.operation, link);
  const whole = linked.length > 0 && linked.length === [...queryOf(link)].length;
  const bare = { ...request, parameters: request.parameters.filter((one) => one.in !== 'query') };
  return whole ? withQuery(bare, ...linked) : undefined;
}

/** The target of the link `next` in the header section. @see https://www.rfc-editor.org/rfc/rfc8288#section-3 */
function linkField({ headers }: Answer): string | undefined {
  return /<([^>]*)>[^,<]*;\s*rel="?next"?/i.exec(headers.get('link') ?? '')?.[1];
}

const isLink = (value: string): boolean => /^(?:https?:\/\/|\/|\?)/.test(value);

const queryOf = (link: string): URLSearchParams => new URLSearchParams(link.split('#', 1)[0]?.split('?').slice(1).join('?') ?? '');

/** The request for what follows the last item of an answer that says that there is more. */
function afterLast({ view: { shape, resource }, limit, size }: Walk, request: RequestPlan, answer: Answer): RequestPlan | undefined {
  const { following, envelope } = shape;
  const last = listed(answer, shape)?.at(-1);
  const id = resource.identifier === undefined ? undefined : member(last, resource.identifier);
  const more = answer.json === undefined || envelope.more === undefined ? undefined : valueAt(answer.json, envelope.more);
  return following && id !== undefined && more === true ? withQuery(request, [limit, size], [following, id]) : undefined;
}

/** What an answer names as the next page: a cursor, a link, a number; undefined where it names none. */
export function nextValue(json: Json | undefined): string | undefined {
  for (const [name, value] of Object.entries(isObject(json) ? json : {})) {
    // a link of HAL is an object
    if (nexts.has(plainName(name)) && isObject(value) && typeof value['href'] === 'string') return value['href'];
    if (nexts.has(plainName(name)) && (typeof value === 'string' || typeof value === 'number') && value !== '') return String(value);
    if (!holders.has(plainName(name)) || !isObject(value)) continue;
    const inner = nextValue(value);
    if (inner !== undefined && member(value, 'has_next_page') !== false && member(value, 'hasNextPage') !== false) return inner;
  }
  return undefined;
}

/** Query parameters of the operation that a link carries. */
function linkedQuery(contract: Contract, operation: Operation, link: string): (readonly [Parameter, Json])[] {
  const query = queryOf(link);
  return operation.parameters.flatMap((parameter) => {
    const text = parameter.in === 'query' ? query.get(parameter.name) : null;
    return text === null ? [] : [[parameter, parameter.schema ? readText(text, contract.resolve(parameter.schema).schema) : text] as const];
  });
}
