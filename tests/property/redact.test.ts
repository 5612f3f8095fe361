import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor } from '../../src/requests/redact.ts';

const seed = process.env['SEED'] === undefined ? Date.now() : Number(process.env['SEED']);

/** Ways in which a program may write a secret. Written without a look at the redactor's own. */
const encodings: Readonly<Record<string, (secret: string, before: string, after: string) => string>> = {
  plain: (secret) => secret,
  component: (secret) => encodeURIComponent(secret),
  uri: (secret) => encodeURI(secret),
  form: (secret) => new URLSearchParams([['k', secret]]).toString().slice(2),
  'lower-case escapes': (secret) => encodeURIComponent(secret).replace(/%../g, (escape) => escape.toLowerCase()),
  'every byte escaped': (secret) => [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  'base64 among others': (secret, before, after) => Buffer.from(before + secret + after).toString('base64'),
  'base64url among others': (secret, before, after) => Buffer.from(before + secret + after).toString('base64url'),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'upper-case hex': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  json: (secret) => JSON.stringify(secret),
  'ascii json': (secret) => JSON.stringify(secret).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  html: (secret) =>
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
};

const printable = fc.string({ minLength: 8, maxLength: 80, unit: 'binary' }).filter((text) => text.isWellFormed());
const secrets = fc.oneof(fc.base64String({ minLength: 8, maxLength: 200 }), fc.uuid(), printable);
const filler = fc.string({ maxLength: 60, unit: 'binary' }).filter((text) => text.isWellFormed());

test.each(Object.entries(encodings))('no secret written as %s survives, in text or bytes', (name, encode) => {
  fc.assert(
    fc.property(fc.array(secrets, { minLength: 1, maxLength: 4 }), filler, filler, (known, before, after) => {
      const redactor = createRedactor(() => known);
      for (const secret of known) {
        const form = encode(secret, before, after);
        const message = `${before}${form}${after}`;
        const kept = [
          redactor.text(message),
          redactor.headers([['X-Any', message]])[0]?.[1] ?? '',
          Buffer.from(redactor.bytes(Buffer.from(message))).toString(),
        ];
        for (const text of kept) expect(survivors(text, secret, form, name.includes('among') ? before : '')).toEqual([]);
      }
    }),
    { seed, numRuns: 100 },
  );
});

/** The secret itself, the form it was written in, and of base64 what belongs to the secret alone. */
function survivors(text: string, secret: string, form: string, before: string): string[] {
  const start = Buffer.byteLength(before);
  const inner = form.slice(Math.ceil((start * 8) / 6), Math.floor(((start + Buffer.byteLength(secret)) * 8) / 6));
  return [secret, form, ...(inner.length > 8 ? [inner] : [])].filter((needle) => text.includes(needle));
}

test('what holds no secret is left as it is', () => {
  fc.assert(
    fc.property(fc.array(fc.uuid(), { maxLength: 5 }), fc.string({ maxLength: 300 }), (known, text) => {
      const redactor = createRedactor(() => known);
      expect(redactor.text(text)).toBe(text);
      const bytes = Buffer.from(text);
      expect(redactor.bytes(bytes)).toBe(bytes);
    }),
    { seed },
  );
});
