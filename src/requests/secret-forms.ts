/** The forms in which a secret may turn up in a message. Pure. */
import { encodeForm, encodeStrict } from './percent-encode.ts';

/** Shorter secrets are not searched for: they would be found everywhere. */
export const shortestSecret = 4;

/** Shorter encoded forms are left out: they would be found by chance. */
const shortestEncoding = 6;

/** The text with each small letter of ASCII a capital, and each capital small. */
export function inOtherCase(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()));
}

/** The secret itself, also in other letters, percent-encoded, as base64 and base64url wherever it stands in the encoded bytes, as hex, and escaped for JSON and HTML. No duplicates. */
export function secretForms(secret: string): string[] {
  if (Buffer.byteLength(secret) < shortestSecret) return [];
  const other = inOtherCase(secret);
  const encoded = [
    other,
    encodeStrict(other),
    ...percentForms(secret),
    ...base64Forms(secret),
    ...hexForms(secret),
    ...jsonForms(secret),
    ...htmlForms(secret),
  ];
  return [...new Set([secret, ...encoded.filter((form) => form.length >= shortestEncoding)])];
}

function percentForms(secret: string): string[] {
  const every = Buffer.from(secret).toString('hex').toUpperCase().replace(/../g, '%$&');
  const forms = [
    encodeStrict(secret),
    encodeForm(secret),
    encodeURI(secret.toWellFormed()),
    encodeURIComponent(secret.toWellFormed()),
    every,
  ];
  return forms.flatMap((form) => [form, form.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase())]);
}

/** The characters that depend on the secret's bytes alone, for each of the three ways it can lie across base64's groups of three bytes. RFC 4648 sections 4 and 5. */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const own = text.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function hexForms(secret: string): string[] {
  const hex = Buffer.from(secret).toString('hex');
  return [hex, hex.toUpperCase()];
}

/** JSON as most write it, with slashes escaped, and in ASCII alone. */
function jsonForms(secret: string): string[] {
  const plain = JSON.stringify(secret).slice(1, -1);
  const ascii = plain.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [plain, ascii].flatMap((form) => [form, form.replaceAll('/', '\\/')]);
}

function htmlForms(secret: string): string[] {
  const plain = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [
    plain,
    ...['&quot;', '&#34;', '&#x22;'].flatMap((quote) =>
      ['&#39;', '&#x27;', '&apos;'].map((single) => plain.replaceAll('"', quote).replaceAll("'", single)),
    ),
  ];
}
