/** Compares names as people mean them: `jobScriptId`, `job_script_id` and `job-script-id` are one. Pure. */
import { keepByText } from './keep-by-text.ts';

/** Lower case, letters and digits only. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** The singular of an English collection name, plain: `job-script-templates` → `jobscripttemplate`. */
export function singularName(name: string): string {
  const plain = plainName(name);
  const irregular = irregulars.find(([plural]) => plain.endsWith(plural));
  if (irregular) return plain.slice(0, -irregular[0].length) + irregular[1];
  if (plain.endsWith('ies') && plain.length > 4) return `${plain.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|[tz]z)es$/.test(plain)) return plain.slice(0, -2);
  if (plain.endsWith('statuses') || plain.endsWith('buses')) return plain.slice(0, -2);
  return plain.endsWith('s') && !/(?:ss|us|is)$/.test(plain) ? plain.slice(0, -1) : plain;
}

const irregulars = [
  ['people', 'person'],
  ['children', 'child'],
  ['shelves', 'shelf'],
  ['leaves', 'leaf'],
  ['halves', 'half'],
  ['knives', 'knife'],
  ['indices', 'index'],
  ['vertices', 'vertex'],
  ['matrices', 'matrix'],
  ['analyses', 'analysis'],
] as const;

/** The words of a name, lower case: `fromJobScript_id` → from, job, script, id. */
export const nameWords: (name: string) => readonly string[] = keepByText((name) =>
  name
    .replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== ''),
);

/** Whether a name is that of the state that something is in: `status`, `order_state`. */
export function isStateName(name: string): boolean {
  return /^(?:status|state|phase|stage)$/.test(nameWords(name).at(-1) ?? '');
}

/** The path's segments, without the empty ones before its first slash and behind its last. */
export function pathSegments(path: string): string[] {
  return path.replace(/^\/|(?<=.)\/$/g, '').split('/');
}

/** What a path adds to that of a thing: `return` of `/rentals/{id}/return`, `clean` of `/rooms/{room}:clean`; undefined where it is not below it. */
export function pathAfter(item: string, path: string): string | undefined {
  const rest = path.startsWith(item) ? path.slice(item.length) : '';
  return /^[/:]/.test(rest) ? rest.slice(1) : undefined;
}

/** The parameter's name when a segment is exactly one template expression. */
export function segmentParameter(segment: string): string | undefined {
  return /^\{([^{}]+)\}$/.exec(segment)?.[1];
}

/** Whether a property's name says that it counts such things: `book_count`, `totalBooks`. `child` is plain and singular. */
export function countsThings(property: string, child: string): boolean {
  const plain = plainName(property);
  const counted = /^(?:(.+?)count|numberof(.+)|num(.+)|total(.+)|(.+)total)$/
    .exec(plain)
    ?.slice(1)
    .find((part) => part !== undefined);
  return counted !== undefined && singularName(counted) === child;
}
