/** The live target: an API that somebody else runs. Starts and stops nothing. */
import { HarnessError } from '../errors.ts';
import { parseBaseUrl } from './base-url.ts';
import { probeTcp } from './probe.ts';
import type { LiveTargetOptions, Target } from './target.ts';

/** Undefined once there is a connection to the origin of the URL, else why there is none. */
export type Reach = (url: URL) => Promise<Error | undefined>;

/** Milliseconds to wait for a connection. */
const patience = 10_000;

const reachByTcp: Reach = ({ hostname, port, protocol }) =>
  probeTcp(hostname, Number(port || (protocol === 'https:' ? 443 : 80)), patience);

/** The target, once somebody accepts connections at its address. Throws HarnessError E_CONFIG for a base URL that cannot be one, E_TARGET when nobody listens. */
export async function liveTarget(options: LiveTargetOptions, reach: Reach = reachByTcp): Promise<Target> {
  const url = parseBaseUrl(options.baseUrl);
  const failure = await reach(url);
  if (failure !== undefined) {
    throw new HarnessError('E_TARGET', `nobody answers at ${options.baseUrl}: ${failure.message}`, {
      hint: /certificate|TLS/.test(failure.message)
        ? 'specproof run --help lists --cacert, --cert, --key and --resolve'
        : 'start the API, or name the right address with --base-url',
      cause: failure,
    });
  }
  return {
    kind: 'live',
    baseUrl: options.baseUrl.replace(/\/+$/, ''),
    documentUrl: undefined,
    issuer: undefined,
    dispose: () => Promise.resolve(),
  };
}
