/** From a URL or file to a document whose references are all local. Finds the document behind a documentation page. Must run no script. */
import { HarnessError, isHarnessError } from '../errors.ts';
import type { JsonObject } from '../lib/json.ts';
import { bundleDocument, type BundleOptions } from './bundle-document.ts';
import { fetchText, isWebUrl, needsCredentials, type FetchedText, type FetchTextOptions } from './fetch-text.ts';
import { findDocument, placesInConfig, placesInScript, type DocumentPlace } from './find-document.ts';
import { createLineFinder } from './lines.ts';
import { isMarkup, pageTitle, parseDocument } from './parse-document.ts';
import { parseText } from './parse-text.ts';
import { assertLocalReferences } from './references.ts';

/** How a document is fetched. */
export interface FetchDocumentOptions {
  /** Sends the requests; the platform's own where left out. */
  readonly fetch?: typeof fetch;
  /** For the source's own origin, for instance credentials. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Hosts (`name` or `name:port`) that references may lead to, beside the document's own origin. */
  readonly allowRefHosts?: readonly string[];
  /** Milliseconds for each answer. */
  readonly timeout?: number;
}

/** A document that was fetched, with what it came as. */
export interface FetchedDocument {
  /** Bundled: every reference is local. In the dialect of its author. */
  readonly document: JsonObject;
  /** As it came. */
  readonly text: string;
  /** URL or file of the document itself, also when a page led there. */
  readonly location: string;
  /** As parsed, before anything was pulled in. */
  readonly raw: JsonObject;
  /** What the user should hear, for instance that a page shows further documents. */
  readonly notes: readonly string[];
}

interface Found {
  readonly raw: JsonObject;
  readonly text: string;
  readonly location: string;
}

/** A page names few documents; more places are not tried. */
const maxPlaces = 12;

function resolveUrl(reference: string, base: string): string | undefined {
  if (!isWebUrl(base)) return isWebUrl(reference) ? reference : undefined;
  const url = URL.canParse(reference, base) ? new URL(reference, base).href : undefined;
  return url !== undefined && isWebUrl(url) ? url : undefined;
}

/** Places that another place leads to, and the document where it is one itself. */
async function open(place: DocumentPlace, page: string, options: FetchTextOptions): Promise<Found | readonly DocumentPlace[]> {
  if (place.kind === 'inline') return { raw: place.document, text: `${JSON.stringify(place.document, undefined, 2)}\n`, location: page };
  const target = resolveUrl(place.url, page);
  if (target === undefined) return [];
  const fetched = await fetchText(target, options);
  if (place.kind === 'script') return placesInScript(fetched.text);
  if (place.kind === 'config') return placesInConfig(parseText(fetched.text, fetched.location));
  if (isMarkup(fetched.text)) return [];
  return { raw: parseDocument(fetched.text, fetched.location), text: fetched.text, location: fetched.location };
}

const label = (place: DocumentPlace): string => (place.kind === 'inline' ? 'a document in the page' : place.url);

async function searchPage(
  source: string,
  page: FetchedText,
  options: FetchTextOptions,
): Promise<{ readonly found: Found; readonly notes: readonly string[] }> {
  const queue = [...findDocument(page.text)];
  const tried: string[] = [];
  const problems: HarnessError[] = [];
  for (let place = queue.shift(); place !== undefined && tried.length < maxPlaces; place = queue.shift()) {
    const isHint = place.kind === 'script' || place.kind === 'config';
    if (!isHint) tried.push(label(place));
    try {
      const opened = await open(place, page.location, options);
      if ('raw' in opened) {
        const others = queue.filter(
          (other) => other.kind === 'url' && !tried.includes(other.url) && !other.url.includes('petstore.swagger.io'),
        );
        const notes =
          others.length === 0 ? [] : [`${page.location} shows further documents that were not used: ${others.map(label).join(', ')}`];
        return { found: opened, notes };
      }
      queue.unshift(...opened);
    } catch (error) {
      if (!isHarnessError(error)) throw error;
      if (!isHint) problems.push(error);
    }
  }
  throw noDocument(source, page, tried, problems);
}

function noDocument(source: string, page: FetchedText, tried: readonly string[], problems: readonly HarnessError[]): HarnessError {
  const title = pageTitle(page.text);
  const what = `${page.location} is a page${title === undefined ? '' : ` ("${title.slice(0, 60)}")`}`;
  const [only] = problems;
  if (only !== undefined)
    return new HarnessError(only.code, `${what} whose document cannot be used: ${only.message}`, { cause: only, hint: only.hint });
  if (asksForLogin(source, page))
    return new HarnessError('E_SPEC_FETCH', `${what} that asks who calls, in place of the document`, { hint: needsCredentials });
  const looked = tried.length === 0 ? '' : ` (it names ${tried.slice(0, 3).join(', ')})`;
  return new HarnessError('E_SPEC_INVALID', `${what}, not an OpenAPI document, and shows none that specproof can find${looked}`, {
    hint: 'name the OpenAPI document itself, or a swagger-ui, ReDoc or Scalar page that loads it',
  });
}

/** Whether a page is there to log in, by its form, or by where a redirect led. */
function asksForLogin(source: string, { text, location }: FetchedText): boolean {
  if (/<input\b[^>]*\btype=["']?password\b/i.test(text)) return true;
  const target = isWebUrl(source) && isWebUrl(location) ? new URL(location) : undefined;
  return (
    target !== undefined && target.pathname !== new URL(source).pathname && /\b(?:log|sign)[-_]?in\b|\bsso\b|\bauth/i.test(target.pathname)
  );
}

/**
 * The document at a file path or http(s) URL, or the one that a documentation page there shows, with everything it refers to pulled
 * in. Remote references lead only to the document's own origin and to allowed hosts.
 * @throws HarnessError `E_SPEC_FETCH`, `E_SPEC_PARSE`, `E_SPEC_INVALID` or `E_SPEC_REF`
 */
export async function fetchDocument(source: string, options: FetchDocumentOptions = {}): Promise<FetchedDocument> {
  const transport: BundleOptions = { ...options, ...(isWebUrl(source) && URL.canParse(source) ? { origin: new URL(source).origin } : {}) };
  const fetched = await fetchText(source, transport);
  const { found, notes } = isMarkup(fetched.text)
    ? await searchPage(source, fetched, transport)
    : { found: { raw: parseDocument(fetched.text, fetched.location), text: fetched.text, location: fetched.location }, notes: [] };
  const document = await bundleDocument(found.raw, found.text, found.location, transport);
  assertLocalReferences(document, found.location, createLineFinder(found.text));
  return { document, text: found.text, location: found.location, raw: found.raw, notes };
}
