/** From what a test file is provided with to an API that can be called: contract, transport, identities. One for each worker. */
import { readFileSync } from 'node:fs';
import { createIdentities } from '../../auth/create-identity.ts';
import type { Identity } from '../../auth/identity.ts';
import { appliesTo, describes } from '../../report/known-deviations.ts';
import { joinLists } from '../../lib/join-lists.ts';
import { once } from '../../lib/once.ts';
import { openNetwork } from '../../requests/network.ts';
import { withholdUnsafe, type Withhold } from '../../requests/safety.ts';
import { createTransport, type Transport } from '../../requests/send.ts';
import { unpublished } from '../../requests/unpublished.ts';
import { chooseOperations, type Choice } from '../../run/choose-operations.ts';
import type { Contract } from '../../spec/contract.ts';
import { createContract } from '../../spec/create-contract.ts';
import { createLineFinder } from '../../spec/lines.ts';
import type { Judgement, Verdict } from '../../verdicts/verdict.ts';
import { accusations } from './explain-verdict.ts';
import type { ProvidedApi } from './provided.ts';

/** An API that tests can call. */
export interface OpenApi {
  readonly provided: ProvidedApi;
  readonly contract: Contract;
  /** Which operations generated cases are about, and which they never ask for. */
  readonly choice: () => Choice;
  readonly transport: Transport;
  readonly identities: ReadonlyMap<string, Identity>;
  /** Why a request must not be sent, where only safe ones may. */
  readonly withhold: Withhold | undefined;
  /** The broken promises of a verdict that are not accepted for now. */
  readonly broken: (verdict: Verdict) => readonly Judgement[];
  /** What of them fails a call: nothing under a run, which judges the exchange itself. */
  readonly accuse: (verdict: Verdict) => readonly Judgement[];
}

const patience = 30_000;
const largest = 64 * 1024 * 1024;

/** Opens the API. Nothing is sent yet; the transport's idle connections do not keep the process. */
export function openApi(provided: ProvidedApi): OpenApi {
  const timeout = provided.timeout ?? patience;
  const { connect, fetch } = openNetwork(provided.network ?? {}, { env: process.env, timeout });
  const identities = createIdentities(new Map(Object.entries(provided.identities)), { fetch });
  const contract = contractOf(provided);
  const withhold = provided.safeOnly === undefined ? undefined : withholdUnsafe(contract, provided.baseUrl, provided.safeOnly);
  const transport = createTransport({
    connections: 16,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    totalTimeout: timeout,
    maxBodyBytes: largest,
    rate: provided.rate,
    retryAfter: provided.retryAfter,
    withhold,
    connect,
    secrets: joinLists(
      [...identities.values()].map(({ secrets }) => secrets),
      unpublished({ contract, baseUrl: provided.baseUrl }),
    ),
  });
  const broken = accuserOf(provided);
  const choice = once(() => chooseOperations(contract, provided));
  return { provided, contract, choice, transport, identities, withhold, broken, accuse: provided.mode === 'run' ? () => [] : broken };
}

function contractOf({ document, dialect, location }: ProvidedApi): Contract {
  let lines: ((pointer: string) => number | undefined) | undefined;
  const line = (pointer: string): number | undefined => (lines ??= lineFinder(location))(pointer);
  return createContract(document, { location, line, ...(dialect && { dialect }) });
}

function lineFinder(location: string): (pointer: string) => number | undefined {
  try {
    return createLineFinder(readFileSync(location, 'utf8'));
  } catch {
    return () => undefined;
  }
}

function accuserOf(provided: ProvidedApi): OpenApi['broken'] {
  const today = new Date().toISOString().slice(0, 10);
  const known = (provided.knownDeviations ?? []).filter(
    (deviation) => deviation.expires >= today && appliesTo(deviation, [provided.target]),
  );
  return (verdict) =>
    accusations(verdict, provided.failOn ?? 'certain').filter(({ check, topic, reason }) => {
      const accusation = { check, operation: verdict.operation?.id ?? '', topic, message: reason };
      return !known.some((deviation) => describes(deviation, accusation));
    });
}
