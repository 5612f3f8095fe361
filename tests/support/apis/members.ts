import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { answered } from '../converse.ts';

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json): Json => ({ content: { 'application/json': { schema } } });
const answers = (status: number, schema: Json): Json => ({
  [status]: { description: '', ...(json(schema) as JsonObject) },
  400: { description: '' },
  404: { description: '' },
});
const id: Json = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };

/** A contract as serialisers write it: one schema for both directions, what only the server sets within `allOf`. */
export const membersDocument: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Members', version: '1' },
  paths: {
    '/members/': {
      get: {
        parameters: [
          { name: 'status', in: 'query', schema: { type: 'string', enum: ['guest', 'full'] } },
          {
            name: 'ordering',
            in: 'query',
            schema: { type: 'string' },
            description: 'One of `id` and `email`, with a `-` ahead to turn it round. Equal ones by `status`.',
          },
        ],
        responses: answers(200, { type: 'array', items: ref('Member') }),
      },
      post: { requestBody: { required: true, ...(json(ref('Member')) as JsonObject) }, responses: answers(201, ref('Member')) },
    },
    '/members/{id}/': {
      parameters: [id],
      get: { responses: answers(200, ref('Member')) },
      put: { requestBody: { required: true, ...(json(ref('Member')) as JsonObject) }, responses: answers(200, ref('Member')) },
      delete: { responses: { 204: { description: '' }, 404: { description: '' } } },
    },
    '/members/{id}/restore/': {
      parameters: [id],
      post: { responses: { ...(answers(200, ref('Member')) as JsonObject), 409: { description: '' } } },
    },
  },
  components: {
    schemas: {
      Member: {
        type: 'object',
        required: ['id', 'email', 'status', 'card'],
        properties: {
          id: { type: 'integer', readOnly: true },
          email: {
            type: 'string',
            format: 'email',
            maxLength: 120,
            description: 'Unique, upper and lower case not told apart; one that is taken is refused with 400.',
          },
          status: { allOf: [ref('Status')], readOnly: true },
          card: { allOf: [ref('Card')], nullable: true, readOnly: true },
        },
      },
      Status: { type: 'string', enum: ['guest', 'full'] },
      Card: { type: 'object', required: ['number'], properties: { number: { type: 'integer', readOnly: true } } },
    },
  },
};

/** What may be wrong with the members. */
export type MembersFault = 'update-lost' | 'restore-lost' | 'email-shared' | 'list-stale' | 'order-one-way';

/** Members of a club, in memory, whose email another one's may not be. */
export function createMembersApi(fault?: MembersFault): (request: Case) => Answer {
  const members = new Map<number, string>();
  const left = new Set<number>();
  const cache = new Map<number, Json>();
  const statusOf = (key: number): string => (key === 3 ? 'full' : 'guest');
  const shown = (key: number): Json => ({ id: key, email: members.get(key) ?? '', status: statusOf(key), card: null });
  const stored = (key: number, body: Json | undefined): Answer | undefined => {
    const email = isObject(body) ? body['email'] : undefined;
    if (typeof email !== 'string' || !/^[^\s@]+@[^\s@]+\.[a-z]+$/i.test(email))
      return answered(400, { email: ['Enter a valid email address.'] });
    if (fault !== 'email-shared' && [...members].some(([other, one]) => other !== key && one.toLowerCase() === email.toLowerCase()))
      return answered(400, { email: ['A member with this email already exists.'] });
    if (fault !== 'update-lost' || !members.has(key)) members.set(key, email);
    return undefined;
  };
  return ({ request: { operation, parameters, body, headers = [] } }) => {
    const [, type] = headers.find(([name]) => name === 'Content-Type') ?? ['', 'application/json'];
    if (body && !type.startsWith('application/json')) return answered(415);
    const key = Number(parameters.find(({ name }) => name === 'id')?.value);
    if (operation.id === 'POST /members/') return stored(members.size + 1, body?.value) ?? answered(201, shown(members.size));
    if (operation.id === 'GET /members/') {
      const status = parameters.find(({ name }) => name === 'status')?.value ?? '';
      if (!['', 'guest', 'full'].includes(String(status))) return answered(400, { status: ['No such choice.'] });
      const order = String(parameters.find(({ name }) => name === 'ordering')?.value ?? '');
      const keys = [...members.keys()].filter((one) => !left.has(one) && (status === '' || status === statusOf(one)));
      const mark = (one: number): string | number => (order.endsWith('email') ? (members.get(one) ?? '') : one);
      keys.sort((one, other) => (mark(one) < mark(other) ? -1 : 1));
      if (/^-(?:id|email)$/.test(order) && fault !== 'order-one-way') keys.reverse();
      const listed = (one: number): Json => {
        if (!cache.has(one) || fault !== 'list-stale') cache.set(one, shown(one));
        return cache.get(one) ?? null;
      };
      return answered(200, keys.map(listed));
    }
    const restores = operation.path.includes('/restore');
    if (!members.has(key) || (left.has(key) && !restores)) return answered(404, { detail: 'Not found.' });
    if (restores && !left.has(key)) return answered(409);
    if (restores && fault !== 'restore-lost') left.delete(key);
    if (operation.method === 'DELETE') return left.add(key) && answered(204);
    return (operation.method === 'PUT' ? stored(key, body?.value) : undefined) ?? answered(200, shown(key));
  };
}
