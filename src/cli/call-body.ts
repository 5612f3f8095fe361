/** The body of `specproof call`: as typed, from a file or stdin, of form fields, or made from the schema. */
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type * as Planning from '../cases/planning.ts';
import { HarnessError } from '../errors.ts';
import { fileErrorReason } from '../lib/file-error.ts';
import { serializeBody } from '../requests/serialize-body.ts';
import type { Contract, Operation } from '../spec/contract.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';
import { parsePairs, textList } from './parse-flags.ts';

/** A field of a form: a text, or a file to read. */
export type FormField = { readonly name: string } & (
  | { readonly value: string }
  | {
      readonly file: string;
      readonly type: string | undefined;
      /** What it is called in the form, where that is not its own name. */
      readonly fileName: string | undefined;
    }
);

export interface CallBody {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** Of a form, as typed. */
  readonly fields?: readonly FormField[];
}

/** Whether the flags ask for a body. */
export function asksForBody({ data, dataRaw, json, form, example, get }: Invocation['flags']): boolean {
  if (get === true) return false;
  return data !== undefined || json !== undefined || dataRaw !== undefined || form !== undefined || example === true;
}

/**
 * The body that the flags ask for, or undefined.
 * @throws HarnessError `E_USAGE` for more than one, for a file that cannot be read, and for an example that cannot be made
 */
export async function readCallBody(
  { flags, io }: Pick<Invocation, 'flags' | 'io'>,
  contract: Contract,
  operation: Operation | undefined,
): Promise<CallBody | undefined> {
  const { dataRaw, json, form, example } = flags;
  const data = flags['get'] === true ? [] : textList(flags['data']);
  if ([data[0], dataRaw, json, form, example].filter((given) => given !== undefined).length > 1)
    throw new HarnessError('E_USAGE', '--data, --data-raw, --json, --form and --example are ways to give one body: take one');
  if (typeof dataRaw === 'string') return { bytes: Buffer.from(dataRaw), contentType: await usualType(operation) };
  if (typeof json === 'string') return { bytes: await readData('--json', json, io), contentType: 'application/json' };
  if (data.length > 0) return { bytes: await joinData(data, io), contentType: await usualType(operation) };
  if (form !== undefined) return formBody(parseFields(form), operation, io);
  return example === true ? exampleBody(contract, operation) : undefined;
}

/** What the operation takes, where it takes no JSON. */
async function usualType(operation: Operation | undefined): Promise<string> {
  const { preferredBody } = await planning();
  const type = operation && preferredBody(operation)?.type;
  return type === undefined || /\*|^multipart\//.test(type) ? 'application/json' : type;
}

/** Loaded when a body is sent: most calls have none. */
const planning = (): Promise<typeof Planning> => import('../cases/planning.ts');

async function exampleBody(contract: Contract, operation: Operation | undefined): Promise<CallBody> {
  if (operation === undefined) throw new HarnessError('E_USAGE', '--example: the document has no such operation');
  const { examplePlanning } = await import('../cases/example-planning.ts');
  const { ordinaryBody } = await planning();
  const body = ordinaryBody(examplePlanning(contract), operation, 0);
  if (body === undefined) throw new HarnessError('E_USAGE', `--example: no valid body can be made for ${operation.id}`);
  const declared = operation.requestBody?.content.find(({ type }) => type === body.mediaType);
  return serializeBody(body, declared, contract.resolve);
}

/** What the `--data` flags give, joined as curl joins them: it is for forms and queries. */
export async function joinData(given: readonly string[], io: Io): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const text of given) parts.push(...(parts.length === 0 ? [] : [Buffer.from('&')]), await readData('--data', text, io));
  return Buffer.concat(parts);
}

async function readData(flag: string, given: string, io: Io): Promise<Uint8Array> {
  if (!given.startsWith('@')) return Buffer.from(given);
  if (given === '@-') {
    const chunks: Uint8Array[] = [];
    for await (const chunk of io.stdin ?? []) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    return Buffer.concat(chunks);
  }
  return readNamed(flag, given.slice(1), io);
}

async function readNamed(flag: string, file: string, io: Io): Promise<Uint8Array> {
  try {
    return await readFile(resolve(io.cwd, file));
  } catch (error) {
    throw new HarnessError('E_USAGE', `${flag}: cannot read ${file}: ${fileErrorReason(error)}`, {
      hint: 'name a file after the @',
      cause: error,
    });
  }
}

/** `name=value`, or `name=@path` with `;type=…` and `;filename=…` as curl takes them. */
function parseFields(given: unknown): readonly FormField[] {
  return parsePairs('--form', given).map(([name, value]) => {
    if (!value.startsWith('@')) return { name, value };
    const [file = '', ...said] = value.slice(1).split(/;(?=(?:type|filename)=)/);
    const saidOf = (what: string): string | undefined => said.findLast((part) => part.startsWith(`${what}=`))?.slice(what.length + 1);
    return { name, file: unquoted(file), type: saidOf('type'), fileName: unquoted(saidOf('filename')) };
  });
}

/** Without the quotes that names with odd letters stand in. */
function unquoted<Text extends string | undefined>(text: Text): Text | string {
  const [, inner] = /^"((?:[^"\\]|\\.)*)"$/s.exec(text ?? '') ?? [];
  return inner === undefined ? text : inner.replaceAll(/\\(.)/gs, '$1');
}

/** URL-encoded where the operation takes such forms only; else multipart. @see https://www.rfc-editor.org/rfc/rfc7578 */
async function formBody(fields: readonly FormField[], operation: Operation | undefined, io: Io): Promise<CallBody> {
  const declared = (operation?.requestBody?.content ?? []).map(({ type }) => type);
  const urlencoded = declared.find((type) => type.startsWith('application/x-www-form-urlencoded'));
  if (urlencoded !== undefined && !declared.some((type) => type.startsWith('multipart/')) && fields.every((field) => 'value' in field)) {
    const pairs = fields.map((field): [string, string] => [field.name, 'value' in field ? field.value : '']);
    return { bytes: Buffer.from(new URLSearchParams(pairs).toString()), contentType: urlencoded, fields };
  }
  const form = new FormData();
  for (const field of fields) {
    if ('value' in field) form.append(field.name, field.value);
    else {
      const bytes = await readNamed('--form', field.file, io);
      form.append(
        field.name,
        new File([Buffer.from(bytes)], field.fileName ?? basename(field.file), { type: field.type ?? 'application/octet-stream' }),
      );
    }
  }
  const written = new Response(form);
  return {
    bytes: new Uint8Array(await written.arrayBuffer()),
    contentType: written.headers.get('content-type') ?? 'multipart/form-data',
    fields,
  };
}
