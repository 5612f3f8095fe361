/** A contract, exchanges and events made by hand: what the report's tests feed it with. */
import { createReportBuilder, type ReportBuilder, type ReportOptions } from '../../../src/report/build-report.ts';
import type { Report } from '../../../src/report/report.ts';
import type { Case } from '../../../src/cases/case.ts';
import type { Exchange, Fault, SourceKind } from '../../../src/requests/exchange.ts';
import type { RunEvent, SuiteName } from '../../../src/run/events.ts';
import type { Contract, Operation, Parameter, ResponseObject } from '../../../src/spec/contract.ts';
import { escapeToken } from '../../../src/lib/json-pointer.ts';
import type { Judgement, Outcome } from '../../../src/verdicts/verdict.ts';

export const baseUrl = 'http://127.0.0.1:8000/api';

/** A parameter; `query` unless told. */
export function parameter(name: string, over: Partial<Parameter> = {}): Parameter {
  return {
    name,
    in: 'query',
    required: false,
    deprecated: false,
    schema: undefined,
    mediaType: undefined,
    style: 'form',
    explode: true,
    allowReserved: false,
    pointer: `/parameters/${name}`,
    examples: [],
    ...over,
  };
}

/** An operation with its declared statuses. */
export function operation(id: string, statuses: readonly string[], over: Partial<Operation> = {}): Operation {
  const [method = '', path = ''] = id.split(' ');
  const pointer = `/paths/${escapeToken(path)}/${method.toLowerCase()}`;
  const responses = statuses.map((status): ResponseObject => ({
    status,
    content: [],
    headers: [],
    links: {},
    pointer: `${pointer}/responses/${status}`,
  }));
  return {
    id,
    method,
    path,
    operationId: undefined,
    tags: [],
    deprecated: false,
    pointer,
    parameters: [],
    requestBody: undefined,
    responses,
    security: [],
    servers: [],
    extensions: {},
    ...over,
  };
}

/** A contract of these operations; every pointer is said to stand on the line that is its length. */
export function contract(operations: readonly Operation[], over: Partial<Contract> = {}): Contract {
  return {
    title: 'Orders API',
    version: '5.12.0',
    dialect: '3.1',
    document: {},
    location: 'specs/orders/openapi.json',
    operations,
    securitySchemes: new Map(),
    servers: [],
    notes: [],
    match: () => undefined,
    matchPath: () => [],
    resolve: (place) => place,
    line: (pointer) => pointer.length,
    text: undefined,
    validators: { validate: () => ({ kind: 'valid' }), flaw: () => undefined },
    ...over,
  };
}

export const listOrders: Operation = operation('GET /orders', ['200', '422'], { parameters: [parameter('limit'), parameter('offset')] });
export const getOrder: Operation = operation('GET /orders/{id}', ['200', '422'], {
  parameters: [parameter('id', { in: 'path', required: true })],
});
export const createOrder: Operation = operation('POST /orders', ['201', '422'], {
  requestBody: {
    required: true,
    pointer: '/body',
    content: [{ type: 'application/json', schema: undefined, itemSchema: undefined, pointer: '/body/json', examples: [], encoding: {} }],
  },
});
export const orders: Contract = contract([listOrders, createOrder, getOrder]);

/** What an exchange is made of. */
export interface Sent {
  readonly id?: string;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly type?: string;
  readonly body?: string;
  readonly sentBody?: string;
  readonly sentHeaders?: readonly (readonly [string, string])[];
  readonly fault?: Fault;
  readonly startedAt?: number;
  readonly source?: SourceKind;
  readonly title?: string;
  readonly identity?: string | undefined;
}

/** An exchange; `GET /orders` answered 200 unless told. */
export function exchange(sent: Sent = {}): Exchange {
  const {
    id = 'x1',
    method = 'GET',
    path = '/orders',
    status = 200,
    type = 'application/json',
    body = '{}',
    source = 'generated',
    title = '',
  } = sent;
  return {
    id,
    source,
    title,
    identity: 'identity' in sent ? sent.identity : 'admin',
    request: {
      method,
      url: `${baseUrl}${path}`,
      headers: sent.sentHeaders ?? [],
      body: sent.sentBody === undefined ? undefined : new TextEncoder().encode(sent.sentBody),
    },
    response:
      sent.fault === undefined
        ? { status, headers: type === '' ? [] : [['content-type', type]], body: new TextEncoder().encode(body) }
        : undefined,
    fault: sent.fault,
    timing: { startedAt: sent.startedAt ?? 0, headers: 1, total: 2 },
  };
}

/** A judgement of an outcome; certain unless told. */
export function judgement(check: string, outcome: Outcome, over: Partial<Judgement> = {}): Judgement {
  return { check, outcome, reason: '', confidence: 'certain', where: undefined, promise: undefined, came: undefined, topic: '', ...over };
}

/** What `status-declared` says of an undeclared status. */
export function undeclared(status: number, of: Operation, over: Partial<Judgement> = {}): Judgement {
  return judgement('status-declared', 'fail', {
    reason: `${status} is answered but not declared`,
    where: 'response.status',
    promise: { pointer: `${of.pointer}/responses`, text: of.responses.map((response) => response.status).join(', ') },
    came: `${status} application/json {"detail":"Not authenticated"}`,
    topic: String(status),
    ...over,
  });
}

/** A verdict event; of the generated suite unless told. */
export function verdict(
  of: Operation | undefined,
  sent: Sent,
  judgements: readonly Judgement[],
  over: { readonly suite?: SuiteName; readonly case?: Case; readonly scenario?: string } = {},
): RunEvent {
  const path = of?.path.replaceAll(/\{\w+\}/g, '1') ?? '/orders';
  const made = exchange({ method: of?.method ?? 'GET', path, ...sent });
  return {
    kind: 'verdict',
    suite: over.suite ?? 'generated',
    verdict: { exchange: made, operation: of, case: over.case, scenario: over.scenario, judgements },
  };
}

/** A planned case of an operation. */
export function plannedCase(of: Operation, id: string, title: string): Case {
  return {
    id,
    phase: 'boundaries',
    title,
    intent: 'valid',
    request: { operation: of, parameters: [] },
    credentials: { kind: 'main' },
    expectations: [],
  };
}

export const end: RunEvent = { kind: 'end', interrupted: false, seconds: 2.9 };

/** A builder; over the orders API on an embedded target unless told. */
export function builder(over: Partial<ReportOptions> = {}): ReportBuilder {
  return createReportBuilder({
    contract: orders,
    baseUrl,
    targetKind: 'embedded',
    seed: '7f3a91',
    rerun: 'specproof run',
    identities: ['admin', 'reader'],
    version: '0.1.0',
    deviations: [],
    today: '2026-03-01',
    startedAt: Date.UTC(2026, 2, 1),
    failOn: 'certain',
    ...over,
  });
}

/** The report of the events, which end with `end` unless they have an end of their own. */
export function reportOf(events: readonly RunEvent[], over: Partial<ReportOptions> = {}): Report {
  const made = builder(over);
  for (const event of events) made.add(event);
  if (!events.some((event) => event.kind === 'end')) made.add(end);
  return made.report();
}
