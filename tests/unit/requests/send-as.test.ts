import { describe, expect, onTestFinished, test } from 'vitest';
import type { CredentialSource, Identity } from '../../../src/auth/identity.ts';
import { sendAs } from '../../../src/requests/send-as.ts';
import { createTransport } from '../../../src/requests/send.ts';
import { listen } from '../../support/local-oidc.ts';
import { contract, operation } from './operation.ts';

/** An identity whose secrets come one after the other, a new one for each renewal, and an API that takes some of them. */
async function setUp(secrets: readonly string[], good: readonly string[]) {
  const sent: string[] = [];
  let at = 0;
  const origin = await listen((request, response) => {
    const secret = request.headers.authorization?.split(' ')[1] ?? '';
    sent.push(secret);
    response.writeHead(good.includes(secret) ? 200 : 401).end();
  });
  const source: CredentialSource = {
    form: { scheme: 'Bearer' },
    credential: () => Promise.resolve({ scheme: 'Bearer', secret: secrets[at] ?? '' }),
    renew: (refused) => {
      if (secrets[at] === refused && at + 1 < secrets.length) at += 1;
      return Promise.resolve(secrets[at] !== refused);
    },
    secrets: () => secrets,
  };
  const identity: Identity = { name: 'me', sources: [source], credential: source.credential, secrets: source.secrets };
  const transport = createTransport({
    connections: 4,
    headersTimeout: 5000,
    bodyTimeout: 5000,
    totalTimeout: 5000,
    maxBodyBytes: 10_000,
    rate: undefined,
    secrets: source.secrets,
  });
  onTestFinished(() => transport.close());
  const send = async (): Promise<number | undefined> => {
    const request = { method: 'GET', url: `${origin}/things`, headers: [], body: undefined } as const;
    const exchange = await sendAs({ identity, contract: contract({}), operation: operation() }, transport, request, {
      id: '1',
      source: 'generated',
      title: '',
    });
    expect(exchange.identity).toBe('me');
    return exchange.response?.status;
  };
  return { send, sent };
}

describe('a request that the API refuses with 401', () => {
  test.each([
    { why: 'is not sent again when the credential was good', secrets: ['first'], good: ['first'], sent: ['first'], status: 200 },
    {
      why: 'is sent once more with a renewed credential, and that is the evidence',
      secrets: ['first', 'second-one'],
      good: ['second-one'],
      sent: ['first', 'second-one'],
      status: 200,
    },
    { why: 'is sent no third time', secrets: ['first', 'second-one', 'third-one'], good: [], sent: ['first', 'second-one'], status: 401 },
    { why: 'is not sent again when nothing else is at hand', secrets: ['first'], good: [], sent: ['first'], status: 401 },
  ])('$why', async ({ secrets, good, sent: want, status }) => {
    const { send, sent } = await setUp(secrets, good);
    expect([await send(), sent]).toEqual([status, want]);
  });
});
