/** Sends cases: resolves credentials, builds, signs, sends. The one place where a planned case becomes an exchange. */
import type { Credential, Identity } from '../auth/identity.ts';
import type { BrokenCredential, Case } from '../cases/case.ts';
import type { Contract } from '../spec/contract.ts';
import type { Exchange, Headers } from '../requests/exchange.ts';
import { operationBase } from '../spec/servers.ts';
import { buildRequest, whyUnsendable } from '../requests/build.ts';
import { authorize, breakCredential, type Placed } from '../requests/credentials.ts';
import { credentialsFor, sendAs } from '../requests/send-as.ts';
import type { Transport } from '../requests/send.ts';
import type { LeftOut } from './choose-operations.ts';

export interface Sender {
  readonly contract: Contract;
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly identities: ReadonlyMap<string, Identity>;
  /** Name of the identity that cases use unless they say otherwise. */
  readonly main: string | undefined;
  /** What must not be sent; everything may by default. */
  readonly isLeftOut?: LeftOut | undefined;
  /** Added to every request: the user's own `--header`s. */
  readonly headers: Headers;
}

/** A broken credential where there is no good one to spoil. */
const nobody: Placed<Credential> = { held: { secret: 'specproof-garbage-credential', scheme: 'Bearer' }, scheme: undefined };

/** The exchange of a case; undefined when there is no such request to send: a credential that cannot be broken in that way, a value that no URL can carry, an operation that is left out. */
export async function sendCase(sender: Sender, planned: Case, id: string): Promise<Exchange | undefined> {
  const { contract, transport } = sender;
  const { request: plan, credentials } = planned;
  const { operation } = plan;
  if (whyUnsendable(plan) !== undefined) return undefined;
  const name = credentials.kind === 'identity' ? credentials.name : sender.main;
  const identity = name === undefined ? undefined : sender.identities.get(name);
  const errand = identity && { identity, contract, operation };
  const built = buildRequest(plan, operationBase(contract, operation, sender.baseUrl), contract);
  if (sender.isLeftOut?.(built, sender.baseUrl) === true) return undefined;
  const tags = { id, source: 'generated', title: planned.title } as const;
  if (credentials.kind === 'none' || credentials.kind === 'broken' || credentials.kind === 'respelled') {
    const own = sender.headers.filter(([field]) => field.toLowerCase() !== 'authorization');
    const request = { ...built, headers: [...built.headers, ...own] };
    const held = credentials.kind !== 'none' && errand ? await credentialsFor(errand) : [nobody];
    const altered =
      credentials.kind === 'none' ? [] : credentials.kind === 'broken' ? breakCredentials(held, credentials.how) : respell(held);
    return altered && (await transport.send(authorize(request, altered), { ...tags, identity: undefined }));
  }
  const request = { ...built, headers: [...built.headers, ...sender.headers] };
  // an `await` here is three turns of the queue shorter than to hand on the promise
  return errand ? await sendAs(errand, transport, request, tags) : await transport.send(request, { ...tags, identity: name });
}

/** Their authentication schemes in small letters; undefined where none has one. @see https://www.rfc-editor.org/rfc/rfc9110#section-11.1 */
function respell(placed: readonly Placed<Credential>[]): readonly Placed<Credential>[] | undefined {
  if (placed.every(({ held }) => held.scheme === undefined)) return undefined;
  return placed.map(({ held, scheme }) => ({ held: { ...held, scheme: held.scheme?.toLowerCase() }, scheme }));
}

/** Every one of them broken that can be broken in that way; undefined where none can. */
function breakCredentials(placed: readonly Placed<Credential>[], how: BrokenCredential): readonly Placed<Credential>[] | undefined {
  const broken = placed.map(({ held, scheme }) => ({ held: breakCredential(held, how), scheme }));
  if (broken.every(({ held }) => held === undefined)) return undefined;
  return broken.map(({ held, scheme }, index) => ({ held: held ?? placed[index]?.held ?? nobody.held, scheme }));
}
