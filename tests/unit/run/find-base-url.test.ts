import { describe, expect, it } from 'vitest';
import { findBaseUrl } from '../../../src/run/find-base-url.ts';
import { createContract } from '../../../src/spec/create-contract.ts';

const paths = { '/pets': { get: { responses: {} } }, '/owners': { get: { responses: {} } } };
const host = 'http://127.0.0.1:8000';

interface Setting {
  readonly servers?: readonly string[];
  readonly source?: string;
  readonly location?: string;
  /** Content type by URL of what is there. */
  readonly there: Readonly<Record<string, string>>;
}

async function find({ servers = [], location = `${host}/openapi.json`, source = location, there }: Setting) {
  const asked: string[] = [];
  const told: string[] = [];
  const document = { openapi: '3.1.0', info: { title: 'x', version: '1' }, servers: servers.map((url) => ({ url })), paths };
  const fetch = (input: unknown): Promise<Response> => {
    const url = String(input);
    asked.push(url);
    const type = there[url];
    return Promise.resolve(
      type === undefined ? new Response('', { status: 404 }) : new Response('', { headers: { 'content-type': type } }),
    );
  };
  const base = await findBaseUrl(createContract(document, { location }), { source, location, fetch, tell: (line) => void told.push(line) });
  return { base, asked, told };
}

describe('where the paths of an API begin', () => {
  it('is where the document says, once any of them is there', async () => {
    const { base, asked, told } = await find({ there: { [`${host}/owners`]: 'application/json' } });
    expect({ base, told }).toEqual({ base: host, told: [] });
    expect(asked).toEqual([`${host}/pets`, `${host}/owners`]);
  });

  it.each<{ what: string; given: Setting; want: string }>([
    { what: 'below a usual prefix', given: { there: { [`${host}/api/pets`]: 'application/json' } }, want: `${host}/api` },
    {
      what: 'below a folder of the address that was named',
      given: { source: `${host}/shop/v2/docs/index.html`, there: { [`${host}/shop/v2/pets`]: 'application/json' } },
      want: `${host}/shop/v2`,
    },
    {
      what: 'below a later server',
      given: { servers: ['/', '/staging'], there: { [`${host}/staging/pets`]: 'application/json' } },
      want: `${host}/staging`,
    },
    {
      what: 'on this machine, where the document names another one',
      given: { servers: ['https://api.example.com/v3'], there: { [`${host}/v3/pets`]: 'application/json' } },
      want: `${host}/v3`,
    },
    {
      what: 'not where one page is served for all paths',
      given: {
        there: { [`${host}/pets`]: 'text/html; charset=utf-8', [`${host}/owners`]: 'text/html', [`${host}/v1/pets`]: 'application/json' },
      },
      want: `${host}/v1`,
    },
  ])('is found $what, and told', async ({ given, want }) => {
    const { base, told } = await find(given);
    expect(base).toBe(want);
    expect(told).toEqual([expect.stringContaining(want)]);
  });

  it('stays what the document says where nothing is anywhere', async () => {
    expect(await find({ there: {} })).toMatchObject({ base: host, told: [] });
  });

  it('is not asked about for the document of a file', async () => {
    expect(await find({ location: '/tmp/openapi.json', servers: ['https://api.example.com'], there: {} })).toEqual({
      base: 'https://api.example.com',
      asked: [],
      told: [],
    });
  });
});
