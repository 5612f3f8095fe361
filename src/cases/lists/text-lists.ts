/** Lists that come as a text, such as CSV: what is listed as JSON is in them too. Pure. */
import type { Json } from '../../lib/json.ts';
import { isJsonType } from '../../lib/media-type.ts';
import { once } from '../../lib/once.ts';
import type { Contract, Operation } from '../../spec/contract.ts';
import { descriptionAt } from '../../spec/descriptions.ts';
import type { Answer, Conversation, Expectation, RequestPlan } from '../case.ts';
import { namedMember } from '../steps/entity.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { ask, type ListView } from './answers.ts';

/** Every GET without parameters of its path that answers a text and nothing else. */
export function textLists(contract: Contract): readonly Operation[] {
  return texts(contract).filter(({ path }) => !path.includes('{'));
}

/** Every such GET below the very thing that the list is of: `/studies/{id}/samples.csv` beside `/studies/{id}/samples`. */
function textsBeside(contract: Contract, list: Operation): readonly Operation[] {
  const above = ({ path }: Operation): string => path.slice(0, path.lastIndexOf('}') + 1);
  return above(list) === '' ? [] : texts(contract).filter((one) => above(one) === above(list));
}

function texts({ operations }: Contract): readonly Operation[] {
  return operations.filter(({ method, parameters, responses }) => {
    const types = responses.filter(({ status }) => status.startsWith('2')).flatMap(({ content }) => content.map(({ type }) => type));
    const text = types.length > 0 && types.every((type) => type.startsWith('text/') && !isJsonType(type));
    return method === 'GET' && text && !parameters.some(({ required, in: place }) => required && place !== 'path');
  });
}

/** Tells whether an answer that is no JSON holds an identifier that is long enough to stand there for nothing else. */
export function writtenIn({ json, bytes }: Answer): (id: Json | undefined) => boolean {
  const text = once(() => new TextDecoder().decode(bytes));
  return (id) => json === undefined && typeof id === 'string' && id.length >= 16 && text().includes(id);
}

/** A text that holds some of the listed things holds all of them: an operation of its own, or the list itself as a table. */
export function* askTexts(view: ListView): Conversation {
  const { identifier } = view.resource;
  const { contract } = view.scope.planning;
  if (!view.whole || identifier === undefined) return;
  const parameters = view.request.parameters.filter((one) => one.in === 'path');
  for (const operation of [...textLists(contract), ...textsBeside(contract, view.shape.operation)]) {
    const own = parameters.filter(({ name }) => operation.path.includes(`{${name}}`));
    yield* askText(view, { operation, parameters: own }, operation.path, saysAll(contract, operation) ? 'certain' : 'likely');
  }
  for (const type of tableTypes(view.shape.operation))
    yield* askText(view, { ...view.request, headers: [['Accept', type]] }, `the list as ${type}`, 'certain');
}

/** Declared types of a success in which a list stands as lines. */
function tableTypes({ responses }: Operation): readonly string[] {
  const types = responses.filter(({ status }) => status.startsWith('2')).flatMap(({ content }) => content.map(({ type }) => type));
  return types.filter((type) => /^text\/(?:csv|tab-separated-values)\b/.test(type));
}

function* askText(view: ListView, request: RequestPlan, place: string, confidence: Expectation['confidence']): Conversation {
  const { operation } = request;
  const { collection, identifier = '', name } = view.resource;
  yield* ask(view, request, `${name} in ${place}`, (known) => {
    const ids = known.map((item) => namedMember(item, identifier));
    const holds: Expectation['holds'] = (answer) => {
      const isWritten = writtenIn(answer);
      const missing = ids.filter((id) => !isWritten(id));
      // a text that holds none of them is about something else
      if (!isAccepted(answer) || missing.length === ids.length) return { kind: 'open' };
      if (missing.length === 0) return { kind: 'kept' };
      const message = `${String(missing[0])} is listed and not in ${place}, which holds others`;
      return { kind: 'broken', message, where: 'response.body', came: cameOf(answer) };
    };
    const why = `${operation.id} answers things of ${view.shape.operation.id}`;
    return [{ check: 'created-listed', confidence, why, promise: operation.pointer, topic: `${place} ${collection}`, holds }];
  });
}

function saysAll(contract: Contract, operation: Operation): boolean {
  const places = [operation.pointer, ...operation.responses.filter(({ status }) => status.startsWith('2')).map(({ pointer }) => pointer)];
  return places.some((pointer) =>
    (['summary', 'description'] as const).some((name) => /\b(?:all|every|each)\b/i.test(descriptionAt(contract, pointer, name))),
  );
}
