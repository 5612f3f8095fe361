/**
 * The typed client: each call is planned, signed, sent by our transport and judged on its way through. Prints nothing; sends
 * again only what `settle` asks for.
 */
import type { Strictness } from '../../verdicts/strictness.ts';
import { AssertionError } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Identity } from '../../auth/identity.ts';
import { parsedBody } from '../../requests/answer.ts';
import { buildRequest, type WireRequest } from '../../requests/build.ts';
import { headerValue, type Exchange, type Headers } from '../../requests/exchange.ts';
import { isJsonType } from '../../lib/media-type.ts';
import { isIdempotent } from '../../lib/methods.ts';
import { essenceOf } from '../../requests/media-type.ts';
import { sendAs } from '../../requests/send-as.ts';
import type { Transport } from '../../requests/send.ts';
import type { Contract } from '../../spec/contract.ts';
import { operationBase } from '../../spec/servers.ts';
import { judge } from '../../verdicts/judge.ts';
import type { Judgement, Verdict } from '../../verdicts/verdict.ts';
import type { Answered, ApiClient, Result, Verb } from './client-types.ts';
import { textOf } from './encode-form.ts';
import { explainVerdict } from './explain-verdict.ts';
import { planCall, type AnyCall } from './plan-call.ts';

/** Whom a client calls, as whom, and how. */
export interface ClientOptions {
  readonly contract: Contract;
  /** Where the document's paths begin. */
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly identities: ReadonlyMap<string, Identity>;
  /** Name of the identity to call as unless a call says otherwise; undefined or null for nobody. */
  readonly identity?: string | null | undefined;
  /** Sent with every request. */
  readonly headers?: Headers;
  /** Milliseconds; see the check `response-time`. */
  readonly maxResponseTime?: number | undefined;
  /** See the check `properties-declared`. */
  readonly strict?: Strictness | undefined;
  /** Milliseconds for which an idempotent call that does not get the status it expects is sent again: writes may take that long to show. */
  readonly settle?: number | undefined;
  /** What the exchanges are called: the test that makes them. */
  readonly title?: () => string;
  /** Sees every exchange, before anything is thrown. */
  readonly record?: (exchange: Exchange) => void;
  /** Which of a verdict's judgements fail the call; none by default. */
  readonly accuse?: (verdict: Verdict) => readonly Judgement[];
  /** Sees a request before it is signed and sent; throws or ends the test where it must not be sent. */
  readonly admit?: (request: WireRequest) => void;
}

/** Name of the error for a request that was not answered: the exchange has the fault. */
export const noAnswer = 'NoAnswerError';

let made = 0;

/** Milliseconds between two attempts. */
const pause = 100;

/**
 * A client whose calls give back the answer with its verdict. A call throws an assertion error when its `expect` is not
 * met, when `accuse` says so, and one named `NoAnswerError` when no whole answer came.
 */
export function createClient<Paths>(options: ClientOptions): ApiClient<Paths> {
  const verb = (method: Verb) => (path: string, call?: AnyCall) => send(options, method.toUpperCase(), path, call ?? {});
  const client = {
    get: verb('get'),
    put: verb('put'),
    post: verb('post'),
    delete: verb('delete'),
    options: verb('options'),
    head: verb('head'),
    patch: verb('patch'),
    trace: verb('trace'),
    as: (identity: string | null) => createClient<Paths>({ ...options, identity }),
  };
  // The calls are typed by the generated paths alone, which exist at compile time only.
  return client as object as ApiClient<Paths>;
}

async function send(options: ClientOptions, method: string, path: string, call: AnyCall): Promise<Result<number, unknown>> {
  const { contract, baseUrl } = options;
  const plan = await planCall(contract, method, path, call);
  const name = call.identity === undefined ? options.identity : call.identity;
  const built = buildRequest(plan, operationBase(contract, plan.operation, baseUrl), contract);
  const own = new Set(Object.keys(call.headers ?? {}).map((field) => field.toLowerCase()));
  const headers = [...built.headers, ...(options.headers ?? []).filter(([field]) => !own.has(field.toLowerCase()))];
  const request = {
    ...built,
    headers: name === null ? headers.filter(([field]) => own.has(field.toLowerCase()) || field.toLowerCase() !== 'authorization') : headers,
  };
  options.admit?.(request);
  const identity = name === null || name === undefined ? undefined : identityNamed(options, name);
  const attempt = async (): Promise<Exchange> => {
    const tags = { id: `tests-${process.pid}-${++made}`, source: 'tests', title: options.title?.() ?? '' } as const;
    const sent = await (identity === undefined || own.has('authorization')
      ? options.transport.send(request, { ...tags, identity: identity?.name })
      : sendAs({ identity, contract, operation: plan.operation }, options.transport, request, tags));
    options.record?.(sent);
    return sent;
  };
  let exchange = await attempt();
  const until = performance.now() + (call.expect !== undefined && isIdempotent(method) ? (options.settle ?? 0) : 0);
  while (exchange.response !== undefined && exchange.response.status !== call.expect && performance.now() < until) {
    await sleep(pause);
    exchange = await attempt();
  }
  return readAnswer(options, exchange, call.expect);
}

function identityNamed({ identities }: ClientOptions, name: string): Identity {
  const identity = identities.get(name);
  if (identity === undefined) throw new TypeError(`there is no identity ${name}; there are ${[...identities.keys()].join(', ') || 'none'}`);
  return identity;
}

function readAnswer(options: ClientOptions, exchange: Exchange, expected: number | undefined): Result<number, unknown> {
  const { contract, baseUrl, maxResponseTime, strict } = options;
  const { response, fault, request } = exchange;
  let known: Verdict | undefined;
  const verdict = (): Verdict => (known ??= judge(contract, exchange, { baseUrl, maxResponseTime, strict }));
  const accused = options.accuse?.(verdict()) ?? [];
  if (accused.length > 0) throw failure(explainVerdict(contract, verdict(), accused, baseUrl));
  if (response === undefined || fault !== undefined) {
    const error = failure(`${request.method} ${request.url} was not answered: ${fault?.message ?? 'no response'}`);
    error.name = noAnswer;
    throw error;
  }
  if (expected !== undefined && response.status !== expected) {
    const came = textOf(response.body)?.slice(0, 400) ?? '';
    throw failure(
      `${request.method} ${request.url}: expected status ${expected}, got ${response.status} ${came}`.trimEnd(),
      expected,
      response.status,
    );
  }
  const answered: Answered = {
    headers: response.headers,
    header: (name) => headerValue(response.headers, name),
    bytes: response.body,
    exchange,
    get verdict() {
      return verdict();
    },
  };
  return Object.defineProperties({ status: response.status, body: bodyOf(exchange) }, Object.getOwnPropertyDescriptors(answered)) as Result<
    number,
    unknown
  >;
}

function failure(message: string, expected?: unknown, actual?: unknown): AssertionError {
  return new AssertionError({ message, ...(expected !== undefined && { expected, actual }), stackStartFn: failure });
}

function bodyOf({ response }: Exchange): unknown {
  if (response === undefined || response.body.length === 0) return undefined;
  const type = headerValue(response.headers, 'content-type') ?? '';
  if (isJsonType(type)) {
    const body = parsedBody(response);
    return body.kind === 'json' ? body.value : undefined;
  }
  return essenceOf(type).startsWith('text/') ? textOf(response.body) : undefined;
}
