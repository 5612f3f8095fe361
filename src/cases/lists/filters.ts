/** Filters that bear a property's name: what fits comes, and nothing else, alone and together. Pure. */
import { member, type Json } from '../../lib/json.ts';
import type { Parameter } from '../../spec/contract.ts';
import type { Conversation, Expectation } from '../case.ts';
import { aboutItems, ask, byIdentity, totalAgrees, withQuery, type About, type ListView } from './answers.ts';
import { declaresNext, linkedRequest } from './next.ts';
import { described, filteredName, statedNumber, statedValues, type Filter } from '../inference/list-parameters.ts';
import { typesOf } from '../../spec/properties.ts';
import { plainName, singularName } from '../../lib/names.ts';

/** A filter with a value that parts the known items. */
interface Choice {
  readonly filter: Filter;
  readonly value: Json;
}

/** How many values of a filter are asked for: one value may be forgotten. */
const mostValues = 4;

/** Asks for each filter alone, for two at once, for one in an order, for several values of one, and for the next page of one. */
export function* askFilters(view: ListView): Conversation {
  const choices = view.shape.filters.map((filter) => choicesOf(view, filter));
  for (const own of choices) {
    for (const choice of own.slice(0, isStated(view, own[0]) ? mostValues : 1)) yield* askFor(view, [choice]);
  }
  for (const both of crossings(view, choices).slice(0, 2)) yield* askFor(view, both);
  const { sort } = view.shape;
  const [[choice] = []] = choices;
  const [key] = sort?.keys ?? [];
  if (choice && sort && key) yield* askFor(view, [choice], [sort.parameter, key.value]);
  for (const [first, second] of choices) {
    if (first?.filter.several && second) yield* askUnion(view, first, second);
  }
  yield* askNext(view, choices.flat());
}

/** What fits is asked for in pages: the link to the next one leads to more of what fits, without help of who follows it. */
function* askNext(view: ListView, choices: readonly Choice[]): Conversation {
  const { contract } = view.scope.planning;
  const { limit } = view.shape;
  const size = (limit && statedNumber(contract, limit, 'minimum')) ?? 1;
  const choice = choices.find(
    (one) => view.known.filter((item) => exactly(item, one)).length > size && view.known.some((item) => !fits(item, one)),
  );
  if (!limit || !choice || size === 0 || !declaresNext(contract, view.shape)) return;
  const title = `${limit.name}=${size}, ${choice.filter.parameter.name}=${shown(choice.value)}`;
  const request = withQuery(view.request, [limit, size], [choice.filter.parameter, asked(choice)]);
  const linked = linkedRequest(contract, request, yield* ask(view, request, title, () => []));
  if (!linked) return;
  const topic = `${choice.filter.parameter.name} of the next page`;
  yield* ask(view, linked, `the next page of ${title}, by its link`, () => [
    aboutItems(view.shape, about(view, [choice], 'filter-respected', topic), (found) => {
      const other = found.find((item) => !fits(item, choice));
      const { property } = choice.filter;
      return other === undefined
        ? undefined
        : `the link to the next page of ${title} leads to ${property} ${JSON.stringify(member(other, property))}`;
    }),
  ]);
}

/** Values of the property among the known items that the parameter allows: those that some have and others have not come first, of texts those that begin others. */
function choicesOf(view: ListView, filter: Filter): Choice[] {
  const { contract } = view.scope.planning;
  const place = view.shape.properties.get(filter.property);
  // a value that the property cannot have stands for something else: `all`
  const flag = filter.parameter.schema && typesOf(contract, filter.parameter.schema).has('boolean') ? [true, false] : [];
  const stated = [...flag, ...(filter.parameter.schema ? statedValues(contract, filter.parameter.schema) : [])].filter(
    (value) => place !== undefined && contract.validators.validate(place, value, 'response').kind === 'valid',
  );
  const candidates = [...new Set([...view.known.flatMap((item) => values(item, filter)), ...stated])].filter(
    (value): value is string | number | boolean =>
      (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean',
  );
  const allowed = candidates.filter(
    (value) =>
      filter.parameter.schema &&
      contract.validators.validate(filter.parameter.schema, asked({ filter, value }), 'request').kind === 'valid',
  );
  const parts = (value: Json): boolean => view.known.some((item) => !fits(item, { filter, value }));
  const rank = (value: Json): number =>
    (parts(value) ? 0 : 2) + (filter.text && !candidates.some((other) => isLonger(other, value)) ? 1 : 0);
  return allowed.toSorted((left, right) => rank(left) - rank(right)).map((value) => ({ filter, value }));
}

/** Whether a filter takes one of a few values that the document states: each is asked for, also the one that nothing has. */
function isStated(view: ListView, choice: Choice | undefined): boolean {
  const schema = choice?.filter.parameter.schema;
  return typeof choice?.value === 'boolean' || (schema !== undefined && statedValues(view.scope.planning.contract, schema).length > 0);
}

function asked({ filter, value }: Choice): Json {
  return filter.several ? [value] : value;
}

/** What an item has of the property: one value, or those of its list. */
function values(item: Json, { property, within }: Filter): readonly (Json | undefined)[] {
  const own = member(item, property);
  return within && Array.isArray(own) ? own : [own];
}

/** An item fits when it has the value; free text may also be found by a part and mind no case. An item without the property says nothing. */
function fits(item: Json, { filter, value }: Choice): boolean {
  if (member(item, filter.property) === undefined) return true;
  return values(item, filter).some((own) => {
    if (filter.text && typeof own === 'string' && typeof value === 'string') return own.toLowerCase().includes(value.toLowerCase());
    return own === value || (typeof own !== 'object' && String(own) === String(value));
  });
}

function exactly(item: Json, { filter, value }: Choice): boolean {
  return values(item, filter).includes(value);
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function* askFor(view: ListView, choices: readonly Choice[], ...order: readonly (readonly [Parameter, string])[]): Conversation {
  const query = [...choices.map((choice) => [choice.filter.parameter, asked(choice)] as const), ...order];
  const title = query.map(([{ name }, value]) => `${name}=${shown(Array.isArray(value) ? (value[0] as Json) : value)}`).join(' and ');
  const request = withQuery(view.request, ...query);
  const topic = choices.map(({ filter }) => filter.parameter.name).join(' and ');
  yield* ask(view, request, title, (known) => [
    aboutItems(view.shape, about(view, choices, 'filter-respected', topic), (found) => {
      for (const choice of choices) {
        const other = found.find((item) => !fits(item, choice));
        if (other !== undefined)
          return `${title} lets ${choice.filter.property} ${JSON.stringify(member(other, choice.filter.property))} through`;
      }
      return undefined;
    }),
    ...complete(
      view,
      about(view, choices, 'filter-complete', topic),
      title,
      known.filter((item) => choices.every((choice) => exactly(item, choice))),
    ),
    totalAgrees(view.shape, view.pageSize),
    ...wholeOnly(view, choices),
  ]);
}

/** What is known to fit comes, where the page has room for it. */
function complete(view: ListView, parts: About, title: string, fitting: readonly Json[]): Expectation[] {
  const { shape, resource, pageSize, whole } = view;
  return [
    aboutItems(shape, parts, (found) => {
      if (!whole && (pageSize === undefined || found.length >= pageSize)) return undefined;
      const ids = byIdentity(resource, found);
      const missing = [...byIdentity(resource, fitting).keys()].find((id) => !ids.has(id));
      return (
        missing &&
        `${title} ${found.length === 0 ? 'finds nothing, though' : 'does not find'} ${missing}${found.length === 0 ? ' has that value' : ', which has that value'}`
      );
    }),
  ];
}

function about(view: ListView, choices: readonly Choice[], check: string, topic: string): About {
  const [first] = choices;
  const names = choices.map(({ filter }) => filter.parameter.name).join(', ');
  return {
    check,
    confidence: choices.every(({ filter }) => bearsItsName(filter)) ? 'certain' : 'likely',
    why: `${names} ${choices.length === 1 ? 'bears the name and type of a property' : 'bear the names and types of properties'} of the items`,
    promise: first?.filter.parameter.pointer ?? view.shape.operation.pointer,
    topic: `${view.shape.operation.id} ${topic}`,
  };
}

function bearsItsName({ parameter, property, several, within }: Filter): boolean {
  const name = filteredName(parameter);
  const own = plainName(property);
  return plainName(name) === own || (within && plainName(name) === singularName(property)) || (several && singularName(name) === own);
}

/** For each two filters, the values that each let in what the other leaves out: only an answer that minds both is right. */
function crossings(view: ListView, choices: readonly (readonly Choice[])[]): (readonly [Choice, Choice])[] {
  const count = (one: Choice, other: Choice): number => view.known.filter((item) => exactly(item, one) && !fits(item, other)).length;
  return choices.flatMap((left, index) =>
    choices.slice(index + 1).flatMap((right) => {
      const pairs = left.slice(0, 4).flatMap((one) => right.slice(0, 4).map((other) => [one, other] as const));
      const crossing = pairs.filter(
        ([one, other]) => one.filter.property !== other.filter.property && count(one, other) > 0 && count(other, one) > 0,
      );
      const both = crossing.find(([one, other]) => view.known.some((item) => exactly(item, one) && exactly(item, other)));
      const chosen = both ?? crossing[0];
      return chosen ? [chosen] : [];
    }),
  );
}

function* askUnion(view: ListView, first: Choice, second: Choice): Conversation {
  const { parameter, property } = first.filter;
  const values: readonly Json[] = [first.value, second.value];
  const { contract } = view.scope.planning;
  if (!parameter.schema || contract.validators.validate(parameter.schema, values, 'request').kind !== 'valid') return;
  const title = `${parameter.name}=${values.map(shown).join(' or ')}`;
  const topic = `several ${parameter.name}`;
  yield* ask(view, withQuery(view.request, [parameter, values]), title, (known) => [
    aboutItems(view.shape, about(view, [first], 'filter-respected', topic), (found) => {
      const other = found.find((item) => !fits(item, first) && !fits(item, second));
      return other === undefined ? undefined : `${title} lets ${JSON.stringify(member(other, property))} through`;
    }),
    // of a list, an item may have to have all that is asked for
    ...complete(
      view,
      about(view, [first], 'filter-complete', topic),
      title,
      known.filter((item) => {
        const [one, other] = [exactly(item, first), exactly(item, second)];
        return first.filter.within ? one && other : one || other;
      }),
    ),
    totalAgrees(view.shape, view.pageSize),
  ]);
}

/** A filter for one value does not find longer ones that begin with it, unless the document says that parts are enough. */
function wholeOnly(view: ListView, choices: readonly Choice[]): Expectation[] {
  const [choice] = choices;
  if (!choice?.filter.text || choice.filter.within || choices.length > 1) return [];
  const { filter, value } = choice;
  const { name } = filter.parameter;
  if (partial.test(described(view.scope.planning.contract, filter.parameter))) return [];
  return [
    aboutItems(view.shape, { ...about(view, choices, 'filter-respected', `whole ${name}`), confidence: 'likely' }, (found) => {
      const longer = found.map((item) => member(item, filter.property)).find((own) => isLonger(own, value));
      return longer === undefined ? undefined : `${name}=${shown(value)} also finds ${JSON.stringify(longer)}`;
    }),
  ];
}

function isLonger(own: Json | undefined, value: Json): boolean {
  return typeof own === 'string' && typeof value === 'string' && own.length > value.length && own.startsWith(value);
}

const partial = /part|contain|prefix|begin|start|like|search|match|fuzzy|pattern|substring/;
