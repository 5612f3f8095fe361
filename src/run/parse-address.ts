/** Reads addresses: of APIs, and of hosts that no name server knows. */
import { isIP } from 'node:net';
import type { ResolvedHost } from '../requests/network.ts';
import { parser, type Parsed, type Parser } from './parse-setting.ts';

/** An http or https URL, without slashes at its end. */
export const webAddress: Parser<string> = parser(
  { type: 'string', format: 'uri', pattern: '^https?://[^/?#\\s]' },
  (given): Parsed<string> => {
    const usable = typeof given === 'string' && URL.canParse(given) && /^https?:$/.test(new URL(given).protocol);
    return usable ? { value: given.replace(/\/+$/, '') } : { problem: 'must be an http or https URL' };
  },
);

/** As curl takes `--resolve`, addresses of IPv6 in brackets or not. */
export const resolvedHost: Parser<ResolvedHost> = parser({ type: 'string' }, (given) => {
  const [, host, port, address] = /^(\[[^\]]+\]|[^:]+):(\d{1,5}):\[?([^\]]+)\]?$/.exec(typeof given === 'string' ? given : '') ?? [];
  return host === undefined || address === undefined || isIP(address) === 0
    ? { problem: 'must have the form HOST:PORT:ADDRESS, ADDRESS an IP address' }
    : { value: { host, port: Number(port), address } };
});
