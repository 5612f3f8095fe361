/** Lists that name things: lines of one order are often of different ones, which no schema can say. Pure. */
import type { Json } from '../../lib/json.ts';
import { valueAt, withValueAt } from '../../lib/json-pointer.ts';
import type { Conversation } from '../case.ts';
import { isAccepted } from '../expectations.ts';
import { attempt } from '../steps/attempt.ts';
import { makeThing } from '../steps/make-thing.ts';
import type { Scope } from '../steps/scope.ts';
import { mapReferences, namedTwice } from '../inference/references.ts';
import type { Resource } from '../inference/resources.ts';
import { lessSure, type Variation } from '../values/variations.ts';

/** The variations, each list of two naming two things. Longer lists, which would need as many things, name one thing again and again where a list that names it twice is accepted, and are left out where not. */
export function* ofDifferentThings(scope: Scope, variations: readonly Variation[]): Conversation<Variation[]> {
  const others = new Map<Resource, Json | undefined>();
  const kept = new Map<string, Variation>();
  for (const variation of variations) {
    const { operation, body } = variation.request;
    const value = body?.value;
    const twice = value === undefined ? [] : namedTwice(scope.planning, operation, value);
    if (!body || value === undefined || twice.length === 0) {
      kept.set(`${kept.size}`, variation);
      continue;
    }
    if (twice.some(({ pointer }) => indexIn(pointer) !== 1)) {
      // so much of one thing may be too much
      if (yield* takesTwice(scope, variation)) kept.set(`${kept.size}`, { ...variation, confidence: lessSure(variation.confidence) });
      continue;
    }
    for (const { resource } of twice) if (!others.has(resource)) others.set(resource, (yield* makeThing(scope, resource))?.entity.id);
    const places = new Map(twice.map(({ pointer, resource }) => [pointer, others.get(resource)]));
    if ([...places.values()].includes(undefined)) continue;
    const apart = mapReferences(scope.planning, operation, value, (reference) => places.get(reference.pointer) ?? reference.value);
    const key = JSON.stringify(apart);
    if (!kept.has(key)) kept.set(key, { ...variation, request: { ...variation.request, body: { ...body, value: apart } } });
  }
  return [...kept.values()];
}

/** Whether the varied list is accepted with its first item twice and nothing else. */
function* takesTwice(scope: Scope, { request, place }: Variation): Conversation<boolean> {
  const list = valueAt(request.body?.value ?? null, place);
  const [first] = Array.isArray(list) ? list : [];
  if (!request.body || first === undefined) return false;
  const value = withValueAt(request.body.value ?? null, place, [first, first]);
  return isAccepted(
    yield* attempt(
      scope,
      { ...request, body: { ...request.body, value } },
      { title: 'a list that names one thing twice', intent: 'probe' },
    ),
  );
}

/** The index of the innermost list item that a pointer leads through. */
function indexIn(pointer: string): number {
  return Number([...pointer.matchAll(/\/(\d+)(?=\/)/g)].at(-1)?.[1]);
}
