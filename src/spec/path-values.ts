/** The values that a concrete path gives to a template's parameters. Pure. */
import { fittingValues, templateSegment } from './template-segment.ts';

/** Decoded values by parameter name; empty when the path does not fit the template. @see https://spec.openapis.org/oas/v3.1.1#path-templating */
export function pathValues(template: string, path: string): ReadonlyMap<string, string> {
  const wanted = template.split('/');
  const given = path.split('/');
  const values = new Map<string, string>();
  if (wanted.length !== given.length) return values;
  for (const [index, text] of wanted.entries()) {
    const segment = templateSegment(text);
    const found = fittingValues(segment, given[index] ?? '');
    if (found === undefined) return new Map();
    for (const [at, name] of segment.names.entries()) values.set(name, found[at] ?? '');
  }
  return values;
}
