/** `specproof call`: one request with the identity's token, judged. The body goes to stdout for other programs, the verdict to stderr. */
import { authorize, placeCredentials } from '../../requests/credentials.ts';
import { sendAs } from '../../requests/send-as.ts';
import { curlCommand } from '../../requests/reproduce.ts';
import { tokenMark } from '../../requests/redact.ts';
import type { WireRequest } from '../../requests/build.ts';
import type { Exchange } from '../../requests/exchange.ts';
import { exitCode } from '../../report/exit-code.ts';
import { pathBelow } from '../../lib/path-below.ts';
import { judge } from '../../verdicts/judge.ts';
import { openContract, openEnvironment, type OpenEnvironment } from '../../run/environment.ts';
import { openIdentities } from '../../run/open-identities.ts';
import { chooseTarget } from '../../run/open-target.ts';
import { planEnvironment, type EnvironmentPlan } from '../../run/plan-environment.ts';
import { HarnessError } from '../../errors.ts';
import { buildCall } from '../build-call.ts';
import type { Execute, Invocation } from '../command.ts';
import { createReport } from '../create-report.ts';
import { startLines, transportOf } from '../run-suites.ts';
import { writeVerdict } from '../write-verdict.ts';

/** Sends the request (or prints it with `--as`) and gives 0, 1 for a finding that fails, 3 when no answer came. */
export const call: Execute = async (invocation) => {
  const { settings, flags, io } = invocation;
  const plan = await planEnvironment(settings, io.cwd, io.env);
  const { as } = flags;
  if (as !== undefined && as !== 'curl') throw new HarnessError('E_USAGE', `--as knows no kind "${String(as)}"; there is curl`);
  if (as === 'curl') return printCurl(plan, invocation);
  const open = await openEnvironment(plan, { signal: io.signal, onProgress: startLines(plan.settings, io), attach: true });
  const transport = transportOf(open);
  try {
    const identity = open.people.main === undefined ? undefined : open.people.identities.get(open.people.main);
    const request = await buildCall(invocation, open.target.baseUrl, open.people.headers);
    const tags = { id: 'call', source: 'call', title: `${request.method} ${request.url}` } as const;
    const exchange = await (identity === undefined
      ? transport.send(request, { ...tags, identity: undefined })
      : sendAs({ identity, contract: open.contract, operation: operationOf(open, request) }, transport, request, tags));
    return report(open, exchange, invocation);
  } finally {
    await transport.close();
    await open.dispose();
  }
};

function operationOf(
  { contract, target }: Pick<OpenEnvironment, 'contract' | 'target'>,
  { method, url }: WireRequest,
): ReturnType<OpenEnvironment['contract']['match']> {
  const path = pathBelow(url, target.baseUrl);
  return path === undefined ? undefined : contract.match(method, path);
}

function report(open: OpenEnvironment, exchange: Exchange, { io, flags, settings }: Invocation): number {
  const { contract, target, plan } = open;
  const { maxResponseTime, strict } = plan.settings;
  const verdict = judge(contract, exchange, { baseUrl: target.baseUrl, maxResponseTime, strict });
  const builder = createReport(open, 0);
  builder.add({ kind: 'verdict', suite: 'generated', verdict });
  builder.add({ kind: 'end', interrupted: false, seconds: exchange.timing.total / 1000 });
  const { response } = exchange;
  if (response !== undefined) {
    if (flags['include'] === true)
      io.stdout.write(`${response.status}\n${response.headers.map(([name, value]) => `${name}: ${value}\n`).join('')}\n`);
    io.stdout.write(response.body);
    if (io.stdout.isTTY === true && response.body.at(-1) !== 0x0a) io.stdout.write('\n');
  }
  const result = builder.report();
  if (settings.quiet !== true || result.findings.length > 0 || exchange.fault !== undefined) writeVerdict(verdict, result, io, settings);
  return exitCode(result);
}

/** The request as a command; nothing is started, sent or asked for. */
async function printCurl(plan: EnvironmentPlan, invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const opened = await openContract(plan);
  const target = chooseTarget(plan, opened);
  // Where the stand-in will listen is not known: the command has it as $BASE.
  const baseUrl = target.kind === 'embedded' ? 'http://embedded.invalid' : target.baseUrl.replace(/\/+$/, '');
  // No token is asked for, so any issuer will do for one that only a running target has.
  const issuer = ('issuer' in target ? target.issuer : undefined) ?? 'http://127.0.0.1';
  const people = openIdentities(plan.settings, plan.environment, { contract: opened.contract, issuer, env: io.env });
  const request = await buildCall(invocation, baseUrl, people.headers);
  const forms = (people.main === undefined ? undefined : people.identities.get(people.main))?.sources.map(({ form }) => form) ?? [];
  const operation = opened.contract.match(request.method, pathBelow(request.url, baseUrl) ?? '');
  const placed = placeCredentials(opened.contract, operation, forms, (form) => form);
  const signed = authorize(
    request,
    placed.map(({ held, scheme }) => ({ held: { ...held, secret: tokenMark }, scheme })),
  );
  const exchange: Exchange = {
    id: 'call',
    source: 'call',
    title: '',
    identity: people.main,
    request: signed,
    response: undefined,
    fault: undefined,
    timing: { startedAt: 0, headers: undefined, total: 0 },
  };
  io.stdout.write(`${curlCommand(exchange, { baseUrl: target.kind === 'embedded' ? baseUrl : 'none:' })}\n`);
  return 0;
}
