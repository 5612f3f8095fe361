/** Counts that an overview tells, such as `/stats` or `/dashboard`, move with the list that they count. Pure. */
import { joinPointer, valueAt } from '../lib/json-pointer.ts';
import type { Contract, Operation, SchemaPlace } from '../spec/contract.ts';
import { propertiesOf, successBody, typesOf } from '../spec/properties.ts';
import { attempt } from './attempt.ts';
import type { Answer, Conversation, Expectation } from './case.ts';
import { cameOf, isAccepted } from './expectations.ts';
import { ask, type ListView } from './list-answers.ts';
import { counts } from './list-count.ts';
import { plainName, singularName } from '../lib/names.ts';
import type { Scope } from './prepare.ts';
import type { Resource } from './resources.ts';

/** A count in an overview's answer, and what it was before anything was made. */
export interface OverviewCount {
  readonly operation: Operation;
  readonly pointer: string;
  readonly was: number;
}

/** The counts of the resource that overviews tell now. */
export function* overviewCounts(scope: Scope, resource: Resource): Conversation<readonly OverviewCount[]> {
  const found: OverviewCount[] = [];
  for (const { operation, pointer } of overviewsOf(scope.planning.contract, resource)) {
    const was = told(yield* attempt(scope, { operation, parameters: [] }, { title: `what it counts of ${resource.name}` }), pointer);
    if (was !== undefined) found.push({ operation, pointer, was });
  }
  return found;
}

/** Asks again now that the list has grown: sure of counts that were the list's length before. */
export function* askOverviews(view: ListView, before: readonly OverviewCount[], listedBefore: number | undefined): Conversation {
  if (!view.whole) return;
  for (const { operation, pointer, was } of before) {
    const name = pointer.slice(1).replaceAll('/', '.');
    const expectation = (known: number): Expectation => ({
      check: 'count-agrees',
      confidence: was === listedBefore && view.shape.understood ? 'certain' : 'likely',
      why: `${name} counts what ${view.shape.operation.id} lists`,
      promise: operation.pointer,
      topic: `${operation.id} ${name}`,
      holds: (answer) => {
        const said = told(answer, pointer);
        if (said === undefined || isCached(answer)) return { kind: 'cannot-judge', reason: `${name} did not come, or may be an older one` };
        const moved = listedBefore !== undefined && said - was === known - listedBefore;
        if (said === known || moved) return { kind: 'kept' };
        const message = `${name} was ${was} and is ${said}, and ${known} are listed`;
        return { kind: 'broken', message, where: `response.body${pointer}`, came: cameOf(answer) };
      },
    });
    const title = `what it counts of ${view.resource.name} now`;
    yield* ask(view, { operation, parameters: [] }, title, (known) => [expectation(known.length)]);
  }
}

function overviewsOf(contract: Contract, resource: Resource): { operation: Operation; pointer: string }[] {
  // what is below another thing is counted by that
  if (resource.collection.includes('{')) return [];
  return contract.operations.flatMap((operation) => {
    const { method, path, parameters } = operation;
    const body = method === 'GET' ? successBody(operation) : undefined;
    if (!body || path.includes('{') || path.startsWith(resource.collection) || parameters.some(({ required }) => required)) return [];
    return countsIn(contract, resource, body.schema, '', 2).map((pointer) => ({ operation, pointer }));
  });
}

function countsIn(contract: Contract, resource: Resource, place: SchemaPlace, at: string, depth: number): string[] {
  const child = singularName(resource.name);
  return [...propertiesOf(contract, place)].flatMap(([name, inner]) => {
    const types = typesOf(contract, inner);
    if (types.has('integer')) return counts(name, child) || plainName(name) === plainName(resource.name) ? [joinPointer(at, name)] : [];
    return depth > 1 && types.has('object') ? countsIn(contract, resource, inner, joinPointer(at, name), depth - 1) : [];
  });
}

function told(answer: Answer, pointer: string): number | undefined {
  const value = isAccepted(answer) && answer.json !== undefined ? valueAt(answer.json, pointer) : undefined;
  return typeof value === 'number' ? value : undefined;
}

/** @see https://www.rfc-editor.org/rfc/rfc9111#section-5 */
function isCached({ headers }: Answer): boolean {
  return headers.has('age') || /max-age=[1-9]/.test(headers.get('cache-control') ?? '');
}
