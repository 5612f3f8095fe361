/** Finds the document of an API that somebody names by any of its URLs. */
import { isHarnessError, type HarnessError } from '../errors.ts';
import { isObject, member } from '../lib/json.ts';
import { fetchDocument, type FetchDocumentOptions, type FetchedDocument } from './fetch-document.ts';
import { isWebUrl, needsCredentials } from './fetch-text.ts';

/** Where frameworks serve documents and the pages that show them, most usual first. */
const usualPaths = [
  'openapi.json',
  'docs/openapi.json',
  'swagger.json',
  'v3/api-docs',
  'api-docs',
  'openapi.yaml',
  'swagger/v1/swagger.json',
  'api/openapi.json',
  'api/v1/openapi.json',
  'api/docs/openapi.json',
  'openapi/v1.json',
  'q/openapi',
  'v2/api-docs',
  'swagger.yaml',
  'docs',
  'swagger',
  'swagger-ui/index.html',
  'api/docs',
  'redoc',
];

/**
 * The document at a URL or in a file, behind a page there, or at one of the usual places below the URL or its origin: the first that
 * has an operation. @throws HarnessError what the source itself gave, where nothing was found; before that, what asks for credentials
 */
export async function discoverDocument(source: string, options: FetchDocumentOptions): Promise<FetchedDocument> {
  const places = [source, ...(isWebUrl(source) ? usualPlaces(source) : [])];
  let first: unknown;
  let locked: HarnessError | undefined;
  for (const place of places) {
    try {
      const found = await fetchDocument(place, options);
      if (hasPaths(found)) return found;
      first ??= new Error(`${place} has no path`);
    } catch (error) {
      if (!isHarnessError(error)) throw error;
      first ??= error;
      if (error.hint === needsCredentials) locked ??= error;
    }
  }
  if (locked !== undefined) throw locked;
  if (isHarnessError(first)) throw first;
  return fetchDocument(source, options);
}

function usualPlaces(source: string): readonly string[] {
  const { href, origin } = new URL(source);
  const folder = href.replace(/[?#].*$/, '').replace(/\/?$/, '/');
  const bases = folder === `${origin}/` ? [folder] : [folder, new URL('.', folder.slice(0, -1)).href, `${origin}/`];
  return [...new Set(bases.flatMap((base) => usualPaths.map((path) => `${base}${path}`)))];
}

function hasPaths({ document }: FetchedDocument): boolean {
  const paths = member(document, 'paths');
  return isObject(paths) && Object.keys(paths).length > 0;
}
