/** Addresses as the configuration writes them, and as they are from here. */
import { HarnessError } from '../../errors.ts';
import type { ContainerTargetOptions } from './options.ts';
import type { Running } from './readiness.ts';
import type { PublishedPort } from './start-container.ts';

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** The container and port inside that a URL means; undefined when its host is no container. */
function meantBy(url: string | undefined, names: readonly string[]): { readonly name: string; readonly port: number } | undefined {
  const parsed = URL.parse(url ?? '');
  if (parsed === null || !names.includes(parsed.hostname)) return undefined;
  return { name: parsed.hostname, port: Number(parsed.port || (defaultPorts[parsed.protocol] ?? 0)) };
}

/** The URL with the address at which the container is published; as it is when its host is no container. Throws HarnessError E_CONFIG for a port that is not published. */
export function publishedUrl(url: string, running: ReadonlyMap<string, Running>): string {
  const meant = meantBy(url, [...running.keys()]);
  const container = meant && running.get(meant.name);
  if (container === undefined) return url;
  const port = container.ports.get(meant?.port ?? 0);
  if (port === undefined) {
    const known = [...container.ports.keys()].join(', ') || 'none';
    throw new HarnessError('E_CONFIG', `${url}: container ${container.name} publishes no port ${meant?.port}; it publishes ${known}`);
  }
  const parsed = new URL(url);
  parsed.hostname = container.host;
  parsed.port = String(port);
  return parsed.href.replace(/\/+$/, '');
}

/** The ports to publish of a container: its own, and those that its readiness, the base URL and the issuer name. Throws HarnessError E_CONFIG for one that is none. */
export function portsOf(name: string, { baseUrl, issuer, containers = {} }: ContainerTargetOptions): readonly PublishedPort[] {
  const { ports = [], ready = [] } = containers[name] ?? {};
  const own = ports.map((port) => parsePort(name, port));
  const asked = ready.flatMap((readiness) => ('port' in readiness ? [readiness.port] : []));
  const named = [baseUrl, issuer].flatMap((url) => meantBy(url, [name])?.port ?? []);
  const others = new Set([...asked, ...named].filter((port) => own.every(({ container }) => container !== port)));
  return [...own, ...[...others].map((container) => ({ container, host: undefined }))];
}

function parsePort(name: string, given: number | string): PublishedPort {
  const [, host, container] = /^(?:(\d+):)?(\d+)$/.exec(String(given)) ?? [];
  const ports = [host, container].filter((port) => port !== undefined).map(Number);
  if (container === undefined || ports.some((port) => port < 1 || port > 65_535)) {
    throw new HarnessError('E_CONFIG', `container ${name}: ${JSON.stringify(given)} is no port, nor two as in "18080:8080" (here:inside)`);
  }
  return { container: Number(container), host: host === undefined ? undefined : Number(host) };
}
