import { describe, expect, it } from 'vitest';
import { portsOf, publishedUrl } from '../../../../src/targets/container/addresses.ts';
import type { ContainerTargetOptions } from '../../../../src/targets/container/options.ts';
import type { Running } from '../../../../src/targets/container/readiness.ts';

const api = { name: 'api', host: 'localhost', ports: new Map([[8000, 49_153]]) } as Pick<Running, 'name' | 'host' | 'ports'> as Running;

describe('the address at which a container is published', () => {
  it.each([
    { given: 'http://api:8000', want: 'http://localhost:49153' },
    { given: 'http://api:8000/v1/', want: 'http://localhost:49153/v1' },
    { given: 'http://127.0.0.1:18400/v1', want: 'http://127.0.0.1:18400/v1' },
    { given: 'http://api.example:8000', want: 'http://api.example:8000' },
  ])('of $given is $want', ({ given, want }) => {
    expect(publishedUrl(given, new Map([['api', api]]))).toBe(want);
  });

  it('is refused for a port that is not published', () => {
    expect(() => publishedUrl('http://api/v1', new Map([['api', api]]))).toThrow(
      expect.objectContaining({
        code: 'E_CONFIG',
        message: 'http://api/v1: container api publishes no port 80; it publishes 8000',
      }) as Error,
    );
  });
});

describe('the ports to publish', () => {
  const target = (ports: readonly (number | string)[], more: Partial<ContainerTargetOptions> = {}): ContainerTargetOptions => ({
    kind: 'container',
    baseUrl: 'http://api:8000/v1',
    containers: { api: { image: 'api', ports, ready: [{ kind: 'port', port: 9000 }] } },
    ...more,
  });

  it.each([
    { why: 'those that base URL and readiness name', given: target([]), want: [{ container: 9000 }, { container: 8000 }] },
    {
      why: 'each once, at the port here that is asked for',
      given: target(['18000:8000', 9000]),
      want: [{ container: 8000, host: 18_000 }, { container: 9000 }],
    },
    {
      why: 'that of the issuer',
      given: target([9000], { baseUrl: 'http://127.0.0.1', issuer: 'https://api/realm' }),
      want: [{ container: 9000 }, { container: 443 }],
    },
  ])('are $why', ({ given, want }) => {
    expect(portsOf('api', given)).toEqual(want.map((port) => ({ host: undefined, ...port })));
  });

  it.each(['eighty', '1:2:3', '0:80', 70_000])('cannot be %s', (port) => {
    expect(() => portsOf('api', target([port]))).toThrow(expect.objectContaining({ code: 'E_CONFIG' }) as Error);
  });
});
