import { expect, it } from 'vitest';
import { discoverDocument } from '../../../src/spec/discover-document.ts';

const origin = 'http://127.0.0.1:1';
const answering =
  (answers: Readonly<Record<string, () => Response>>): typeof fetch =>
  (url) =>
    Promise.resolve(answers[new URL(String(url)).pathname]?.() ?? new Response('', { status: 404 }));

it.each<[string, Readonly<Record<string, () => Response>>, RegExp]>([
  ['what the source itself gave', {}, /^http:\/\/127\.0\.0\.1:1\/ answers 404$/],
  [
    'that the document needs credentials, where a usual place does',
    { '/openapi.json': () => new Response('', { status: 401 }) },
    /\/openapi\.json answers 401$/,
  ],
  [
    'that it is behind a login, where a usual place leads there',
    {
      '/openapi.json': () => new Response('', { status: 302, headers: { location: '/sign-in' } }),
      '/sign-in': () => new Response('<!doctype html><p>Hello'),
    },
    /\/sign-in is a page that asks who calls/,
  ],
])('says %s', async (_, answers, message) => {
  await expect(discoverDocument(`${origin}/`, { fetch: answering(answers) })).rejects.toMatchObject({
    code: 'E_SPEC_FETCH',
    message: expect.stringMatching(message) as string,
  });
});
