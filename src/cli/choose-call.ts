/** Reads what `specproof call` is to call: a method and a path, a path alone, or an operation of the document by its id. Pure. */
import { HarnessError } from '../errors.ts';
import { nearest } from '../lib/nearest.ts';
import type { Contract } from '../spec/contract.ts';

/** A method, and a path (perhaps a template) below the base URL or an absolute URL. */
export interface CallTarget {
  readonly method: string;
  readonly path: string;
}

/**
 * The target that the words name: `GET /things`, `/things` (the method of a flag, else GET, or POST with a body), `listThings`, `"GET /things"`.
 * @throws HarnessError `E_USAGE` for words that name none, or two methods
 */
export function chooseCall(
  [first, second]: readonly (string | undefined)[],
  contract: Contract,
  { method: flag, hasBody }: { readonly method: string | undefined; readonly hasBody: boolean },
): CallTarget {
  if (first === undefined) throw new HarnessError('E_USAGE', 'nothing says what to call', { hint: usage });
  if (flag !== undefined && second !== undefined)
    throw new HarnessError('E_USAGE', `two methods: "${first}" and --request ${flag}`, { hint: usage });
  const [method, path] = second === undefined ? [flag, first] : [first, second];
  if (method !== undefined) {
    if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(method)) throw new HarnessError('E_USAGE', `"${method}" is no method`, { hint: usage });
    return { method: method.toUpperCase(), path };
  }
  if (/^(?:\/|https?:)/i.test(first)) return { method: hasBody ? 'POST' : 'GET', path: first };
  const { operations } = contract;
  const named = operations.find(({ id, operationId }) => operationId === first || id === first);
  if (named !== undefined) return { method: named.method, path: named.path };
  const meant = nearest(
    first,
    operations.flatMap(({ operationId }) => operationId ?? []),
  );
  throw new HarnessError('E_USAGE', `the document has no operation "${first}"${meant === undefined ? '' : `, did you mean ${meant}?`}`, {
    hint: usage,
  });
}

const usage = 'specproof call GET /things, or specproof call OPERATION-ID';

/** The path with its template's parameters filled in. @throws HarnessError `E_USAGE` for one without a value, or a value without a place */
export function fillPath(path: string, values: readonly (readonly [string, string])[]): string {
  const stray = values.find(([name]) => !path.includes(`{${name}}`));
  if (stray !== undefined) throw new HarnessError('E_USAGE', `--path ${stray[0]}: there is no {${stray[0]}} in ${path}`);
  const given = new Map(values);
  return path.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = given.get(name);
    if (value === undefined || value === '')
      throw new HarnessError('E_USAGE', `the path parameter {${name}} has no value`, { hint: `--path ${name}=VALUE` });
    return encodeURIComponent(value);
  });
}
