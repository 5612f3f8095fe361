/** Integers that no double holds: where a schema says int64, or has a bound beyond them, they are kept to the last digit. Pure. @see https://www.rfc-editor.org/rfc/rfc8259#section-6 */
import { isObject, member } from '../../lib/json.ts';
import { isJsonType } from '../../lib/media-type.ts';
import type { Operation, Schema, SchemaPlace } from '../../spec/contract.ts';
import { propertiesOf } from '../../spec/properties.ts';
import { attempt } from '../steps/attempt.ts';
import type { Confidence, Conversation, Expectation } from '../case.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { readOf } from '../steps/look-back.ts';
import { preferredBody } from '../planning.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';

/** 2^53 + 1, the first integer that a double rounds. */
const wide = '9007199254740993';

/** Creates one with such an integer in the first member that takes it, and reads it. */
export function* wideIntegers(scope: Scope, resource: Resource): Conversation {
  const { create } = resource;
  const [name, place] = (create?.method === 'POST' ? wideMember(scope, resource, create) : undefined) ?? [];
  const request = create && name !== undefined ? yield* prepareRequest(scope, create) : undefined;
  scope.variant += 1;
  if (!request?.body || !isObject(request.body.value) || !isJsonType(request.body.mediaType) || !name || !place) return;
  // many a server reads JSON numbers as doubles; who states a bound beyond them knows better
  const confidence = statesBound(scope.planning.contract.resolve(place).schema) ? 'certain' : 'likely';
  const mark = 'specproof-wide';
  const text = JSON.stringify({ ...request.body.value, [name]: mark }).replace(`"${mark}"`, wide);
  const body = { mediaType: request.body.mediaType, raw: new TextEncoder().encode(text) };
  const title = `create one with ${name} beyond 53 bits`;
  const answer = yield* attempt(
    scope,
    { ...request, body },
    { title, intent: 'probe', expectations: [kept(request.operation, name, confidence)] },
  );
  const look = isAccepted(answer) ? readOf(scope.planning, request, answer) : undefined;
  if (look) yield* attempt(scope, look, { title: `read ${name} beyond 53 bits`, expectations: [kept(look.operation, name, confidence)] });
}

function wideMember({ planning }: Scope, { identifier }: Resource, create: Operation): readonly [string, SchemaPlace] | undefined {
  const schema = preferredBody(create)?.schema;
  const { contract, resources } = planning;
  return [...(schema ? propertiesOf(contract, schema) : [])].find(
    ([name, place]) =>
      saysWide(contract.resolve(place).schema) &&
      name !== identifier &&
      !resources.ofMember(create, name) &&
      contract.validators.validate(place, Number(wide), 'request').kind === 'valid',
  );
}

function saysWide(schema: Schema): boolean {
  return member(schema, 'format') === 'int64' || statesBound(schema);
}

function statesBound(schema: Schema): boolean {
  return member(schema, 'type') === 'integer' && Number(member(schema, 'maximum') ?? 0) > Number(wide);
}

function kept(operation: Operation, name: string, confidence: Confidence): Expectation {
  const shown = new RegExp(String.raw`"${RegExp.escape(name)}"\s*:\s*(-?[\d.eE+]+)`);
  return {
    check: 'written-read-back',
    confidence,
    why: `${name} may be as large`,
    promise: operation.pointer,
    topic: `${operation.id} ${name} int64`,
    holds: (answer) => {
      const digits = isAccepted(answer) ? shown.exec(new TextDecoder().decode(answer.bytes))?.[1] : undefined;
      if (digits === undefined) return { kind: 'open' };
      return digits === wide
        ? { kind: 'kept' }
        : {
            kind: 'broken',
            message: `${name} was written as ${wide} and comes back as ${digits}`,
            where: `response.body/${name}`,
            came: cameOf(answer),
          };
    },
  };
}
