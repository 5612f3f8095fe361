/** The values that a concrete path gives to a template's parameters. Pure. */

/** Decoded values by parameter name; empty when the path does not fit the template. @see https://spec.openapis.org/oas/v3.1.1#path-templating */
export function pathValues(template: string, path: string): ReadonlyMap<string, string> {
  const wanted = template.split('/');
  const given = path.split('/').map(decoded);
  const values = new Map<string, string>();
  if (wanted.length !== given.length) return values;
  for (const [index, segment] of wanted.entries()) {
    const names: string[] = [];
    const pattern = segment.split(/(\{[^{}]*\})/).map((part) => {
      if (!part.startsWith('{')) return RegExp.escape(part);
      names.push(part.slice(1, -1));
      return '(.+?)';
    });
    const match = new RegExp(`^${pattern.join('')}$`, 's').exec(given[index] ?? '');
    if (match === null) return new Map();
    for (const [at, name] of names.entries()) values.set(name, match[at + 1] ?? '');
  }
  return values;
}

/** Percent-decoded, or as it stands where the escapes are broken. @see https://www.rfc-editor.org/rfc/rfc3986#section-2.1 */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
