/** Filters that bound a property: `minPrice`, `price_lte`, `created_after`. What lies within comes, and nothing else. Pure. */
import { member, type Json } from '../../lib/json.ts';
import type { Conversation } from '../case.ts';
import { aboutItems, ask, byIdentity, totalAgrees, withQuery, type About, type ListView } from './answers.ts';
import type { Range } from '../inference/list-bounds.ts';

/** Asks with a bound that parts the known items. */
export function* askRanges(view: ListView): Conversation {
  for (const range of view.shape.ranges) {
    const bound = partingValue(view, range);
    if (bound !== undefined) yield* askRange(view, range, bound);
  }
}

/** A value among the items' own that others lie below and above of, as the parameter takes it. */
function partingValue(view: ListView, range: Range): Json | undefined {
  const { contract } = view.scope.planning;
  const values = view.known.flatMap((item) => {
    const own = member(item, range.property);
    return own !== undefined && Number.isFinite(size(own, range)) ? [own] : [];
  });
  const sorted = values.toSorted((left, right) => size(left, range) - size(right, range));
  const distinct = sorted.filter((value, index) => index === 0 || size(value, range) !== size(sorted[index - 1] ?? null, range));
  const middle = distinct[Math.floor(distinct.length / 2)];
  const place = range.parameter.schema;
  const takes = place && middle !== undefined && contract.validators.validate(place, asked(range, middle), 'request').kind === 'valid';
  return distinct.length > 1 && takes ? middle : undefined;
}

/** The parameter's value that asks for a bound. */
function asked({ member: inner }: Range, bound: Json): Json {
  return inner === undefined ? bound : { [inner]: bound };
}

function size(value: Json, { moment }: Range): number {
  return moment ? (typeof value === 'string' ? Date.parse(value) : Number.NaN) : typeof value === 'number' ? value : Number.NaN;
}

function* askRange(view: ListView, range: Range, bound: Json): Conversation {
  const { parameter, property, side, inclusive } = range;
  const name = range.member === undefined ? parameter.name : `${parameter.name}[${range.member}]`;
  const title = `${name}=${String(bound)}`;
  const sign = side === 'least' ? 1 : -1;
  /** Above 0 well within, below 0 beyond, 0 on the bound. */
  const inside = (item: Json): number => sign * (size(member(item, property) ?? null, range) - size(bound, range));
  const fits = (item: Json): boolean => !(inside(item) < 0) && !(inclusive === false && inside(item) === 0);
  const must = (item: Json): boolean => inside(item) > 0 || (inclusive === true && inside(item) === 0);
  const about = (check: string): About => ({
    check,
    confidence: !range.whole || (check === 'filter-complete' && !view.shape.understood) ? 'likely' : 'certain',
    why: `${name} bounds the items' ${property}`,
    promise: parameter.pointer,
    topic: `${view.shape.operation.id} ${name}`,
  });
  yield* ask(view, withQuery(view.request, [parameter, asked(range, bound)]), title, (known) => [
    aboutItems(view.shape, about('filter-respected'), (found) => {
      const other = found.find((item) => !fits(item));
      return other === undefined ? undefined : `${title} lets ${property} ${JSON.stringify(member(other, property))} through`;
    }),
    aboutItems(view.shape, about('filter-complete'), (found) => {
      if (!view.whole && (view.pageSize === undefined || found.length >= view.pageSize)) return undefined;
      const ids = byIdentity(view.resource, found);
      const missing = [...byIdentity(view.resource, known.filter(must))].find(([id]) => !ids.has(id));
      return missing && `${title} leaves out ${missing[0]}, whose ${property} is ${JSON.stringify(member(missing[1], property))}`;
    }),
    totalAgrees(view.shape, view.pageSize),
  ]);
}
