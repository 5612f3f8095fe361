/** A call as source text for other clients, by the optional package @scalar/snippetz. What that would not write truly is refused: a snippet sends the same request (files under the names they were given by) or there is none. */
import { isUtf8 } from 'node:buffer';
import type { HarRequest, Plugin } from '@scalar/snippetz';
import { HarnessError } from '../errors.ts';
import { jsonDetails } from '../lib/json-text.ts';
import type { Json } from '../lib/json.ts';
import { isJsonType } from '../lib/media-type.ts';
import { headerValue, type SentRequest } from '../requests/exchange.ts';
import { essenceOf } from '../requests/media-type.ts';
import { encodeStrict } from '../requests/percent-encode.ts';
import { quote, type Variable } from '../requests/shell-quote.ts';
import type { FormField } from './call-body.ts';
import { loadOptional } from '../lib/load-optional.ts';

interface Language {
  readonly plugin: () => Promise<Plugin>;
  /** The snippet as a whole program. */
  readonly program: (snippet: string) => string;
  /** The snippet with the marks replaced by the environment's variables. */
  readonly withVariables: (snippet: string, variables: readonly Variable[]) => string;
}

/** Concatenation: what a mark leaves empty on its sides goes. */
const concatenated =
  (mark: '"' | "'", reference: (name: string) => string): Language['withVariables'] =>
  (snippet, variables) =>
    variables
      .reduce((text, variable) => text.replaceAll(variable.mark, `${mark} + ${reference(variable.name)} + ${mark}`), snippet)
      .replaceAll(`${mark}${mark} + `, '')
      .replaceAll(` + ${mark}${mark}`, '');

const languages: Readonly<Record<'httpx' | 'fetch' | 'httpie', Language>> = {
  httpx: {
    plugin: async () => (await import('@scalar/snippetz/plugins/python/httpx')).pythonHttpxSync,
    program: (snippet) => `import os\n\nimport httpx\n\nresponse = ${snippet}\nprint(response.text)`,
    withVariables: concatenated('"', (name) => `os.environ["${name}"]`),
  },
  fetch: {
    plugin: async () => (await import('@scalar/snippetz/plugins/node/fetch')).nodeFetch,
    program: (snippet) => `${snippet.replace(/^fetch\(/m, 'const response = await fetch(')}\nconsole.log(await response.text())`,
    withVariables: concatenated("'", (name) => `process.env.${name}`),
  },
  httpie: {
    plugin: async () => (await import('@scalar/snippetz/plugins/shell/httpie')).shellHttpie,
    program: (snippet) => snippet,
    withVariables: (snippet, variables) =>
      snippet.replaceAll(/'(?:[^']|'\\'')*'/g, (word) =>
        variables.some(({ mark }) => word.includes(mark)) ? quote(word.slice(1, -1).replaceAll(String.raw`'\''`, "'"), variables) : word,
      ),
  },
};

/** Clients that a call can be written for, beside curl. */
export const snippetKinds: readonly string[] = Object.keys(languages);

/**
 * The program that sends the request with the client; marks in it become variables of the environment.
 * @throws HarnessError `E_OPTIONAL` without the package, `E_USAGE` for a body that the client's snippet would change
 */
export async function renderSnippet(
  kind: keyof typeof languages,
  request: SentRequest,
  fields: readonly FormField[] | undefined,
  variables: readonly Variable[],
): Promise<string> {
  const language = languages[kind];
  const body = bodyOf(request, fields);
  const reason = whyUntrue(kind, body);
  if (reason !== undefined) throw new HarnessError('E_USAGE', `--as ${kind}: ${reason}`, { hint: 'take --as curl' });
  const headers = request.headers
    .filter(([name]) => body?.kind !== 'multipart' || name.toLowerCase() !== 'content-type')
    .map(([name, value]) => ({ name, value }));
  const snippet = (await loadPlugin(language)).generate({
    // The plugins take these as they are into their quotes.
    url: request.url.replaceAll(/['"\\]/g, encodeStrict),
    method: request.method,
    headers,
    ...(body !== undefined && body.kind !== 'bytes' && { postData: postDataOf(body) }),
  });
  return language.withVariables(language.program(snippet), variables);
}

/** Whether there are snippets of that kind. */
export function isSnippetKind(kind: string): kind is keyof typeof languages {
  return Object.hasOwn(languages, kind);
}

const loadPlugin = ({ plugin }: Language): Promise<Plugin> =>
  loadOptional('@scalar/snippetz', 'snippets need', plugin, '--as curl needs nothing');

type Body =
  | { readonly kind: 'multipart' | 'urlencoded'; readonly type: string; readonly fields: readonly FormField[] }
  | { readonly kind: 'json' | 'text'; readonly type: string; readonly bytes: Uint8Array; readonly text: string }
  | { readonly kind: 'bytes' };

function bodyOf({ headers, body }: SentRequest, fields: readonly FormField[] | undefined): Body | undefined {
  if (body === undefined) return undefined;
  const type = essenceOf(headerValue(headers, 'content-type') ?? '');
  if (fields !== undefined) return { kind: type.startsWith('multipart/') ? 'multipart' : 'urlencoded', type, fields };
  if (!isUtf8(body)) return { kind: 'bytes' };
  return { kind: isJsonType(type) ? 'json' : 'text', type, bytes: body, text: new TextDecoder().decode(body) };
}

/** What the snippet would say otherwise than the request. */
function whyUntrue(kind: keyof typeof languages, body: Body | undefined): string | undefined {
  if (body === undefined) return undefined;
  if ('fields' in body) {
    if (body.kind === 'urlencoded') return undefined;
    const plain = body.fields.every((field) => !/['"\\\r\n]/.test(Object.values(field).join('')));
    if (!plain) return 'its snippets do not quote such form fields';
    if (body.fields.some((field) => 'file' in field && field.fileName !== undefined)) return 'its snippets give no file another name';
    if (kind === 'fetch' && body.fields.some((field) => 'type' in field && field.type !== undefined))
      return 'its snippets leave out the type of a file';
    return kind === 'httpx' && body.fields.every((field) => 'value' in field) ? 'it sends a form without a file URL-encoded' : undefined;
  }
  if (body.kind === 'bytes') return 'the body is no text';
  if (kind === 'httpie') return undefined;
  if (body.kind === 'text') return kind === 'httpx' ? `its snippets leave out a body of type ${body.type}` : undefined;
  return isReread(body.bytes, body.text) ? undefined : 'the JSON would not be written as it is';
}

/** Whether the text says the same once it was parsed and written again. */
function isReread(bytes: Uint8Array, text: string): boolean {
  try {
    const { duplicate, numbers } = jsonDetails(bytes, text, JSON.parse(text) as Json);
    return duplicate === undefined && numbers.size === 0;
  } catch {
    return false;
  }
}

function postDataOf(body: Exclude<Body, { readonly kind: 'bytes' }>): NonNullable<HarRequest['postData']> {
  if ('text' in body) return { mimeType: body.kind === 'json' ? 'application/json' : body.type, text: body.text };
  return {
    mimeType: body.type,
    params: body.fields.map((field) =>
      'value' in field ? field : { name: field.name, fileName: field.file, contentType: field.type ?? 'application/octet-stream' },
    ),
  };
}
