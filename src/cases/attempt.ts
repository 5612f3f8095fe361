/** Sends a case about an operation and keeps the books: what it made is entered in the ledger, what it removed is struck out. Pure conversation. */
import { successBody } from '../spec/properties.ts';
import type { Operation } from '../spec/contract.ts';
import type { Answer, Case, Conversation, RequestPlan } from './case.ts';
import { isAccepted } from './expectations.ts';
import { enterCreated, type Scope } from './prepare.ts';
import { makeCase, send, type Planning } from './planning.ts';
import type { Resource } from './resources.ts';

/** The parts of a case that vary from attempt to attempt. */
export type Attempt = Partial<Pick<Case, 'credentials' | 'expectations' | 'intent' | 'theme'>> & { readonly title: string };

/** Sends and gives back the answer. */
export function* attempt(scope: Scope, request: RequestPlan, parts: Attempt): Conversation<Answer> {
  const answer = yield* send(makeCase({ phase: scope.phase, request, ...parts }));
  if (!isAccepted(answer)) return answer;
  const { operation } = request;
  if (operation.method === 'DELETE') yield* strikeOut(scope, operation);
  else if (operation.method === 'POST' || operation.method === 'PUT') {
    const made = resourceMade(scope.planning, operation);
    if (made) yield* enterCreated(scope, made, request, answer);
  }
  return answer;
}

function* strikeOut(scope: Scope, operation: Operation): Conversation {
  for (const [key, entity] of scope.entities) {
    if (entity.resource.remove?.id !== operation.id) continue;
    scope.entities.delete(key);
    if (entity.created) yield { kind: 'gone', created: entity.created };
  }
}

/** The resource that an accepted request made one of: by being its creation, or a POST that answers the same representation (a clone). */
export function resourceMade(planning: Planning, operation: Operation): Resource | undefined {
  const own = planning.resources.createdBy(operation);
  if (own || operation.method !== 'POST') return own;
  const answered = schemaPointer(planning, operation);
  if (answered === undefined) return undefined;
  return planning.resources.all.find(({ create }) => create !== undefined && schemaPointer(planning, create) === answered);
}

function schemaPointer(planning: Planning, operation: Operation): string | undefined {
  const body = successBody(operation);
  const pointer = body && planning.contract.resolve(body.schema).pointer;
  return pointer?.startsWith('/components/schemas/') ? pointer : undefined;
}
