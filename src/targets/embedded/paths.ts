/** Path templates: their segments, parents and the values a concrete path gives to their parameters. */
import { pathSegments, segmentParameter } from '../../lib/names.ts';

/** A template without its trailing slash. */
export function trimPath(template: string): string {
  return template.length > 1 && template.endsWith('/') ? template.slice(0, -1) : template;
}

/** The name of the parameter that makes up the template's whole last segment, or undefined. */
export function lastParameter(template: string): string | undefined {
  return segmentParameter(pathSegments(trimPath(template)).at(-1) ?? '');
}

/** The template without its last segment. */
export function parentPath(template: string): string {
  const trimmed = trimPath(template);
  return trimmed.slice(0, trimmed.lastIndexOf('/')) || '/';
}

/** The fixed segments of a template, in order. */
export function fixedSegments(template: string): string[] {
  return template.split('/').filter((segment) => segment !== '' && !segment.includes('{'));
}

/** For each parameter of a template, the template up to and with it. */
export function parameterPrefixes(template: string): ReadonlyMap<string, string> {
  const prefixes = new Map<string, string>();
  const parts: string[] = [];
  for (const segment of trimPath(template).split('/')) {
    parts.push(segment);
    const name = segmentParameter(segment);
    if (name !== undefined) prefixes.set(name, parts.join('/'));
  }
  return prefixes;
}

/** Whether a path template lies at or below another one. */
export function isBelow(path: string, ancestor: string): boolean {
  const base = trimPath(ancestor);
  return base === '/' || path === base || path.startsWith(`${base}/`);
}
