import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { headerValue } from '../../../../src/requests/exchange.ts';
import type { SuiteEvent } from '../../../../src/run/events.ts';
import { runCollection } from '../../../../src/sources/newman.ts';
import { answerJson, bodyOf, collectionOf, eventsOf, exchangesOf, fileOf, judgementsOf, serve, skippedOf } from './collections.ts';

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

describe('runCollection', () => {
  it('yields an exchange for each item, with the bytes of both sides', async () => {
    const { origin, asked } = await serve((request, response) => {
      void bodyOf(request).then((body) => response.writeHead(201, { 'Content-Type': 'application/json', 'X-Twice': ['a', 'b'] }).end(body));
    });
    const events = await eventsOf(
      [
        {
          name: 'Create a thing',
          method: 'POST',
          path: '/things?x=1',
          body: { mode: 'raw', raw: '{"name":"nagel"}' },
          header: [{ key: 'Content-Type', value: 'application/json' }],
          test: "pm.test('is created', () => pm.response.to.have.status(201));\npm.test('is named', () => pm.expect(pm.response.json().name).to.eql('screw'));",
        },
      ],
      { baseUrl: `${origin}/api` },
    );
    const [exchange] = exchangesOf(events);
    expect(asked).toEqual(['POST /api/things?x=1']);
    expect(exchange).toMatchObject({ source: 'newman', title: 'Create a thing', identity: undefined, fault: undefined });
    expect(exchange?.request).toMatchObject({ method: 'POST', url: `${origin}/api/things?x=1` });
    expect(text(exchange?.request.body)).toBe('{"name":"nagel"}');
    expect(exchange?.response?.status).toBe(201);
    expect(exchange?.response?.headers.filter(([name]) => name === 'X-Twice')).toEqual([
      ['X-Twice', 'a'],
      ['X-Twice', 'b'],
    ]);
    expect(text(exchange?.response?.body)).toBe('{"name":"nagel"}');
    expect(exchange?.timing.total).toBeGreaterThan(0);
    expect(judgementsOf(events)).toMatchObject([
      { check: 'collection-assertion', outcome: 'pass', reason: '', topic: 'is created', where: 'Create a thing', confidence: 'certain' },
      { check: 'collection-assertion', outcome: 'fail', topic: 'is named', reason: "expected 'nagel' to deeply equal 'screw'" },
    ]);
    expect(events.map(({ kind }) => kind)).toEqual(['planned', 'exchange', 'done']);
  });

  it('does not take for run what was sent with a variable in its URL that has no value', async () => {
    const { origin } = await serve(answerJson({}, 404));
    const events = await eventsOf(
      [{ name: 'Read', path: '/things/{{thingId}}?in={{place}}', test: "pm.test('is there', () => pm.response.to.have.status(200));" }],
      { baseUrl: origin },
    );
    expect(skippedOf(events)).toEqual(['Read: nothing gives {{thingId}} and {{place}} in its URL a value: name an environment that does']);
    expect(events.map(({ kind }) => kind)).toEqual(['planned', 'skipped']);
  });

  it('records multipart bodies with the very bytes that the target got', async () => {
    let got = '';
    const { origin } = await serve(async (request, response) => {
      got = text(await bodyOf(request));
      response.end();
    });
    const part = { key: 'upload_file', type: 'text', value: '#!/bin/bash\n', fileName: 'job.sh', contentType: 'text/plain' };
    const events = await eventsOf([{ name: 'Upload', method: 'PUT', body: { mode: 'formdata', formdata: [part] } }], { baseUrl: origin });
    expect(text(exchangesOf(events)[0]?.request.body)).toBe(got);
    expect(got).toContain('filename="job.sh"');
  });

  it('decodes a compressed answer and says when it cannot be decoded', async () => {
    const { origin } = await serve((request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Type': 'text/plain' });
      response.end(request.url === '/good' ? gzipSync('hello') : 'not gzip');
    });
    const events = await eventsOf(
      [
        { name: 'good', path: '/good' },
        { name: 'bad', path: '/bad' },
      ],
      { baseUrl: origin },
    );
    const [good, bad] = exchangesOf(events);
    expect(text(good?.response?.body)).toBe('hello');
    expect(bad?.fault?.kind).toBe('encoding');
  });

  it('sends the token and keeps it out of everything that it yields', async () => {
    const token = 'eyJhbGciOi.very-secret-token.c2lnbmF0dXJl';
    const seen: (string | undefined)[] = [];
    const { origin } = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(200, { 'Content-Type': 'application/json', 'X-Echo': token }).end(JSON.stringify({ echo: token }));
    });
    const events = await eventsOf(
      [
        {
          name: 'with',
          path: `/?t={{token}}`,
          test: "pm.test('echo ' + pm.environment.get('token'), () => pm.expect(pm.response.json().echo).to.eql('x'))",
        },
        { name: 'without', auth: { type: 'noauth' }, test: "throw new Error('lost ' + pm.environment.get('token'))" },
      ],
      { baseUrl: origin, token: async () => token, identity: 'admin' },
    );
    expect(seen).toEqual([`Bearer ${token}`, undefined]);
    expect(exchangesOf(events).map(({ identity }) => identity)).toEqual(['admin', undefined]);
    const kept = JSON.stringify(events, (_, value: unknown) => (value instanceof Uint8Array ? text(value) : value));
    expect(kept.includes(token)).toBe(false);
    expect(kept).toContain('lost ');
  });

  it('asks for a token before each item', async () => {
    const seen: (string | undefined)[] = [];
    const { origin } = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end();
    });
    let count = 0;
    await eventsOf([{ name: 'a' }, { name: 'b' }, { name: 'c' }], { baseUrl: origin, token: async () => `token-number-${++count}` });
    expect(seen).toEqual(['Bearer token-number-1', 'Bearer token-number-2', 'Bearer token-number-3']);
  });

  it('has another token after one was refused; the item that it ended accuses nobody', async () => {
    const { origin } = await serve((request, response) => {
      response.writeHead(request.headers.authorization === 'Bearer second-token' ? 200 : 401).end();
    });
    const test = "pm.test('is answered', () => pm.response.to.have.status(200))";
    const items = ['a', 'b', 'c'].map((name) => ({ name, test }));
    const run = async (another: boolean): Promise<SuiteEvent[]> => {
      let held = 'first-token';
      const renew = async (refused: string): Promise<boolean> => {
        if (another) held = 'second-token';
        return refused !== held;
      };
      return eventsOf(items, { baseUrl: origin, token: async () => held, renew });
    };
    const renewed = await run(true);
    expect(exchangesOf(renewed).map(({ title, response }) => [title, response?.status])).toEqual([
      ['b', 200],
      ['c', 200],
    ]);
    expect(judgementsOf(renewed).map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
    expect(skippedOf(renewed)).toEqual(['a: its token was refused, and another was at hand only afterwards: run the collection again']);
    expect(judgementsOf(await run(false)).map(({ outcome }) => outcome)).toEqual(['fail', 'fail', 'fail']);
  });

  it('throws what the token throws, and stops', async () => {
    const { origin, asked } = await serve(answerJson({}));
    let count = 0;
    const token = async (): Promise<string> => {
      count += 1;
      if (count > 1) throw new Error('the provider is gone');
      return 'first-token';
    };
    await expect(eventsOf([{ name: 'a' }, { name: 'b' }, { name: 'c' }], { baseUrl: origin, token })).rejects.toThrow(
      'the provider is gone',
    );
    expect(asked).toHaveLength(1);
  });

  it('makes faults of what came instead of an answer', async () => {
    const { origin } = await serve((request, response) => {
      if (request.url === '/reset') request.socket.destroy();
      else if (request.url === '/cut') {
        response.writeHead(200, { 'Content-Length': '100' });
        response.write('half', () => request.socket.destroy());
      }
    });
    const events = await eventsOf(
      [
        { name: 'reset', path: '/reset' },
        { name: 'cut', path: '/cut' },
        { name: 'slow', path: '/slow' },
      ],
      { baseUrl: origin, timeout: 300 },
    );
    const closed = await eventsOf([{ name: 'refused' }], { baseUrl: 'http://127.0.0.1:1' });
    const faults = exchangesOf([...events, ...closed]).map(({ title, fault }) => [title, fault?.kind]);
    expect(faults).toEqual([
      ['reset', 'reset'],
      ['cut', 'cut-short'],
      ['slow', 'timeout'],
      ['refused', 'refused'],
    ]);
    expect(text(exchangesOf(events)[1]?.response?.body)).toBe('half');
  });

  it('records each hop of a redirect and the requests of scripts', async () => {
    const { origin } = await serve((request, response) => {
      if (request.url === '/from') response.writeHead(307, { Location: '/to', 'Content-Type': 'text/plain' }).end('moved');
      else response.end(request.url);
    });
    const script =
      "pm.sendRequest(pm.environment.get('baseUrl') + '/script', (error, answer) => { pm.test('sent', () => pm.expect(error).to.be.null) });";
    const events = await eventsOf(
      [{ name: 'redirected', path: '/from', before: script, test: "pm.test('arrived', () => pm.response.to.have.status(200));" }],
      {
        baseUrl: origin,
      },
    );
    expect(
      exchangesOf(events).map(({ request, response }) => [request.url.replace(origin, ''), response?.status, text(response?.body)]),
    ).toEqual([
      ['/script', 200, '/script'],
      ['/from', 307, 'moved'],
      ['/to', 200, '/to'],
    ]);
    const last = events.findLast((event) => event.kind === 'exchange');
    expect(last).toMatchObject({ judgements: [{ topic: 'sent' }, { topic: 'arrived' }] });
  });

  it('makes a failed judgement of a script that breaks down, and goes on', async () => {
    const { origin } = await serve(answerJson({}));
    const events = await eventsOf([{ name: 'broken', test: 'pm.nothing.at.all();' }, { name: 'next' }], { baseUrl: origin });
    expect(judgementsOf(events)).toMatchObject([
      { outcome: 'fail', topic: 'script', where: 'broken', reason: expect.stringContaining('a script broke down: TypeError') },
    ]);
    expect(exchangesOf(events)).toHaveLength(2);
  });

  it('says what did not run', async () => {
    const { origin } = await serve(answerJson({}));
    const elsewhere = await serve(answerJson({}));
    const events = await eventsOf(
      [
        { name: 'skips itself', before: 'pm.execution.skipRequest()' },
        {
          name: 'elsewhere',
          path: elsewhere.origin,
          test: "pm.test.skip('later', () => {}); pm.test('there', () => pm.response.to.be.ok)",
        },
        { name: 'invalid', path: 'http://:x', test: "pm.test('answered', () => pm.response.to.have.status(200))" },
        { name: 'ends it', test: 'pm.execution.setNextRequest(null)' },
        { name: 'never' },
      ],
      { baseUrl: origin },
    );
    expect(skippedOf(events)).toEqual([
      'skips itself: its own script skipped it',
      'elsewhere: later: the assertion is skipped in its script',
      `elsewhere: its request went to ${elsewhere.origin}, not to the target`,
      expect.stringMatching(/^invalid: its request could not be sent: .* \(failure\)$/),
      "never: the collection's scripts went past it",
    ]);
    expect(judgementsOf(events)).toMatchObject([{ topic: 'there', outcome: 'pass' }]);
    expect(exchangesOf(events).map(({ title }) => title)).toEqual(['ends it']);
  });

  it('runs folders, iterations and variables as asked', async () => {
    const { origin, asked } = await serve(answerJson({}));
    const [item] = (collectionOf([{ name: 'row', path: '/{{id}}/{{greeting}}' }]) as { item: object[] }).item;
    const collection = { ...collectionOf([]), item: [{ name: 'Rows', item: [item] }, item] };
    const iterationData = await fileOf([{ id: 1 }, { id: 2 }], 'rows.json');
    const environment = await fileOf({ values: [{ key: 'greeting', value: 'no', enabled: true }] }, 'environment.json');
    const events = await eventsOf(collection, {
      baseUrl: origin,
      folder: ['Rows'],
      iterationData,
      environment,
      variables: { greeting: 'hello' },
    });
    expect(asked).toEqual(['GET /1/hello', 'GET /2/hello']);
    expect(events[0]).toEqual({ kind: 'planned', total: 2 });
    expect(exchangesOf(events).map(({ title }) => title)).toEqual(['Rows / row', 'Rows / row']);
  });

  it('holds newman back while the consumer is slow, and stops with it', async () => {
    const { origin, asked } = await serve(answerJson({}));
    const collection = await fileOf(collectionOf(Array.from({ length: 80 }, (_, index) => ({ name: `item ${index}` }))));
    for await (const event of runCollection({ collection, baseUrl: origin, token: async () => undefined, secrets: () => [] })) {
      if (event.kind !== 'planned') {
        await new Promise((resolve) => void setTimeout(resolve, 700));
        break;
      }
    }
    const atBreak = asked.length;
    expect(atBreak).toBeLessThan(40);
    await new Promise((resolve) => void setTimeout(resolve, 100));
    expect(asked.length - atBreak).toBe(0);
  });

  it('has header fields as they were sent', async () => {
    const { origin } = await serve(answerJson({}));
    const [exchange] = exchangesOf(await eventsOf([{ name: 'a', header: [{ key: 'X-Mixed-Case', value: '1' }] }], { baseUrl: origin }));
    expect(exchange?.request.headers).toContainEqual(['X-Mixed-Case', '1']);
    expect(headerValue(exchange?.request.headers ?? [], 'user-agent')).toContain('PostmanRuntime');
  });
});
