/** `specproof proxy`: stands between any client and the API, and judges what passes until the user stops it. */
import { isLoopback } from '../../lib/is-loopback.ts';
import { openEnvironment } from '../../run/environment.ts';
import { chooseChecks } from '../../run/choose-checks.ts';
import { planEnvironment } from '../../run/plan-environment.ts';
import { runProxy } from '../../sources/proxy/run-proxy.ts';
import type { Execute } from '../command.ts';
import { usesColor } from '../io.ts';
import { parsePort } from '../parse-flags.ts';
import { reportRun } from '../report-run.ts';
import { startLines } from '../run-suites.ts';
import { createTraffic } from '../traffic.ts';

/** Serves until the signal and gives the exit code of a run. Stopping it is how it ends: that is no interruption. */
export const proxy: Execute = async ({ arguments: [document], settings: flags, flags: own, io }) => {
  const port = parsePort(own['port']) ?? 0;
  // Clients speak HTTP/1.1 to the proxy, so it does to the target.
  const given = { ...flags, http2: false };
  const plan = await planEnvironment(document === undefined ? given : { ...given, document }, io.cwd, io.env);
  const { settings, network } = plan;
  chooseChecks(settings);
  const signal = io.signal ?? new AbortController().signal;
  const open = await openEnvironment(plan, { signal, onProgress: startLines(settings, io), attach: true });
  const { baseUrl } = open.target;
  // what the client sends is the client's own doing: nothing is withheld
  const writes = isLoopback(baseUrl) ? '' : ', which is not this machine, whatever clients send: writes too';
  try {
    const start = (stop: AbortSignal): ReturnType<typeof runProxy> =>
      runProxy({
        baseUrl,
        port,
        connect: network.connect,
        contract: open.contract,
        secrets: open.people.secrets,
        timeout: settings.timeout,
        onReady: (from) => void io.stderr.write(`  ${from} passes on to ${baseUrl}${writes}; Ctrl-C ends it with the report\n`),
        signal: AbortSignal.any([signal, stop]),
      });
    const progress = createTraffic(io.stderr, { color: usesColor(io.stderr, io.env, settings.color), quiet: settings.quiet === true });
    return await reportRun(open, { suites: [{ name: 'proxy', start }], seed: 0, io, signal: new AbortController().signal, progress });
  } finally {
    await open.dispose();
  }
};
