import { expect, test } from 'vitest';
import { createRedactor } from '../../../src/requests/redact.ts';
import { inOtherCase } from '../../../src/requests/secret-forms.ts';

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl';
const secret = 'client secret/+"<ü>';
const redactor = createRedactor(() => [token, secret, 'me:password', 'abc']);

test.each([
  ['Authorization', `Bearer ${token}`, 'Bearer ‹token›'],
  ['authorization', token, '‹token›'],
  ['Proxy-Authorization', `Basic ${Buffer.from('me:password').toString('base64')}`, 'Basic ‹token›'],
  ['Authorization', `Bearer ${token}x`, 'Bearer ‹other token›'],
  ['Authorization', `Bearer ${token.slice(0, -4)}`, 'Bearer ‹other token›'],
  ['Authorization', 'Digest username="me", response="123"', 'Digest ‹other token›'],
  ['Authorization', 'Bearer ', 'Bearer '],
  ['Authorization', '', ''],
  ['Authorization', 'Bearer specproof-garbage-credential', 'Bearer specproof-garbage-credential'],
  ['X-Api-Key', token, '‹secret›'],
  ['X-Api-Key', inOtherCase(token), '‹secret›'],
  ['Cookie', `a=1; sid=${encodeURIComponent(secret)}`, 'a=1; sid=‹secret›'],
  ['X-Other', 'nothing of the kind', 'nothing of the kind'],
  ['X-Short', 'abc', 'abc'],
])('the field %s: %s is kept as %s', (name, value, want) => {
  expect(redactor.headers([[name, value]])).toEqual([[name, want]]);
});

test('bytes are overwritten one for one, and returned themselves where there is nothing to strike', () => {
  const clean = Buffer.from('nothing of the kind, however long it may be, and with eyJhbGciOiJIUzI1NiJ9 in it');
  expect(redactor.bytes(clean)).toBe(clean);
  const dirty = Buffer.from(`é ${token}, ${secret} and ${token}`);
  const copy = Buffer.from(dirty);
  expect(Buffer.from(redactor.bytes(dirty)).toString()).toBe(
    `é ${'*'.repeat(token.length)}, ${'*'.repeat(Buffer.byteLength(secret))} and ${'*'.repeat(token.length)}`,
  );
  expect(dirty).toEqual(copy);
});

test('a secret within a longer one leaves nothing of the longer one standing', () => {
  const nested = createRedactor(() => ['inner', 'outer-inner-outer']);
  expect(nested.text('an outer-inner-outer and an inner')).toBe('an ‹secret› and an ‹secret›');
});

test('secrets are those known at the time', () => {
  const known: string[] = [];
  const growing = createRedactor(() => known);
  expect(growing.text('first second')).toBe('first second');
  known.push('second');
  expect(growing.text('first second')).toBe('first ‹secret›');
  known.push('first');
  expect(growing.text('first second')).toBe('‹secret› ‹secret›');
});

test('an exchange keeps no secret in any of its parts', () => {
  const bytes = Buffer.from(`it is ${token}`);
  const struck = redactor.exchange({
    id: '1',
    source: 'call',
    title: `with ${token}`,
    identity: 'me',
    request: { method: 'GET', url: `http://host/?key=${token}`, headers: [['X-Api-Key', token]], body: bytes },
    response: { status: 200, headers: [['x-echo', token]], body: bytes },
    fault: { kind: 'cut-short', message: `after ${token}` },
    timing: { startedAt: 0, headers: 1, total: 2 },
  });
  const texts = [struck.request.body, struck.response?.body].map((body) => Buffer.from(body ?? []).toString());
  expect(texts).toEqual([`it is ${'*'.repeat(token.length)}`, `it is ${'*'.repeat(token.length)}`]);
  expect(JSON.stringify({ ...struck, request: { ...struck.request, body: '' }, response: { ...struck.response, body: '' } })).not.toContain(
    token,
  );
  expect(struck).toMatchObject({ title: 'with ‹secret›', fault: { message: 'after ‹secret›' }, timing: { total: 2 } });
});
