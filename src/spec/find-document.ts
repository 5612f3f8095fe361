/** Finds the OpenAPI document that a swagger-ui, ReDoc, Scalar or similar page shows, from the page's text. Pure: fetches nothing, runs no script. */
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';

/** Where a page's document may be, most likely first within a list. */
export type DocumentPlace =
  | { readonly kind: 'inline'; readonly document: JsonObject }
  /** A reference to the document, or to another page that shows it, relative to the page. */
  | { readonly kind: 'url'; readonly url: string }
  /** A swagger-ui configuration (JSON) that names the document. */
  | { readonly kind: 'config'; readonly url: string }
  /** A script of the page that may name the document. */
  | { readonly kind: 'script'; readonly url: string };

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeHtml(text: string): string {
  return text.replaceAll(/&(#x[\da-f]+|#\d+|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Up to the tag's end tag, for scripts. */
  readonly content: string;
}

function tagsOf(html: string): Tag[] {
  const bare = html.replaceAll(/<!--[\s\S]*?-->/g, '');
  const tags: Tag[] = [];
  for (const match of bare.matchAll(/<([a-z][\w-]*)((?:\s+[^\s"'>=/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*\/?>/gi)) {
    const attributes = new Map<string, string>();
    for (const [, name = '', double, single, plain] of (match[2] ?? '').matchAll(
      /([^\s"'>=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g,
    )) {
      attributes.set(name.toLowerCase(), unescapeHtml(double ?? single ?? plain ?? ''));
    }
    const name = (match[1] ?? '').toLowerCase();
    const after = match.index + match[0].length;
    const end = name === 'script' ? bare.toLowerCase().indexOf('</script', after) : after;
    tags.push({ name, attributes, content: bare.slice(after, end === -1 ? bare.length : end) });
  }
  return tags;
}

/** The JSON object that starts at an index of a script, or undefined. */
function objectAt(text: string, start: number): JsonObject | undefined {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return parseObject(text.slice(start, at + 1));
  }
  return undefined;
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isDocument = (value: Json | undefined): value is JsonObject =>
  isObject(value) && (typeof value['openapi'] === 'string' || typeof value['swagger'] === 'string');

/** A quoted string in a script: the page's origin, written as an expression, may stand before it. */
const quoted = String.raw`(?:(?:window\.)?location\.origin\s*\+\s*)?(?:"([^"\n]+)"|'([^'\n]+)'|\x60([^\x60$\n]+)\x60)`;

function strings(script: string, before: string): string[] {
  return [...script.matchAll(new RegExp(before + quoted, 'g'))].flatMap(([, ...groups]) => {
    const value = groups.find((group) => typeof group === 'string');
    return value === undefined ? [] : [value.replaceAll(String.raw`\/`, '/')];
  });
}

/** swagger-ui's own example, left in place where `configUrl` or a query names the real document. */
const isExample = (url: string): boolean => url.includes('petstore.swagger.io');

const url = (value: string): DocumentPlace => ({ kind: 'url', url: value });

/** The places that a script names, inline documents first. */
export function placesInScript(script: string): DocumentPlace[] {
  const inline = [...script.matchAll(/\{\s*"(?:openapi|swagger)"\s*:\s*"/g)]
    .slice(0, 5)
    .map((match) => objectAt(script, match.index))
    .filter((value) => isDocument(value));
  const configs = strings(script, String.raw`["']?configUrl["']?\s*:\s*`);
  const named = [
    ...strings(script, String.raw`Redoc\.init\(\s*`),
    ...strings(script, String.raw`["']?(?:specUrl|spec-url|apiDescriptionUrl|openapiUrl|openApiUrl|definitionUrl)["']?\s*[:=]\s*`),
    ...strings(script, String.raw`(?:\b|["'])url["']?\s*:\s*`),
    ...strings(script, String.raw`\b(?:const|let|var)\s+\w*(?:[uU]rl|[sS]pec)\w*\s*=\s*`),
  ];
  const likely = named.filter((value) => !isExample(value) && !/\.(?:css|js|png|svg|ico)(?:\?|$)/.test(value));
  return [
    ...inline.map((document): DocumentPlace => ({ kind: 'inline', document })),
    ...configs.map((value): DocumentPlace => ({ kind: 'config', url: value })),
    ...[...likely, ...named.filter((value) => isExample(value))].map(url),
  ];
}

/** The places that a configuration object names: Scalar's, or swagger-ui's. */
export function placesInConfig(config: Json): DocumentPlace[] {
  const spec = member(config, 'spec');
  const content = member(config, 'content') ?? member(spec, 'content') ?? spec;
  const document = typeof content === 'string' ? parseObject(content) : content;
  const listed = ['urls', 'sources'].flatMap((name) => {
    const entries = member(config, name);
    return Array.isArray(entries) ? (entries as readonly Json[]) : [];
  });
  const urls = [member(config, 'url'), member(spec, 'url'), ...listed.map((entry) => member(entry, 'url'))];
  const inline = [document, ...listed.map((entry) => member(entry, 'content'))].filter((value) => isDocument(value));
  return [
    ...inline.map((value): DocumentPlace => ({ kind: 'inline', document: value })),
    ...urls.filter((value) => typeof value === 'string').map(url),
  ];
}

const documentAttributes = ['spec-url', 'data-url', 'apidescriptionurl', 'data-spec-url'];

function placesInTag({ name, attributes, content }: Tag): DocumentPlace[] {
  const named = documentAttributes.flatMap((attribute) => {
    const value = attributes.get(attribute);
    return value === undefined || value === '' ? [] : [url(value)];
  });
  const configuration = attributes.get('data-configuration');
  const configured = configuration === undefined ? [] : placesInConfig(parseObject(configuration) ?? null);
  if (name === 'link' && attributes.get('rel') === 'service-desc') return [url(attributes.get('href') ?? '')];
  if (name !== 'script') return [...named, ...configured];
  const source = attributes.get('src');
  const whole = parseObject(content);
  return [
    ...named,
    ...configured,
    ...(isDocument(whole) ? [{ kind: 'inline', document: whole } as const] : placesInScript(content)),
    ...(source === undefined ? [] : placesOfSource(source)),
  ];
}

/** The viewers' own bundles name no document and are large; a page's own script may. */
function placesOfSource(source: string): DocumentPlace[] {
  const isBundle = /bundle|standalone|preset|vendor|polyfill|jquery|scalar\/api-reference|rapidoc/i.test(source);
  return isBundle ? [] : [{ kind: 'script', url: source }];
}

/** A file named like a document anywhere, or a path of the page's own site that speaks of one and is no file. */
function looksLikeDocument(href: string): boolean {
  return (
    /(?:openapi|swagger|api-docs)[\w.-]*\.(?:json|ya?ml)(?:\?|$)/i.test(href) ||
    /^(?!\w+:|\/\/)[^?#]*\/(?:openapi|swagger|api-docs)(?:[?#]|$)/i.test(href)
  );
}

/**
 * The places that a page names for its document, in the order to try them: what is in the page itself, then its scripts,
 * then links to files that look like a document.
 */
export function findDocument(html: string): readonly DocumentPlace[] {
  const tags = tagsOf(html);
  const places = tags.flatMap((tag) => placesInTag(tag));
  const anchors = tags.flatMap(({ name, attributes }) => (name === 'a' ? (attributes.get('href') ?? []) : []));
  const links = anchors.filter((href) => looksLikeDocument(href)).map((href) => url(href));
  const rank = (place: DocumentPlace): number => {
    if (place.kind === 'script') return 2;
    return place.kind === 'url' && isExample(place.url) ? 3 : place.kind === 'inline' || place.kind === 'config' ? 0 : 1;
  };
  const distinct = new Map([...places, ...links].map((place) => [place.kind === 'inline' ? place : `${place.kind} ${place.url}`, place]));
  return [...distinct.values()].sort((left, right) => rank(left) - rank(right));
}
