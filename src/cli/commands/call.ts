/** `specproof call`: one request with the identity's token, judged. The body goes to stdout for other programs, the verdict to stderr. */
import { resolve } from 'node:path';
import { nearest } from '../../lib/nearest.ts';
import { pathBelow } from '../../lib/path-below.ts';
import type { WireRequest } from '../../requests/build.ts';
import { sendAs } from '../../requests/send-as.ts';
import { headerValue, type Exchange, type ReceivedResponse } from '../../requests/exchange.ts';
import { exitCode } from '../../report/exit-code.ts';
import { createPaint } from '../../report/paint.ts';
import { judge } from '../../verdicts/judge.ts';
import { openEnvironment, type OpenEnvironment } from '../../run/environment.ts';
import { planEnvironment } from '../../run/plan-environment.ts';
import type { Contract } from '../../spec/contract.ts';
import { writeWhole } from '../../spec/lock.ts';
import { buildCall } from '../build-call.ts';
import { againCall, keepCall } from '../call-history.ts';
import type { Execute, Invocation } from '../command.ts';
import { createReport } from '../create-report.ts';
import { usesColor, type Io } from '../io.ts';
import { printCall } from '../print-call.ts';
import { startLines, transportOf } from '../run-suites.ts';
import { showBody } from '../show-body.ts';
import { writeVerdict } from '../write-verdict.ts';

/** Sends the request (or prints it with `--as`) and gives 0, 1 for a finding that fails, 3 when no answer came. */
export const call: Execute = async (given) => {
  const invocation = given.flags['again'] === undefined ? given : await againCall(given);
  const { settings, flags, io } = invocation;
  const plan = await planEnvironment(settings, io.cwd, io.env);
  if (typeof flags['as'] === 'string') return printCall(flags['as'], plan, invocation);
  const open = await openEnvironment(plan, { signal: io.signal, onProgress: startLines(plan.settings, io), attach: true });
  const { contract, people, target } = open;
  const transport = transportOf(open);
  try {
    const { request, operation } = await buildCall(invocation, { contract, baseUrl: target.baseUrl, headers: people.headers });
    tellNoJson(request, invocation);
    if (request.body === undefined && operation?.requestBody?.required === true && settings.quiet !== true)
      io.stderr.write("  the document requires a body, and none is sent: -d '{…}', -d @FILE, -d @- for stdin, or --example\n");
    const identity = people.main === undefined ? undefined : people.identities.get(people.main);
    const tags = { id: 'call', source: 'call', title: `${request.method} ${request.url}` } as const;
    const exchange = await (identity === undefined
      ? transport.send(request, { ...tags, identity: undefined })
      : sendAs({ identity, contract, operation }, transport, request, tags));
    await keepCall(invocation, people.secrets());
    return await report(open, exchange, invocation);
  } finally {
    await transport.close();
    await open.dispose();
  }
};

async function report(open: OpenEnvironment, exchange: Exchange, { io, flags, settings }: Invocation): Promise<number> {
  const { contract, target, plan } = open;
  const { maxResponseTime, strict } = plan.settings;
  const verdict = judge(contract, exchange, { baseUrl: target.baseUrl, maxResponseTime, strict });
  const builder = createReport(open, { seed: 0, whole: false });
  builder.add({ kind: 'verdict', suite: 'generated', verdict });
  builder.add({ kind: 'end', interrupted: false, seconds: exchange.timing.total / 1000 });
  const { response } = exchange;
  if (response !== undefined) await writeResponse(response, { io, flags, settings });
  const result = builder.report();
  if (settings.quiet !== true || result.findings.length > 0 || exchange.fault !== undefined) writeVerdict(verdict, result, io, settings);
  if (verdict.operation === undefined) suggestPath(contract, pathBelow(exchange.request.url, target.baseUrl), io);
  return exitCode(result);
}

/** Quotes that a shell took away, or single ones, are the usual reason for a body that nobody can read. It is sent all the same. */
function tellNoJson({ headers, body }: WireRequest, { io, settings }: Invocation): void {
  if (body === undefined || settings.quiet === true || headerValue(headers, 'content-type')?.includes('json') !== true) return;
  try {
    JSON.parse(Buffer.from(body).toString());
  } catch (error) {
    io.stderr.write(`  the body is no JSON: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

/** The path of the document that somebody may have meant, where it knows no such path. */
function suggestPath(contract: Contract, path: string | undefined, io: Io): void {
  if (path === undefined || contract.matchPath(path).length > 0) return;
  const meant = nearest(
    path,
    contract.operations.map((operation) => operation.path),
  );
  if (meant !== undefined) io.stderr.write(`  did you mean ${meant}?\n`);
}

/** The answer on stdout: for people on a terminal, byte by byte for programs. */
async function writeResponse(
  { status, headers, body }: ReceivedResponse,
  { io, flags, settings }: Omit<Invocation, 'arguments'>,
): Promise<void> {
  const { stdout, env } = io;
  if (flags['include'] === true || flags['head'] === true)
    stdout.write(`${status}\n${headers.map(([name, value]) => `${name}: ${value}\n`).join('')}\n`);
  if (typeof flags['output'] === 'string') return writeWhole(resolve(io.cwd, flags['output']), body);
  const paint = createPaint(usesColor(stdout, env, settings.color));
  stdout.write(stdout.isTTY === true ? showBody(body, headerValue(headers, 'content-type'), paint) : body);
}
