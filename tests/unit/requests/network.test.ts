import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { writeFileSync } from 'node:fs';
import type { TLSSocket } from 'node:tls';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { openNetwork, type Network, type NetworkOptions } from '../../../src/requests/network.ts';
import { makeCertificates, passphrase } from '../../support/certificates.ts';
import { connectProxy } from '../../support/connect-proxy.ts';
import { get, text, transport } from './sending.ts';

const certificates = makeCertificates();
afterAll(certificates.remove);
const { path } = certificates;
writeFileSync(path('nothing.pem'), 'no certificate at all\n');
const trusting = { cacert: path('ca.pem') };

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** An https server that says who asks; gives its port. */
function secure(name = 'server', options: ServerOptions = {}): Promise<number> {
  const own = { cert: certificates.text(`${name}.pem`), key: certificates.text(`${name}.key`) };
  const server = createServer({ ...own, ca: certificates.text('ca.pem'), ...options }, (request, response) => {
    const peer = (request.socket as TLSSocket).getPeerCertificate();
    response.end(`${request.headers.host} ${peer.subject?.CN ?? 'nobody'}`);
  });
  return listening(server);
}

const network = (options: NetworkOptions, env: Record<string, string> = {}): Network => openNetwork(options, { env, timeout: 2000 });

const sent = (options: NetworkOptions, url: string, env?: Record<string, string>): ReturnType<typeof get> =>
  get(transport({ connect: network(options, env).connect }), url);

describe('TLS', () => {
  test('trusts an authority that the user names, beside the platform’s', async () => {
    const port = await secure();
    const url = `https://127.0.0.1:${port}/`;
    expect(text(await sent(trusting, url))).toBe(`127.0.0.1:${port} nobody`);
    expect(text(await sent({ insecure: true }, url))).toBe(`127.0.0.1:${port} nobody`);
    expect((await sent({}, url)).fault).toEqual({ kind: 'tls', message: expect.stringContaining('--cacert') });
    expect(await (await network(trusting).fetch(url)).text()).toBe(`127.0.0.1:${port} nobody`);
    await expect(network({}).fetch(url)).rejects.toThrow('fetch failed');
  });

  test('tells an expired certificate and one for another name', async () => {
    const expired = await secure('expired');
    expect((await sent(trusting, `https://127.0.0.1:${expired}/`)).fault).toEqual({
      kind: 'tls',
      message: 'the server’s certificate has expired',
    });
    const port = await secure();
    const resolve = [{ host: 'other.test', port, address: '127.0.0.1' }];
    expect((await sent({ ...trusting, resolve }, `https://other.test:${port}/`)).fault).toEqual({
      kind: 'tls',
      message: 'the server’s certificate is for other names than the one it was asked for',
    });
  });

  test('shows the client certificate, its key locked or not', async () => {
    const port = await secure('server', { requestCert: true, rejectUnauthorized: true });
    const url = `https://127.0.0.1:${port}/`;
    const own = { ...trusting, cert: path('client.pem') };
    expect(text(await sent({ ...own, key: path('client.key') }, url))).toBe(`127.0.0.1:${port} client`);
    const locked = { ...own, key: path('locked.key'), keyPassphrase: 'PASS' };
    expect(text(await sent(locked, url, { PASS: passphrase }))).toBe(`127.0.0.1:${port} client`);
    expect((await sent(trusting, url)).fault).toBeDefined();
  });

  test.each<[string, NetworkOptions, string, string]>([
    [
      'a file that is not there',
      { cacert: path('none.pem') },
      'E_NETWORK',
      `--cacert ${path('none.pem')} cannot be read: there is no such file`,
    ],
    [
      'a file without a certificate',
      { cacert: path('nothing.pem') },
      'E_NETWORK',
      `--cacert ${path('nothing.pem')} holds no certificate in PEM`,
    ],
    ['a key alone', { key: path('client.key') }, 'E_NETWORK', '--key needs the certificate that it belongs to'],
    ['a certificate for a key', { cert: path('client.pem') }, 'E_NETWORK', `--key ${path('client.pem')} holds no private key in PEM`],
    [
      'a key of another certificate',
      { cert: path('client.pem'), key: path('server.key') },
      'E_NETWORK',
      `--key ${path('server.key')} is not the key of the certificate in ${path('client.pem')}`,
    ],
    [
      'a locked key without a passphrase',
      { cert: path('client.pem'), key: path('locked.key') },
      'E_NETWORK',
      `--key ${path('locked.key')} is locked, and the passphrase is not given`,
    ],
    [
      'a locked key with a wrong passphrase',
      { cert: path('client.pem'), key: path('locked.key'), keyPassphrase: 'WRONG' },
      'E_NETWORK',
      `--key ${path('locked.key')} is locked, and the passphrase is wrong`,
    ],
    [
      'a passphrase that is not set',
      { cert: path('client.pem'), key: path('locked.key'), keyPassphrase: 'UNSET' },
      'E_SECRET',
      'the passphrase of the client’s key: environment variable UNSET is not set',
    ],
    ['a proxy that is no URL', { proxy: 'socks5://127.0.0.1:1' }, 'E_NETWORK', '--proxy is no http or https URL of a proxy'],
  ])('refuses %s before anything is sent', (_what, options, code, message) => {
    expect(() => network(options, { WRONG: 'swordfish' })).toThrow(expect.objectContaining({ code, message }));
  });
});

describe('proxies', () => {
  async function plain(): Promise<number> {
    return listening(createHttpServer((request, response) => response.end(`${request.method} ${request.url} ${request.headers.host}`)));
  }
  async function proxy(...given: Parameters<typeof connectProxy>): ReturnType<typeof connectProxy> {
    const started = await connectProxy(...given);
    onTestFinished(started.close);
    return started;
  }

  test('tunnels http and https, requests and fetch alike, and lets the proxy look names up', async () => {
    const { url, asked } = await proxy();
    const [http, https] = [await plain(), await secure()];
    const options = { ...trusting, proxy: url };
    expect(text(await sent(options, `http://staging.test:${http}/a`))).toBe(`GET /a staging.test:${http}`);
    expect(text(await sent(options, `https://staging.test:${https}/`))).toBe(`staging.test:${https} nobody`);
    expect(await (await network(options).fetch(`https://staging.test:${https}/`)).text()).toBe(`staging.test:${https} nobody`);
    expect(asked).toEqual([`staging.test:${http}`, `staging.test:${https}`, `staging.test:${https}`]);
  });

  test('takes them from the environment, but never for loopback', async () => {
    const { url, asked } = await proxy();
    const port = await plain();
    const env = { HTTP_PROXY: url, NO_PROXY: 'other.test' };
    expect(text(await sent({}, `http://staging.test:${port}/`, env))).toBe(`GET / staging.test:${port}`);
    expect(text(await sent({}, `http://127.0.0.1:${port}/`, env))).toBe(`GET / 127.0.0.1:${port}`);
    expect(asked).toEqual([`staging.test:${port}`]);
  });

  test('goes without where an address is given', async () => {
    const { url, asked } = await proxy();
    const port = await secure();
    const resolve = [{ host: 'staging.test', port, address: '127.0.0.1' }];
    expect(text(await sent({ ...trusting, proxy: url, resolve }, `https://staging.test:${port}/`))).toBe(`staging.test:${port} nobody`);
    expect(asked).toEqual([]);
    expect((await sent({ resolve }, `https://staging.test:${port + 1}/`)).fault).toMatchObject({ kind: 'unresolved' });
  });

  test('gives the proxy its password, and tells where it wants one', async () => {
    const { url, credentials } = await proxy((headers) => (headers['proxy-authorization'] === undefined ? 407 : undefined));
    const port = await plain();
    const named = url.replace('http://', 'http://ada:p%40ss@');
    expect(text(await sent({ proxy: named }, `http://127.0.0.1:${port}/`))).toBe(`GET / 127.0.0.1:${port}`);
    expect(credentials).toEqual([`Basic ${Buffer.from('ada:p@ss').toString('base64')}`]);
    expect((await sent({ proxy: url }, `http://127.0.0.1:${port}/`)).fault).toEqual({
      kind: 'refused',
      message: `the proxy ${new URL(url).host} refuses the way to 127.0.0.1:${port} with status 407: it wants a name and password, http://NAME:PASSWORD@HOST:PORT`,
    });
  });

  test('tells a proxy that is not there', async () => {
    expect((await sent({ proxy: 'http://127.0.0.1:1' }, 'http://127.0.0.1:2/')).fault).toEqual({
      kind: 'refused',
      message: 'the proxy 127.0.0.1:1 cannot be used: nobody listens there: the connection was refused',
    });
    const failure = await network({ proxy: 'http://127.0.0.1:1' }).reach(new URL('http://127.0.0.1:2/'));
    expect(failure?.message).toBe('the proxy 127.0.0.1:1 cannot be used: nobody listens there: the connection was refused');
  });
});

describe('HTTP/2', () => {
  async function server(): Promise<string> {
    const own = { cert: certificates.text('server.pem'), key: certificates.text('server.key') };
    const started = createSecureServer({ ...own, allowHTTP1: true }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(201, { 'set-cookie': ['a=1', 'b=2'], 'x-version': request.httpVersion });
        response.end(Buffer.concat(chunks));
      });
    });
    return `https://127.0.0.1:${await listening(started)}/`;
  }

  test('is spoken when it is asked for, and the exchange tells', async () => {
    const url = await server();
    const exchange = await get(transport({ connect: network({ ...trusting, http2: true }).connect }), url, 'POST');
    expect(exchange.response).toMatchObject({ status: 201, protocol: 'HTTP/2' });
    expect(exchange.response?.headers).toEqual(
      expect.arrayContaining([
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
        ['x-version', '2.0'],
      ]),
    );
    expect(text(exchange)).toBe('{}');
  });

  test('is not spoken unasked', async () => {
    const exchange = await sent(trusting, await server());
    expect(exchange.response).toMatchObject({ status: 201, protocol: 'HTTP/1.1' });
  });
});
