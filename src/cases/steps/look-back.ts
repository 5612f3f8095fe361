/** Looks at what an accepted write left: in its own answer, and by a read where that may show more. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import { pointerTokens, valueAt } from '../../lib/json-pointer.ts';
import { attempt } from './attempt.ts';
import type { Operation } from '../../spec/contract.ts';
import type { Answer, Conversation, Expectation, RequestPlan } from '../case.ts';
import { addressPath, identifierIn } from './entity.ts';
import { isAccepted } from '../expectations.ts';
import type { Planning } from '../planning.ts';
import { itemParameters } from './enter-created.ts';
import type { Scope } from './scope.ts';
import { defaultsApplied, provenNames, writtenBack } from './read-back.ts';

/** What an accepted control showed, which places have been read since, and which things were told as made. Lives with one operation's scenario. */
export interface Proof {
  readonly proven: ReadonlySet<string>;
  readonly covered: Set<string>;
  readonly made: Set<Json>;
}

/** The proof of a control: names of its body that its answer shows as they were written. */
export function proofOf(planning: Planning, request: RequestPlan, answer: Answer): Proof {
  const { operation, body } = request;
  const id = idOfMade(planning, operation, answer);
  return {
    proven: provenNames(planning, { write: operation, look: operation, body: body?.value }, answer),
    covered: new Set(),
    made: new Set(id === undefined ? [] : [id]),
  };
}

/** The identifier that a creation's answer tells. */
function idOfMade(planning: Planning, operation: Operation, answer: Answer): Json | undefined {
  const made = operation.method === 'POST' && isAccepted(answer) ? planning.resources.createdBy(operation) : undefined;
  return made && identifierIn(answer, made);
}

/** The operation that reads what a write wrote, and its parameters; undefined where there is none. */
export function readOf(planning: Planning, request: RequestPlan, answer: Answer): RequestPlan | undefined {
  const { operation, parameters } = request;
  const path = parameters.filter((one) => one.in === 'path');
  if (
    operation.method === 'PUT' ||
    operation.method === 'PATCH' ||
    planning.resources.all.some(({ patch }) => patch?.id === operation.id)
  ) {
    const look = planning.contract.operations.find((one) => one.method === 'GET' && one.path === operation.path);
    return look && { operation: look, parameters: path };
  }
  const made = planning.resources.createdBy(operation);
  const id = made?.read && identifierIn(answer, made);
  if (!made?.read || id === undefined) return undefined;
  return {
    operation: made.read,
    parameters: itemParameters(
      made.read,
      addressPath(
        made,
        path.map(({ name, value }) => [name, value] as const),
        id,
        answer.json,
      ),
    ),
  };
}

/** Names that the server fills: the identifier of what is created. */
export function ownedNames(planning: Planning, request: RequestPlan): ReadonlySet<string> {
  const made = planning.resources.all.find((one) => [one.create?.id, one.replace?.id, one.patch?.id].includes(request.operation.id));
  return new Set(made?.identifier === undefined ? [] : [made.identifier]);
}

/** What the answer of an accepted write must show of the varied places; '' stands for the whole body. */
export function echoExpectations(planning: Planning, request: RequestPlan, proof: Proof, places: readonly string[]): Expectation[] {
  const { operation, body } = request;
  const parts = { write: operation, look: operation, body: body?.value, proven: proof.proven, owned: ownedNames(planning, request) };
  // a creation may give back what is there already under its natural key: that shows nothing of what was written
  const isFormer = (answer: Answer): boolean => {
    const id = idOfMade(planning, operation, answer);
    return id !== undefined && proof.made.has(id);
  };
  return [
    ...places.flatMap((place) => writtenBack(planning, { ...parts, place })),
    ...defaultsApplied(planning, operation, operation, body?.value),
  ].map((expectation) => ({ ...expectation, holds: (answer) => (isFormer(answer) ? { kind: 'open' } : expectation.holds(answer)) }));
}

/** Reads the thing after variations were accepted, the first time that a place varies, and for values that storage is prone to lose. */
export function* readVaried(scope: Scope, request: RequestPlan, answer: Answer, proof: Proof, places: readonly string[]): Conversation {
  const value = request.body?.value;
  if (!isAccepted(answer) || !isObject(value)) return;
  const id = idOfMade(scope.planning, request.operation, answer);
  if (id !== undefined) {
    if (proof.made.has(id)) return;
    proof.made.add(id);
  }
  const due = places.filter((place) => isDue(proof, place, valueAt(value, place)));
  const read = due.length > 0 ? readOf(scope.planning, request, answer) : undefined;
  const { operation } = request;
  if (!read) return;
  const parts = {
    write: operation,
    look: read.operation,
    body: value,
    proven: proof.proven,
    owned: ownedNames(scope.planning, request),
    echo: answer,
  };
  const expectations = [
    ...due.flatMap((place) => writtenBack(scope.planning, { ...parts, place })),
    ...defaultsApplied(scope.planning, operation, read.operation, value),
  ];
  const names = due.map((place) => pointerTokens(place).join('/') || 'what was written');
  if (expectations.length > 0) yield* attempt(scope, read, { title: `read back ${names.join(', ')}`, expectations });
}

/** Whether a place has not been read with such a value yet; from now on it has. */
function isDue({ covered }: Proof, place: string, varied: Json | undefined): boolean {
  const generic = place.replaceAll(/\/\d+/g, '/*');
  const key = isFragile(varied) ? `${generic} ${kindOf(varied)}` : generic;
  if (covered.has(key)) return false;
  covered.add(key).add(generic);
  return true;
}

/** Values that are kept in another way than the ordinary ones: empty ones, null, long texts, other scripts. */
function isFragile(value: Json | undefined): boolean {
  if (typeof value === 'string') return value === '' || value.length > 40 || /[^ -~]/u.test(value);
  return value === null || value === false || value === 0 || (Array.isArray(value) && value.length === 0);
}

function kindOf(value: Json | undefined): string {
  if (typeof value !== 'string') return JSON.stringify(value ?? null);
  return value.length > 40 ? 'long' : value === '' ? 'empty' : 'other script';
}
