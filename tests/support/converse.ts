import type { Answer, BrokenPromise, Case, Created, Held, JudgedAnswer, Scenario, Step } from '../../src/cases/case.ts';
import type { Json } from '../../src/lib/json.ts';

/** What came of a scenario that was talked through with an API that is a function. */
export interface Talk {
  readonly sent: readonly Case[];
  /** `check: outcome` of every expectation that said something, in order. */
  readonly said: readonly string[];
  readonly broken: readonly string[];
  readonly notes: readonly string[];
  readonly left: readonly Created[];
}

/** Talks a scenario through. */
export function converse(scenario: Scenario, api: (request: Case) => Answer): Talk {
  const sent: Case[] = [];
  const said: string[] = [];
  const broken: string[] = [];
  const notes: string[] = [];
  const left: Created[] = [];
  const conversation = scenario.start();
  let step: IteratorResult<Step, void> = conversation.next();
  while (!step.done) {
    let answer: JudgedAnswer | undefined;
    const { value } = step;
    if (value.kind === 'case') {
      sent.push(value.case);
      const came = api(value.case);
      const found: BrokenPromise[] = (came.status ?? 0) >= 500 ? [{ check: 'no-server-error', topic: '', confidence: 'certain' }] : [];
      answer = { ...came, broken: () => found };
      for (const expectation of value.case.expectations) {
        const held: Held = expectation.holds(answer);
        if (held.kind === 'broken') found.push({ topic: '', ...expectation });
        if (held.kind !== 'open') said.push(`${expectation.check}: ${held.kind}`);
        if (held.kind === 'broken') broken.push(`${expectation.confidence} ${expectation.check}: ${held.message}`);
      }
    } else if (value.kind === 'created') left.push(value.created);
    else if (value.kind === 'gone') left.splice(left.indexOf(value.created), 1);
    else if (value.kind === 'note') notes.push(value.reason);
    step = conversation.next(answer);
  }
  return { sent, said, broken, notes, left };
}

/** An answer with a JSON body. */
export function answered(status: number, json?: Json, headers: Readonly<Record<string, string>> = {}): Answer {
  const bytes = new TextEncoder().encode(json === undefined ? '' : JSON.stringify(json));
  return { status, headers: new Map(Object.entries(headers)), json, bytes, url: 'http://api.test/' };
}
