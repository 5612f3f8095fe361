/** Finds operations by method and path. */
import { isObject, type JsonObject } from '../../../src/lib/json.ts';
import { refuse } from './reply.ts';

/** The path item that a path fits, and the texts of its parameters. */
export interface Route {
  readonly template: string;
  readonly texts: Readonly<Record<string, string>>;
  /** Methods that the document has, then those that HTTP adds to them. */
  readonly allowed: readonly string[];
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** The route of a path below the base path; undefined where there is none. Refuses broken percent-encoding with 400. */
export function findRoute(document: JsonObject, path: string): Route | undefined {
  const { paths } = document;
  const parts = path.split('/').map(decode);
  for (const [template, item] of Object.entries(isObject(paths) ? paths : {})) {
    const texts = fit(template.split('/'), parts);
    if (!texts || !isObject(item)) continue;
    const declared = methods.filter((method) => item[method] !== undefined).map((method) => method.toUpperCase());
    return { template, texts, allowed: [...declared, ...(declared.includes('GET') ? ['HEAD'] : []), 'OPTIONS'] };
  }
  return undefined;
}

function fit(template: readonly string[], parts: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (template.length !== parts.length) return undefined;
  const texts: Record<string, string> = {};
  for (const [index, name] of template.entries()) {
    const part = parts[index] ?? '';
    if (name.startsWith('{')) {
      if (part === '') return undefined;
      texts[name.slice(1, -1)] = part;
    } else if (name !== part) return undefined;
  }
  return texts;
}

/** Percent-decoded UTF-8. Refuses what is none with 400. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse(400, 'The percent-encoding of the URL is broken.');
  }
}
