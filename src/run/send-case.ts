/** Sends cases: resolves credentials, builds, signs, sends. The one place where a planned case becomes an exchange. */
import type { Credential, Identity } from '../auth/identity.ts';
import type { Case } from '../cases/case.ts';
import type { Contract } from '../spec/contract.ts';
import type { Exchange, Headers } from '../requests/exchange.ts';
import { buildRequest, whyUnsendable } from '../requests/build.ts';
import { authorize, breakCredential } from '../requests/credentials.ts';
import type { Transport } from '../requests/send.ts';

export interface Sender {
  readonly contract: Contract;
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly identities: ReadonlyMap<string, Identity>;
  /** Name of the identity that cases use unless they say otherwise. */
  readonly main: string | undefined;
  /** Added to every request: the user's own `--header`s. */
  readonly headers: Headers;
}

/** A broken credential where there is no good one to spoil. */
const nobody: Credential = { secret: 'specproof-garbage-credential', scheme: 'Bearer' };

/** The exchange of a case; undefined when there is no such request to send: a credential that cannot be broken in that way, a value that no URL can carry. */
export async function sendCase(sender: Sender, planned: Case, id: string): Promise<Exchange | undefined> {
  const { request: plan, credentials } = planned;
  if (whyUnsendable(plan) !== undefined) return undefined;
  const name = credentials.kind === 'identity' ? credentials.name : sender.main;
  const good = await (name === undefined ? undefined : sender.identities.get(name))?.credential();
  const credential =
    credentials.kind === 'broken' ? breakCredential(good ?? nobody, credentials.how) : credentials.kind === 'none' ? undefined : good;
  if (credentials.kind === 'broken' && credential === undefined) return undefined;
  const built = buildRequest(plan, sender.baseUrl, sender.contract);
  const own =
    credentials.kind === 'none' || credentials.kind === 'broken'
      ? sender.headers.filter(([field]) => field.toLowerCase() !== 'authorization')
      : sender.headers;
  const request = { ...built, headers: [...built.headers, ...own] };
  const signed = credential ? authorize(request, sender.contract, plan.operation, credential) : request;
  const identity = credentials.kind === 'none' || credentials.kind === 'broken' ? undefined : name;
  return sender.transport.send(signed, { id, source: 'generated', title: planned.title, identity });
}
