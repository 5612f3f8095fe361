/** Answers one understood request of a known operation by its plan. The order of the checks is that of most frameworks: who, what, whether it exists, whose. */
import { isObject } from '../../lib/json.ts';
import type { Requirement } from '../../spec/stated-rules.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import { isMet } from './apply-rules.ts';
import { authenticate, type Credentials, anonymous } from './authenticate.ts';
import { wholeEntity } from './present.ts';
import type { Answer } from './answer.ts';
import { checkRequest, type Checked, type Understood } from './check-request.ts';
import { carryOut } from './carry-out.ts';
import type { Errand } from './errand.ts';
import type { FaultSwitch } from './faults.ts';
import type { Incoming } from './incoming.ts';
import { mayChange } from './owners.ts';
import type { Plan } from './plan-operations.ts';
import { declaredOf, declares, refuse, refuseReference } from './refuse.ts';
import { referredResource } from './resource.ts';
import { seedEntities } from './seed.ts';
import type { Entity } from './store.ts';
import { textOf } from './words.ts';
import type { World } from './world.ts';

/** What the stand-in answers to a request below its base path. */
export async function respond(world: World, credentials: Credentials, faults: FaultSwitch, received: Incoming): Promise<Answer> {
  // whoever serves GET serves HEAD (RFC 9110 section 9.1); the content is left out when the answer is written
  const isUndeclaredHead = received.method === 'HEAD' && received.operations.every(({ method }) => method !== 'HEAD');
  const incoming = isUndeclaredHead ? { ...received, method: 'GET' } : received;
  const operation = incoming.operations.find(({ method }) => method === incoming.method);
  const plan = operation && world.plans.get(operation.id);
  if (operation === undefined || plan === undefined) return unknownPlace(world, incoming);
  const admission = faults.has('ignore-auth')
    ? { kind: 'admitted' as const, caller: anonymous }
    : authenticate(world.contract, operation, incoming, credentials);
  if (admission.kind === 'refused') {
    const headers = admission.challenge === undefined ? [] : ([['www-authenticate', admission.challenge]] as const);
    return refuse(world, operation, admission.status, admission.message, { headers });
  }
  const checked = await checkRequest(world, operation, incoming);
  if (checked.kind === 'refused') return refuseRequest(world, plan, checked);
  for (const resource of [...plan.references.values(), plan.deed.resource]) if (resource !== undefined) seedEntities(world, resource);
  const named = namedEntities(world, plan, checked.request.path) ?? (toleratesMissing(world, plan) ? [] : undefined);
  if (named === undefined) return refuse(world, operation, 404, 'There is no such thing');
  const concerned = concernedEntity(world, plan, named, checked.request);
  if (concerned === 'missing') return refuseReference(world, operation, keyOf(plan));
  const errand: Errand = { plan, request: checked.request, named, concerned, caller: admission.caller, url: ownUrl(incoming) };
  return forbiddenChange(world, errand) ?? unmetRequirement(world, errand) ?? carryOutSoundly(world, errand);
}

/** The request's URL as its sender sees it, as far as the Host field can be used. */
function ownUrl({ headers, target }: Incoming): URL {
  return URL.parse(`http://${headers.host ?? '127.0.0.1'}${target}`) ?? new URL('http://127.0.0.1');
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6 */
function unknownPlace(world: World, { method, operations: others }: Incoming): Answer {
  if (others.length === 0) return refuse(world, undefined, 404, 'Not Found');
  const allowed = [...new Set(others.flatMap(({ method: one }) => (one === 'GET' ? [one, 'HEAD'] : [one])))].join(', ');
  return refuse(world, undefined, 405, `${method} is not allowed here`, { headers: [['allow', allowed]] });
}

function refuseRequest(world: World, { operation }: Plan, { complaints, fault }: Extract<Checked, { kind: 'refused' }>): Answer {
  const wished = { 'media-type': [415, 422, 400, 415], unreadable: [400, 422, otherRefusal(operation) ?? 400] };
  const status = declaredOf(operation, fault === undefined ? [422, 400, otherRefusal(operation) ?? 422] : wished[fault]);
  const message = complaints.map((complaint) => `${complaint.where.join('.')}: ${complaint.message}`).join('; ');
  return refuse(world, operation, status, message, { complaints });
}

/** A declared 4xx that speaks neither of credentials nor of existence. */
function otherRefusal(operation: Plan['operation']): number | undefined {
  const special = new Set(['401', '403', '404', '405', '409', '410', '415', '429']);
  const status = operation.responses.find((response) => /^4\d\d$/.test(response.status) && !special.has(response.status))?.status;
  return status === undefined ? undefined : Number(status);
}

/** The entities that the path names, outermost first; undefined when one is missing or lies under another parent. */
function namedEntities(world: World, plan: Plan, path: Errand['request']['path']): readonly Entity[] | undefined {
  const named: Entity[] = [];
  const last = [...plan.references.keys()].at(-1);
  for (const [parameter, resource] of plan.references) {
    const entity = world.store.find(resource, textOf(path[parameter]));
    if (entity === undefined) {
      // a PUT may make what it names
      if (parameter === last && plan.deed.kind === 'update' && plan.deed.replaces && !isCreatable(world, plan)) continue;
      return undefined;
    }
    const strayed = named.some(
      (parent) => entity.parents.has(parent.resource.collection) && entity.parents.get(parent.resource.collection) !== parent.sequence,
    );
    if (strayed) return undefined;
    named.push(entity);
  }
  return named;
}

/** Whether a read below an entity answers although that is missing: where others say 404 and this one does not, it means something. */
function toleratesMissing(world: World, { operation, deed }: Plan): boolean {
  if (deed.kind !== 'act' || operation.method !== 'GET' || declares(operation, 404)) return false;
  return world.contract.operations.some((other) => declares(other, 404)) && declaresStatus(operation, '401', '403');
}

function isCreatable(world: World, { deed }: Plan): boolean {
  return [...world.plans.values()].some((other) => other.deed.kind === 'create' && other.deed.resource === deed.resource);
}

function keyOf({ deed }: Plan): string {
  return deed.resource?.keys[0] ?? 'id';
}

/** The entity that a request is about: the last one of its kind in the path, or the one that the body of an action names. */
function concernedEntity(world: World, plan: Plan, named: readonly Entity[], request: Understood): Entity | 'missing' | undefined {
  const { resource, kind } = plan.deed;
  const inPath = named.findLast((candidate) => candidate.resource === resource);
  if (inPath !== undefined || resource === undefined || kind !== 'act' || !isObject(request.body)) return inPath;
  const key = request.body[keyOf(plan)];
  return typeof key === 'string' || typeof key === 'number' ? (world.store.find(resource, String(key)) ?? 'missing') : undefined;
}

function forbiddenChange(world: World, { plan, concerned, caller }: Errand): Answer | undefined {
  const { operation, deed } = plan;
  const rule = world.owners.get(operation.id);
  if (rule === undefined || ['create', 'list', 'read', 'download'].includes(deed.kind) || operation.method === 'GET') return undefined;
  if (concerned === undefined || mayChange(rule, concerned.values, caller, world.options.rolesClaim)) return undefined;
  return refuse(world, operation, 403, 'Only its owner may change it');
}

/** The refusal of a request about an entity that is not in the state which the overlay asks for. */
function unmetRequirement(world: World, errand: Errand): Answer | undefined {
  const { operation } = errand.plan;
  const unmet = world.rules.get(operation.id)?.requires.find((requirement) => {
    const entity = requirement.of === undefined ? errand.concerned : referredEntity(world, errand, requirement.of);
    // what names nothing is refused for that
    if (entity === undefined && requirement.of !== undefined) return false;
    const shown = entity === undefined ? {} : wholeEntity(world, entity);
    const files = entity === undefined ? [] : world.store.files(entity).map(({ name }) => name);
    return !isMet(world.contract, requirement, shown, files, errand.request.body);
  });
  return unmet && refuse(world, operation, unmet.status, unmetMessage(unmet));
}

/** Carries it out; where the entity is then as the overlay says that it never is, all is undone and refused. */
function carryOutSoundly(world: World, errand: Errand): Answer {
  const { concerned, plan } = errand;
  const invariants = (world.rules.get(plan.operation.id)?.requires ?? []).filter(({ after }) => after !== undefined);
  if (concerned === undefined || invariants.length === 0) return carryOut(world, errand);
  const files = world.store.files(concerned);
  const answer = carryOut(world, errand);
  const now = world.store.all(concerned.resource).find(({ sequence }) => sequence === concerned.sequence);
  const broken =
    now &&
    invariants.find(
      ({ after }) => after && world.contract.validators.validate(after, wholeEntity(world, now), 'response').kind === 'invalid',
    );
  if (broken === undefined) return answer;
  world.store.change(concerned, concerned.values);
  world.store.setFiles(concerned, files);
  return refuse(world, plan.operation, broken.status, 'It would be in a state that is not allowed');
}

function unmetMessage({ of, same }: Requirement): string {
  const [member] = same;
  if (member !== undefined) return `${member} is another one than before`;
  return `${of === undefined ? 'It' : `What ${of} names`} is not in a state that allows this`;
}

/** The entity that a member of the body, or a parameter, refers to. */
function referredEntity(world: World, { request, named, plan }: Errand, name: string): Entity | undefined {
  const inPath = plan.references.get(name);
  if (inPath !== undefined) return named.findLast((entity) => entity.resource === inPath);
  const resource = referredResource(world.resources, name);
  const text = { ...request.query, ...(isObject(request.body) ? request.body : {}) }[name];
  return resource && world.store.find(resource, textOf(text));
}
