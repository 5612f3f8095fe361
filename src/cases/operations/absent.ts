/** What does not exist: each operation below an identifier is asked once for one that nothing has. Pure conversations. */
import { isObject, type Json } from '../../lib/json.ts';
import { shortHash } from '../../lib/short-hash.ts';
import type { Operation, Parameter, SchemaPlace } from '../../spec/contract.ts';
import { sentencesAt } from '../../spec/descriptions.ts';
import { descriptionOf, listIn, placeWithin, successBody, typesOf } from '../../spec/properties.ts';
import { declaresStatus, responsesTo } from '../../spec/declares-status.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Expectation, RequestPlan } from '../case.ts';
import { cameOf } from '../expectations.ts';
import { itemRequest } from '../steps/make-thing.ts';
import { preferredBody, type Planning } from '../planning.ts';
import type { Scope } from '../steps/scope.ts';
import { mapReferences, referencesIn } from '../inference/references.ts';
import { namesOf } from '../inference/told-refusals.ts';
import type { Resource } from '../inference/resources.ts';
import { uniqueValue, withUniqueNames } from '../steps/unique-names.ts';
import { itemsAt } from '../inference/representation.ts';

/** Sends the request with its last identifier changed into one that nothing has. */
export function* askForAbsent(scope: Scope, request: RequestPlan): Conversation {
  const { operation } = request;
  const { planning } = scope;
  const parameter = identifierParameter(planning, operation);
  const absent = parameter?.schema && absentIdentifier(planning, parameter.schema, parameter.name);
  if (!parameter || absent === undefined) return;
  const changed: RequestPlan = {
    ...request,
    parameters: request.parameters.map((one) => (one.in === 'path' && one.name === parameter.name ? { ...one, value: absent } : one)),
  };
  yield* attempt(scope, changed, {
    title: `${parameter.name} of nothing that exists`,
    expectations: isJudged(operation) ? [notFound(planning, operation, parameter)] : [],
  });
}

/** Sends the request with each reference of its body changed into one that nothing has. */
export function* referToAbsent(scope: Scope, request: RequestPlan): Conversation {
  const { operation, body } = request;
  const { planning } = scope;
  const schema = preferredBody(operation)?.schema;
  if (!body || !isObject(body.value) || !schema) return;
  for (const { resource, pointer, name, value: present } of referencesIn(planning, operation, body.value)) {
    const place = resource.create ? placeWithin(planning.contract, schema, pointer) : undefined;
    // a write of the whole collection may make what it names
    if (!place || operation.path === resource.collection) continue;
    const absent = absentIdentifier(planning, place, name) ?? (yield* lookForAbsent(scope, resource, place, present));
    if (absent === undefined) continue;
    // a name that is taken would be refused for another reason
    const fresh = withUniqueNames(scope, operation, body.value);
    const value = mapReferences(planning, operation, fresh, (one) => (one.pointer === pointer ? absent : one.value));
    if (planning.contract.validators.validate(schema, value, 'request').kind !== 'valid') continue;
    // a 404 of a path without identifiers can only speak of what the body names
    const told =
      (!operation.path.includes('{') && declaresStatus(operation, '404')) ||
      mustExist(planning, place) ||
      saysRefused(planning, operation, resource);
    yield* attempt(
      scope,
      { ...request, body: { ...body, value } },
      {
        title: `${name} of nothing that exists`,
        expectations: [
          {
            check: 'absent-not-found',
            confidence: told ? 'certain' : 'likely',
            why: `${name} names one of ${resource.name}, and nothing has this one`,
            promise: operation.pointer,
            topic: `${operation.id} ${name}`,
            holds: (answer) =>
              answer.status !== undefined && answer.status >= 200 && answer.status < 300
                ? {
                    kind: 'broken',
                    message: `${name} names nothing that exists, and the answer is ${answer.status}`,
                    where: 'response.status',
                    came: cameOf(answer),
                  }
                : { kind: 'kept' },
          },
        ],
      },
    );
  }
}

/** Whether what refers to a thing says of itself that the thing exists. */
function mustExist({ contract }: Planning, place: SchemaPlace): boolean {
  return /\bexist/i.test(descriptionOf(contract, place));
}

/** Whether an operation's words, or those of its refusals, say that what names nothing of the resource is refused: `422: refers to something that does not exist`. */
function saysRefused({ contract }: Planning, operation: Operation, resource: Resource): boolean {
  const refusals = responsesTo(operation, '400', '409', '422').map(({ pointer }) => pointer);
  const missing = String.raw`(?:(?:do|does) not|doesn't|don't) exist`;
  const names = String.raw`(?:${namesOf(resource)}|something|anything|what|things?|records?|resources?|ids?|identifiers?|references?)`;
  const own = new RegExp(
    String.raw`\b(?:400|409|422)\b.*\b${names}\b[^,]*\b${missing}|\b${names}\b[^,]*\b${missing}.*\b(?:400|409|422)\b`,
    'i',
  );
  const refusal = new RegExp(String.raw`\b${names}\b[^,]*\b${missing}`, 'i');
  return (
    sentencesAt(contract, operation.pointer).some((sentence) => own.test(sentence)) ||
    sentencesAt(contract, ...refusals).some((sentence) => refusal.test(sentence))
  );
}

/** Another identifier of the same form whose read is answered with 404: where the form leaves few, chance may have given any of them away. */
function* lookForAbsent(scope: Scope, resource: Resource, place: SchemaPlace, present: Json): Conversation<Json | undefined> {
  const entity = scope.entities.get(resource.item);
  if (!resource.read || !entity) return undefined;
  for (let looks = 3; looks > 0; looks--) {
    const id = uniqueValue(scope, place, present);
    const path = new Map([...entity.path, [resource.parameter, id]]);
    const answer = yield* attempt(scope, itemRequest(resource.read, { ...entity, path }), { title: `look for one of ${resource.name}` });
    if (answer.status === 404) return id;
  }
  return undefined;
}

/** The last path parameter, where it leads to a thing that the server names. */
function identifierParameter(planning: Planning, operation: Operation): Parameter | undefined {
  const [, last] = /\{([^{}]+)\}[^{}]*$/.exec(operation.path) ?? [];
  const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === last);
  const resource = parameter && planning.resources.ofPathParameter(operation, parameter.name);
  return resource?.create?.method === 'POST' ? parameter : undefined;
}

/** A deletion of nothing may succeed, being idempotent (RFC 9110 section 9.3.5), and a PUT may create. */
function isJudged(operation: Operation): boolean {
  return operation.method !== 'DELETE' && !(operation.method === 'PUT' && declaresStatus(operation, '201'));
}

/** An identifier of the declared type that the server has not given away; undefined where chance might have. */
export function absentIdentifier(planning: Planning, place: SchemaPlace, name: string): Json | undefined {
  const { schema } = planning.contract.resolve(place);
  const types = typesOf(planning.contract, place);
  const hash = shortHash('absent', name, String(planning.seed));
  const other = shortHash(hash);
  // within 32 bits: what lies beyond is a question of storage, not of absence
  const highest = isObject(schema) && typeof schema['maximum'] === 'number' ? Math.min(schema['maximum'], 2_147_483_647) : 2_147_483_647;
  const candidates: Json[] = [
    highest,
    `${hash}-${other.slice(0, 4)}-4${other.slice(4, 7)}-8${hash.slice(0, 3)}-${other}${hash.slice(4)}`,
    `sp-absent-${hash}`,
  ];
  return candidates.find((value) => {
    if (typeof value === 'number' && (highest < 1_000_000 || !(types.has('integer') || types.has('number')))) return false;
    return planning.contract.validators.validate(place, value, 'request').kind === 'valid';
  });
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5 */
function notFound(planning: Planning, operation: Operation, parameter: Parameter): Expectation {
  const body = successBody(operation);
  const list = body && listIn(planning.contract, body.schema);
  return {
    check: 'absent-not-found',
    confidence: 'likely',
    why: `nothing has this ${parameter.name}`,
    promise: operation.pointer,
    topic: `${operation.id} ${parameter.name}`,
    holds: (answer) => {
      const { status } = answer;
      if (status === undefined || status >= 500) return { kind: 'open' };
      if (status === 404 || status === 410) return { kind: 'kept' };
      if (status < 200 || status >= 300) return { kind: 'cannot-judge', reason: `a thing that does not exist is answered with ${status}` };
      if (list && itemsAt(answer.json, list.pointer)?.length === 0)
        return { kind: 'cannot-judge', reason: 'the list of a thing that does not exist is empty' };
      return {
        kind: 'broken',
        message: `${parameter.name} names nothing that exists, and the answer is ${status}`,
        where: 'response.status',
        came: cameOf(answer),
      };
    },
  };
}
