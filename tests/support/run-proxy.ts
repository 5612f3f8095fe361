/** Runs `specproof proxy` in this process, for clients that call through it. */
import { main } from '../../src/cli/main.ts';
import type { Outcome } from './run-main.ts';

export interface ProxyUnderTest {
  /** Where clients find the API. */
  readonly url: string;
  /** Ends it as Ctrl-C does. */
  readonly stop: () => Promise<Outcome>;
}

/** The proxy, ready. `--port 0` unless the arguments say otherwise. */
export async function startProxyCommand(
  argv: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ProxyUnderTest> {
  const ready = Promise.withResolvers<string>();
  const stopping = new AbortController();
  let stdout = '';
  let stderr = '';
  const hear = (text: string | Uint8Array): void => {
    stderr += Buffer.from(text).toString();
    const [, url] = /^ {2}(http\S+) passes on to/m.exec(stderr) ?? [];
    if (url !== undefined) ready.resolve(url);
  };
  const ended = main(['proxy', ...argv], {
    stdout: { write: (text) => void (stdout += Buffer.from(text).toString()) },
    stderr: { write: hear },
    env,
    cwd,
    signal: stopping.signal,
  });
  const early = ended.then((code) => Promise.reject(new Error(`the proxy ended with ${code}: ${stderr}`)));
  early.catch(() => undefined);
  const url = await Promise.race([ready.promise, early]);
  const stop = async (): Promise<Outcome> => {
    stopping.abort();
    return { code: await ended, stdout, stderr };
  };
  return { url, stop };
}
