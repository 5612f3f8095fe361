/** Things that a scenario made or found, and how their identifiers are read from answers. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import { pathSegments, plainName, segmentParameter } from '../../lib/names.ts';
import type { Answer, Created } from '../case.ts';
import type { Resource } from '../inference/resources.ts';

/** One thing of a resource, addressable. */
export interface Entity {
  readonly resource: Resource;
  /** Values for the item path's parameters, its parents' included. */
  readonly path: ReadonlyMap<string, Json>;
  readonly id: Json;
  /** Its representation, as its creation or the list answered. */
  readonly json: Json | undefined;
  /** The ledger's entry; undefined for what was there before us. */
  readonly created: Created | undefined;
}

/** The identifier that an answer gives for the resource: in the body, in what the body wraps, or the last segment of `Location`. */
export function identifierIn(answer: Answer, resource: Resource): Json | undefined {
  const { identifier } = resource;
  const body = answer.json;
  if (identifier !== undefined) {
    const own = scalar(member(body, identifier));
    if (own !== undefined) return own;
    for (const wrapped of Object.values(isObject(body) ? body : {})) {
      const inner = scalar(member(wrapped, identifier));
      if (inner !== undefined) return inner;
    }
  }
  const location = answer.headers.get('location');
  const last = location?.split(/[?#]/, 1)[0]?.split('/').filter(Boolean).at(-1);
  if (last !== undefined) return resource.numeric && /^\d+$/.test(last) ? Number(last) : decodeURIComponent(last);
  return typeof body === 'string' || typeof body === 'number' ? body : undefined;
}

/** What stands for an identifier in the path of its thing: of a resource name, such as `rooms/garden`, the last part. @see https://google.aip.dev/122 */
export function addressOf({ name }: Resource, id: Json): Json {
  const parts = typeof id === 'string' ? id.split('/') : [];
  return parts.length % 2 === 0 && parts.at(-2) === name ? (parts.at(-1) ?? id) : id;
}

/** Values for the parameters of a thing's path: its parents', its own, and what its members are called after where two of them name it: `type` and `value` of `/tags/{type}/{value}`. */
export function addressPath(
  resource: Resource,
  parents: readonly (readonly [name: string, value: Json])[],
  id: Json,
  ...shown: readonly (Json | undefined)[]
): ReadonlyMap<string, Json> {
  const given = new Map([...parents, [resource.parameter, addressOf(resource, id)] as const]);
  const members = pathSegments(resource.item).flatMap((segment): [string, Json][] => {
    const name = segmentParameter(segment) ?? '';
    const value = given.has(name) ? undefined : shown.map((json) => namedMember(json, name)).find((one) => one !== undefined);
    return value === undefined ? [] : [[name, value]];
  });
  return new Map([...members, ...given]);
}

/** The member of an answer whose name means the same as the given one; looks one level into wrappers. */
export function namedMember(body: Json | undefined, name: string): Json | undefined {
  if (!isObject(body)) return undefined;
  const wanted = plainName(name);
  for (const [key, value] of Object.entries(body)) if (plainName(key) === wanted && scalar(value) !== undefined) return value;
  for (const value of Object.values(body)) {
    const inner = isObject(value) ? namedMember(value, name) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function scalar(value: Json | undefined): Json | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}
