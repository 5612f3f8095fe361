/** `specproof serve`: the stand-in and its provider, until the user stops them. */
import { once } from 'node:events';
import { relative, resolve } from 'node:path';
import { HarnessError } from '../../errors.ts';
import { openContract } from '../../run/environment.ts';
import { embeddedClient, readFaults } from '../../run/open-target.ts';
import { loadSeed, seedFile } from '../../run/load-seed.ts';
import { planEnvironment } from '../../run/plan-environment.ts';
import { embeddedTarget } from '../../targets/embedded/embedded-target.ts';
import { parsePort, textList } from '../parse-flags.ts';
import type { Execute } from '../command.ts';

/** Serves until the signal; the exit code is 0 then, because stopping it is how it ends. */
export const serve: Execute = async ({ arguments: [document], settings, flags, io }) => {
  const faults = readFaults(textList(flags['fault']));
  const port = parsePort(flags['port']);
  const plan = await planEnvironment(document === undefined ? settings : { ...settings, document }, io.cwd, io.env);
  const { contract, document: served } = await openContract(plan);
  const configured = plan.environment?.target;
  if (configured !== undefined && configured.kind !== 'embedded' && settings.environment !== undefined) {
    throw new HarnessError('E_USAGE', `the environment ${plan.name} has a ${configured.kind} target: there is nothing to serve`);
  }
  const options = configured?.kind === 'embedded' ? configured : { kind: 'embedded' as const };
  const seed = typeof flags['seed'] === 'string' ? resolve(io.cwd, flags['seed']) : seedFile(plan, options);
  const clients = options.clients ?? { [embeddedClient.id]: { secret: embeddedClient.secret } };
  const target = await embeddedTarget(
    contract,
    { ...options, clients, ...(port !== undefined && { port }) },
    {
      document: served,
      faults,
      ...(seed !== undefined && { seen: await loadSeed(seed, contract) }),
      onProgress: (line) => void (settings.quiet === true || io.stderr.write(`  ${line}\n`)),
    },
  );
  try {
    const lines = [
      ['base URL', target.baseUrl],
      ['document', target.documentUrl],
      ['docs', target.documentUrl.replace(/openapi\.json$/, 'docs')],
      ['issuer', target.issuer],
      ...Object.entries(clients).map(([id, { secret }]) => ['client', `${id}  ${secret}`]),
      ...faults.map((fault) => ['fault', fault]),
      ...(seed === undefined ? [] : [['seed', relative(io.cwd, seed) || seed]]),
    ];
    io.stdout.write(lines.map(([name = '', value = '']) => `${name.padEnd(10)}${value}\n`).join(''));
    if (io.signal !== undefined && !io.signal.aborted) await once(io.signal, 'abort');
    return 0;
  } finally {
    await target.dispose();
  }
};
