/** What an overview tells of a list moves with the list. Pure. */
import { valueAt } from '../../lib/json-pointer.ts';
import type { Json } from '../../lib/json.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation, Held } from '../case.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { ask, type ListView } from './answers.ts';
import { overviewsOf, type Overview, type OverviewValue } from '../inference/overview-values.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';

/** An overview, and what it answered before anything was made. */
export interface Told extends Overview {
  readonly answer: Answer;
}

/** What overviews tell of the resource now. */
export function* overviewsBefore(scope: Scope, resource: Resource): Conversation<readonly Told[]> {
  const found: Told[] = [];
  for (const overview of overviewsOf(scope.planning.contract, resource)) {
    const request = { operation: overview.operation, parameters: [] };
    found.push({ ...overview, answer: yield* attempt(scope, request, { title: `what it tells of ${resource.name}` }) });
  }
  return found;
}

/** Asks again now that the list has grown; `listed` is what it held before, undefined where that was not all. */
export function* askOverviews(view: ListView, before: readonly Told[], listed: readonly Json[] | undefined): Conversation {
  if (!view.whole) return;
  for (const told of before) {
    const title = `what it tells of ${view.resource.name} now`;
    yield* ask(view, { operation: told.operation, parameters: [] }, title, (known) =>
      told.values.map((value) => agrees(view, told, value, { known, listed })),
    );
  }
}

interface Lists {
  readonly known: readonly Json[];
  readonly listed: readonly Json[] | undefined;
}

/** Sure of counts that were the list's length before. */
function agrees(view: ListView, { operation, answer: before }: Told, value: OverviewValue, lists: Lists): Expectation {
  const { pointer, kind } = value;
  const name = pointer.slice(1).replaceAll('/', '.');
  const was = numberAt(before, pointer);
  const exact = kind === 'count' && was !== undefined && was === lists.listed?.length && view.shape.understood;
  return {
    check: 'count-agrees',
    confidence: exact ? 'certain' : 'likely',
    why: `${name} counts what ${view.shape.operation.id} lists`,
    promise: operation.pointer,
    topic: `${operation.id} ${name}`,
    holds: (answer): Held => {
      const said = numberAt(answer, pointer);
      if (said === undefined || isCached(answer)) return { kind: 'cannot-judge', reason: `${name} did not come, or may be an older one` };
      const now = value.of(lists.known);
      if (now === undefined || fits(value, { was, said, now }, lists)) return { kind: 'kept' };
      const message = `${name} was ${was ?? 'not there'} and is ${said}, and ${kind === 'count' ? `${now} are listed` : `of what is listed it is ${now}`}`;
      return { kind: 'broken', message, where: `response.body${pointer}`, came: cameOf(answer) };
    },
  };
}

interface Numbers {
  readonly was: number | undefined;
  readonly said: number;
  readonly now: number;
}

/** Whether it is of what is listed now, or has moved as that has; a sum or an extreme that stands still may be of anything. */
function fits({ kind, of }: OverviewValue, { was, said, now }: Numbers, { listed }: Lists): boolean {
  if (near(said, now) || ((kind === 'sum' || kind === 'extreme') && said === was)) return true;
  const former = listed && of(listed);
  if (kind === 'count' && was === undefined) return true;
  return kind !== 'extreme' && former !== undefined && near(said - (was ?? 0), now - former);
}

function near(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-6 * Math.max(1, Math.abs(right));
}

/** The number that came; undefined for none. */
export function numberAt(answer: Answer, pointer: string): number | undefined {
  const value = isAccepted(answer) && answer.json !== undefined ? valueAt(answer.json, pointer) : undefined;
  return typeof value === 'number' ? value : undefined;
}

/** @see https://www.rfc-editor.org/rfc/rfc9111#section-5 */
function isCached({ headers }: Answer): boolean {
  return headers.has('age') || /max-age=[1-9]/.test(headers.get('cache-control') ?? '');
}
