import { describe, expect, it } from 'vitest';
import type { Headers } from '../../../src/requests/exchange.ts';
import { createLearningRedactor } from '../../../src/requests/learning-redactor.ts';
import type { SecurityScheme } from '../../../src/spec/contract.ts';

const key = (place: 'header' | 'query', parameterName: string): SecurityScheme => ({
  name: parameterName,
  type: 'apiKey',
  scheme: undefined,
  in: place,
  parameterName,
  pointer: '',
});
const document = { info: { title: 'The my-own-word API' } };
const contract = {
  document,
  securitySchemes: new Map([key('header', 'X-Tenant'), key('query', 'sig')].map((scheme) => [scheme.name, scheme])),
};
const redactor = (known: readonly string[] = []): ReturnType<typeof createLearningRedactor> =>
  createLearningRedactor(() => known, contract);
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl';
const json: Headers = [['Content-Type', 'application/json']];
const form: Headers = [['Content-Type', 'application/x-www-form-urlencoded']];

describe('a credential that was seen', () => {
  it.each<[string, { readonly url?: string; readonly headers?: Headers; readonly body?: string }, string]>([
    ['as a bearer token', { headers: [['authorization', 'Bearer opaque-token']] }, 'opaque-token'],
    ['as a password', { headers: [['Authorization', `Basic ${Buffer.from('me:my-password').toString('base64')}`]] }, 'my-password'],
    ['as a cookie', { headers: [['Cookie', 'a=1; sid=0123456789abcdef']] }, '0123456789abcdef'],
    ['as a cookie that was set', { headers: [['set-cookie', 'sid=0123456789abcdef; HttpOnly']] }, '0123456789abcdef'],
    ['as an API key of the document', { headers: [['x-tenant', 'the-tenants-own-key']] }, 'the-tenants-own-key'],
    ['as a query parameter of the document', { url: 'http://api.test/a?sig=a%2Fb%2Fc%2Fd%2Fe' }, 'a/b/c/d/e'],
    ['as a member of JSON', { headers: json, body: String.raw`{"refresh_token" : "a\/b\/c\/\u0064\/e"}` }, 'a/b/c/d/e'],
    ['as a field of a form', { headers: form, body: 'client_secret=not+for+you' }, 'not for you'],
    ['as a JSON web token anywhere in JSON', { headers: json, body: `["${jwt}"]` }, jwt],
  ])('%s is struck wherever it turns up', (_, { url = '', headers = [], body }, secret) => {
    const learning = redactor();
    learning.learn({ url, headers, body: body === undefined ? undefined : Buffer.from(body) });
    expect(learning.text(`said ${secret}`)).toBe('said ‹secret›');
    expect(learning.headers([['X-Echo', encodeURIComponent(secret)]])).toEqual([['X-Echo', '‹secret›']]);
    expect(Buffer.from(learning.bytes(Buffer.from(`said ${secret}`))).toString()).toBe(`said ${'*'.repeat(secret.length)}`);
  });

  it('is none where the document says it', () => {
    const learning = redactor();
    learning.learn({ headers: [['Authorization', `Basic ${Buffer.from('me:My-Own-Word').toString('base64')}`]], body: undefined });
    expect(learning.text('my-own-word, My-Own-Word')).toBe('my-own-word, My-Own-Word');
    expect(learning.text('me:My-Own-Word')).toBe('‹secret›');
  });

  it('is forgotten for newer ones, and learned again', () => {
    const learning = redactor();
    const learn = (token: string): void => learning.learn({ headers: [['Authorization', `Bearer ${token}`]], body: undefined });
    learn('the-first-token');
    for (let index = 0; index < 500; index += 1) learn(`another-token-${index}`);
    expect(learning.text('the-first-token')).toBe('the-first-token');
    learn('the-first-token');
    expect(learning.text('the-first-token')).toBe('‹secret›');
  });
});

describe('a place where credentials stand', () => {
  it.each([
    ['Cookie', 'theme=dark; a=b', 'theme=‹secret›; a=‹secret›'],
    ['Set-Cookie', 'theme=dark; Path=/a=b', 'theme=‹secret›; Path=/a=b'],
    ['X-Tenant', 'short-one', '‹secret›'],
    ['X-Csrf-Token', 'something', '‹secret›'],
    ['X-Ratelimit-Tokens', '5', '5'],
    ['Accept', 'application/json', 'application/json'],
    ['Authorization', 'Bearer known-to-us', 'Bearer ‹token›'],
    ['Authorization', 'Bearer x', 'Bearer ‹other token›'],
  ])('is hidden whatever it holds: %s: %s', (name, value, want) => {
    expect(redactor(['known-to-us']).headers([[name, value]])).toEqual([[name, want]]);
  });

  it.each([
    ['http://api.test/a?token=x&page=2', 'http://api.test/a?token=‹secret›&page=2'],
    ['http://api.test/a?page=2&SIG=x', 'http://api.test/a?page=2&SIG=‹secret›'],
    ['http://api.test/a?api_key=&page=2', 'http://api.test/a?api_key=&page=2'],
    ['http://api.test/token=x', 'http://api.test/token=x'],
  ])('is hidden in %s', (url, want) => {
    expect(redactor().text(url)).toBe(want);
  });
});

it('leaves everyday words alone', () => {
  const learning = redactor();
  learning.learn({
    headers: [
      ['Cookie', 'theme=dark; feature=disabled'],
      ['Authorization', 'Basic bWU6bWU='],
    ],
    body: undefined,
  });
  const body = Buffer.from('{"theme":"dark","feature":"disabled","me":"me"}');
  expect(learning.bytes(body)).toBe(body);
});
