/** The way of a request through the API: route, method, credentials, parameters, Accept, rights, body, handler; and past the switches' hooks. */
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import type { Arrival, Call, Guard, Hooks } from './hooks.ts';
import { isAcceptable } from './negotiate.ts';
import { otherOperations } from './operations/others.ts';
import type { Operation } from './operations/operation.ts';
import { telescopeOperations } from './operations/telescopes.ts';
import { readBody } from './read-body.ts';
import { readParameters } from './read-parameters.ts';
import { empty, problem, refuse, Refusal, type Reply } from './reply.ts';
import { findRoute } from './routes.ts';
import { readToken, users, type User } from './tokens.ts';
import type { World } from './world.ts';

/** One switch's hooks, and the operations where they work. */
export interface Bend {
  readonly operations: readonly string[];
  readonly hooks: Hooks;
}

export interface Api {
  /** What is enforced: the document, or what switches made of it. */
  readonly rules: JsonObject;
  readonly bends: readonly Bend[];
  readonly world: World;
  /** Signs tokens. */
  readonly key: string;
}

const operations: Readonly<Record<string, Operation>> = { ...telescopeOperations, ...otherOperations };

/** The answer to a request, and the hooks that it met on its way. */
export function respond(api: Api, arrival: Arrival): { readonly reply: Reply; readonly hooks: readonly Hooks[] } {
  for (const { hooks } of api.bends) {
    const reply = hooks.arrive?.(arrival);
    if (reply) return { reply, hooks: [] };
  }
  return guarded(() => {
    const route = findRoute(api.rules, arrival.path);
    if (!route) return { reply: problem(404, 'There is nothing here.'), hooks: [] };
    const allow = { Allow: route.allowed.join(', ') };
    if (!route.allowed.includes(arrival.method))
      return { reply: problem(405, `${arrival.method} is not for this resource.`, allow), hooks: [] };
    if (arrival.method === 'OPTIONS') return { reply: empty(204, allow), hooks: [] };
    const method = arrival.method === 'HEAD' ? 'GET' : arrival.method;
    const id = `${method} ${route.template}`;
    const hooks = api.bends.filter((bend) => bend.operations.includes(id)).map((bend) => bend.hooks);
    const call: Call = {
      operation: id,
      arrival,
      lifted: new Set(hooks.flatMap((hook): readonly Guard[] => hook.lifts ?? [])),
      user: users.main,
      path: {},
      query: {},
      body: undefined,
    };
    const answered = guarded(() => ({ reply: perform(api, call, route.texts, hooks), hooks })).reply;
    return { reply: hooks.reduce((reply, hook) => hook.after?.(reply, call, api.world) ?? reply, answered), hooks };
  });
}

type Answered = ReturnType<typeof respond>;

function guarded(work: () => Answered): Answered {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return { reply: error.reply, hooks: [] };
    throw error;
  }
}

function perform(api: Api, call: Call, texts: Readonly<Record<string, string>>, hooks: readonly Hooks[]): Reply {
  const [method = '', template = ''] = call.operation.split(' ');
  const item = objectAt(objectAt(api.rules, 'paths'), template);
  const declared = objectAt(item, method.toLowerCase());
  const operation = operations[call.operation];
  if (!operation) throw new Error(`${call.operation} has no handler`);
  if (declared['security'] === undefined && !call.lifted.has('authentication')) call.user = authenticate(api, call, hooks);
  readParameters(api.rules, item, declared, texts, call);
  if (operation.answers !== undefined && !call.lifted.has('accept') && !isAcceptable(call.arrival.headers.accept, operation.answers)) {
    throw refuse(406, `The answer is ${operation.answers}.`);
  }
  if (method !== 'GET' && call.user.role === 'visitor' && !call.lifted.has('role')) throw refuse(403, 'Readers change nothing.');
  operation.locate?.(call, api.world);
  const body = declared['requestBody'];
  if (isObject(body)) call.body = readBody(api.rules, objectAt(body, 'content'), call);
  for (const hook of hooks) {
    const reply = hook.before?.(call, api.world);
    if (reply) return reply;
  }
  return operation.handle(call, api.world);
}

function authenticate(api: Api, call: Call, hooks: readonly Hooks[]): User {
  const { authorization } = call.arrival.headers;
  const token = /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  const user = token === undefined ? undefined : readToken(api.key, token, Date.now() / 1000);
  const admitted = user ?? hooks.map((hook) => hook.admit?.(authorization, api.key)).find((other) => other !== undefined);
  if (admitted) return admitted;
  throw refuse(401, 'Credentials are missing or not good.', {
    'WWW-Authenticate': authorization === undefined ? 'Bearer realm="observatory"' : 'Bearer realm="observatory", error="invalid_token"',
  });
}

function objectAt(object: JsonObject, name: string): JsonObject {
  const value: Json | undefined = object[name];
  return isObject(value) ? value : {};
}
