/** What is in a list: what was created, once and as it is read, and nothing of another parent. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { successBody, typesOf } from '../../spec/properties.ts';
import type { Answer, Expectation } from '../case.ts';
import type { Entity } from '../steps/entity.ts';
import { isAccepted } from '../expectations.ts';
import { aboutItems, byIdentity, identity, type ListView } from './answers.ts';
import type { Made } from './population.ts';
import { statedValues, type ListShape } from '../inference/list-parameters.ts';
import { nameWords } from '../../lib/names.ts';
import { withoutServerOwned } from '../steps/read-back.ts';
import { representation, thingIn } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';

/** What was made, and what was there before. */
export interface Membership {
  readonly made: readonly Made[];
  /** Identities in the list before anything was made; undefined where that was not all. */
  readonly before: ReadonlySet<string> | undefined;
  /** Of the same kind, below another parent. */
  readonly elsewhere: Entity | undefined;
  /** What the read of one of them answered. */
  readonly read: { readonly made: Made; readonly answer: Answer } | undefined;
}

/** Everything that was made is listed, once, as it is read, and nothing else has come. How sure that is depends on what a first look showed. */
export function membershipExpectations(view: ListPlace, membership: Membership, items: readonly Json[]): Expectation[] {
  const { resource, shape, whole } = view;
  const { made, elsewhere, read } = membership;
  const ids = made.map(({ entity }) => JSON.stringify(entity.id));
  const strange = elsewhere && JSON.stringify(elsewhere.id);
  return [
    ...(whole && resource.identifier !== undefined && made.length > 0
      ? [createdListed(view, made, items), createdOnce(view, membership, items)]
      : []),
    ...(strange !== undefined && !ids.includes(strange)
      ? [
          aboutItems(
            shape,
            {
              check: 'nested-scoped',
              confidence: 'certain',
              why: `${resource.collection} lists what belongs to its parent`,
              topic: shape.operation.id,
            },
            (found) =>
              byIdentity(resource, found).has(strange) ? `${strange}, which was made below another parent, is listed` : undefined,
          ),
        ]
      : []),
    ...(read ? [asRead(view, read.made, read.answer)] : []),
  ];
}

type ListPlace = Pick<ListView, 'scope' | 'resource' | 'shape' | 'whole'>;

/** A list may leave some kinds out by default: it is sure only when every parameter is understood, and a thing of the same kind is listed or no kind can be left out. */
function createdListed({ scope, resource, shape }: ListPlace, made: readonly Made[], items: readonly Json[]): Expectation {
  const missing = (found: readonly Json[]): Made | undefined =>
    made.find(({ entity }) => !byIdentity(resource, found).has(JSON.stringify(entity.id)));
  const lost = missing(items);
  const here = byIdentity(resource, items);
  const alike = lost !== undefined && made.some((other) => here.has(JSON.stringify(other.entity.id)) && sameKind(other.body, lost.body));
  return aboutItems(
    shape,
    {
      check: 'created-listed',
      confidence: (alike || leavesNoneOut(scope, shape)) && shape.understood ? 'certain' : 'likely',
      why: `${resource.create?.id ?? ''} made it, and ${shape.operation.id} lists ${resource.name}`,
      topic: resource.collection,
    },
    (found) => {
      const one = missing(found);
      return one && `${JSON.stringify(one.entity.id)} is not in the list`;
    },
  );
}

/** Whether no property tells a kind that a list might leave out: each flag, state and moment has a filter, and none of those has a default. */
function leavesNoneOut({ planning: { contract } }: ListPlace['scope'], { properties, filters, ranges }: ListShape): boolean {
  const asked = [...filters, ...ranges].map(({ property }) => property);
  return (
    filters.every(({ parameter }) => parameter.schema && member(contract.resolve(parameter.schema).schema, 'default') === undefined) &&
    [...properties].every(
      ([name, place]) =>
        asked.includes(name) ||
        !(
          typesOf(contract, place).has('boolean') ||
          statedValues(contract, place).length > 0 ||
          nameWords(name).some((word) => hiding.test(word))
        ),
    )
  );
}

const hiding =
  /^(?:status|state|phase|stage|archived|deleted|removed|expires?|expired|until|valid|published|active|visible|hidden|draft|public|private)$/;

/** Another client may make something like it: it is sure only when everything that was made has come twice. */
function createdOnce({ resource, shape }: ListPlace, { made, before }: Membership, items: readonly Json[]): Expectation {
  const all = made.length > 1 && twins(resource, items, made, before).length >= made.length;
  return aboutItems(
    shape,
    {
      check: 'created-once',
      confidence: all ? 'certain' : 'likely',
      why: `${resource.create?.id ?? ''} was sent once for each`,
      topic: resource.collection,
    },
    (found) => {
      const [one] = twins(resource, found, made, before);
      return one && `one creation made two: ${one} has come too, and is the same`;
    },
  );
}

/** Whether two bodies are the same but for texts and numbers. */
function sameKind(left: Json | undefined, right: Json | undefined): boolean {
  const kind = (body: Json | undefined): Json =>
    Object.fromEntries(
      Object.entries(isObject(body) ? body : {}).filter(
        ([, value]) => typeof value === 'boolean' || (typeof value === 'string' && !/\d/.test(value)),
      ),
    );
  return left !== undefined && right !== undefined && isSameJson(kind(left), kind(right));
}

/** Things that came unasked: items that were not there and are, in all that is not the server's own, the same as one that was made. */
function twins(resource: Resource, items: readonly Json[], made: readonly Made[], before: ReadonlySet<string> | undefined): string[] {
  const own = new Set(made.map(({ entity }) => JSON.stringify(entity.id)));
  const bare = (item: Json): Json =>
    Object.fromEntries(
      Object.entries(withoutServerOwned(item)).filter(([name]) => name !== resource.identifier && !nameWords(name).includes('created')),
    );
  const strangers = before ? items.filter((item) => !before.has(identity(resource, item)) && !own.has(identity(resource, item))) : [];
  const known = items.filter((item) => own.has(identity(resource, item)));
  return strangers.filter((item) => known.some((one) => isSameJson(bare(one), bare(item)))).map((item) => identity(resource, item));
}

/** The list shows what was written as the read shows it; certain where both answer one schema. */
function asRead({ scope, resource, shape }: ListPlace, made: Made, read: Answer): Expectation {
  const { contract } = scope.planning;
  const body = resource.read && successBody(resource.read);
  const names = [...(body ? representation(contract, body.schema) : new Map<string, never>())].filter(([name, place]) => {
    const own = shape.properties.get(name);
    return own !== undefined && contract.resolve(own).pointer === contract.resolve(place).pointer;
  });
  const same = new Set(names.map(([name]) => name));
  const written = Object.keys(isObject(made.body) ? made.body : {}).filter((name) => shape.properties.has(name));
  // what an upload turned from false to true
  const turned = [...same].filter((name) => {
    const [first, last] = [member(thingIn(made.entity.json), name), member(thingIn(read.json), name)];
    return typeof first === 'boolean' && typeof last === 'boolean' && first !== last;
  });
  const differs = (items: readonly Json[], name: string): boolean => {
    const item = byIdentity(resource, items).get(JSON.stringify(made.entity.id));
    const [shown, whole] = [member(item, name), member(thingIn(read.json), name)];
    return shown !== undefined && whole !== undefined && shown !== null && whole !== null && !isSameJson(shown, whole);
  };
  return aboutItems(
    shape,
    {
      check: 'listed-as-read',
      confidence: written.every((name) => same.has(name)) ? 'certain' : 'likely',
      why: `${resource.read?.id ?? ''} answers the same properties`,
      topic: resource.item,
    },
    (items) => {
      const name = isAccepted(read) ? [...written, ...turned].find((one) => differs(items, one)) : undefined;
      if (name === undefined) return undefined;
      const item = byIdentity(resource, items).get(JSON.stringify(made.entity.id));
      return `${name} of ${JSON.stringify(made.entity.id)} is listed as ${JSON.stringify(member(item, name))} and read as ${JSON.stringify(member(thingIn(read.json), name))}`;
    },
  );
}
