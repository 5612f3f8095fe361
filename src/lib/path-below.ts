/** Places of URLs below a base. */

/** The path of a URL below the base URL, without query; undefined when it lies elsewhere. */
export function pathBelow(url: string, baseUrl: string): string | undefined {
  const base = baseUrl.endsWith('/') ? baseUrl.slice(0, -1) : baseUrl;
  if (!url.startsWith(base)) return undefined;
  const rest = url.slice(base.length);
  const end = rest.search(/[?#]/);
  const path = end < 0 ? rest : rest.slice(0, end);
  if (path === '') return '/';
  return path.startsWith('/') ? path : undefined;
}
