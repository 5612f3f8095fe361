/** Pulls what a document refers to in other files and URLs into the document. Redocly's bundler is loaded only when there is something to pull. */
import { dirname, resolve } from 'node:path';
import { HarnessError, isHarnessError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../lib/json.ts';
import { fetchText, isWebUrl, type FetchTextOptions } from './fetch-text.ts';
import { parseText } from './parse-text.ts';
import { createLocalityTest, findReferences } from './references.ts';

export interface BundleOptions extends FetchTextOptions {
  /** Hosts (`name` or `name:port`) that references may lead to, beside the document's own origin. */
  readonly allowRefHosts?: readonly string[];
}

/** Throws unless the document may pull something from this URL. */
function createGuard(location: string, hosts: readonly string[]): (url: URL, reference?: string) => void {
  const own = isWebUrl(location) ? new URL(location).origin : undefined;
  return (url, reference = url.href) => {
    if (url.origin === own || hosts.includes(url.hostname) || hosts.includes(url.host)) return;
    throw new HarnessError('E_SPEC_REF', `${location} refers to ${reference}, whose host is not allowed`, {
      hint: `if you trust it: --allow-ref-host ${url.host}`,
    });
  };
}

/** A file that is referred to as text (an external example, for instance) rather than as JSON or YAML. */
const isPlainText = (location: string): boolean => /\.(?:md|txt|xml|csv|html?|proto|graphql|gql)$/i.test(location.split(/[?#]/)[0] ?? '');

/**
 * The document with everything it refers to elsewhere pulled in, so that only local references remain; the same object when there
 * is nothing to pull. References go to files for a document that is a file, to its own origin, and to hosts that `allowRefHosts` names.
 * @throws HarnessError `E_SPEC_REF` naming the reference that is not allowed or cannot be had
 */
export async function bundleDocument(
  document: JsonObject,
  text: string,
  location: string,
  options: BundleOptions = {},
): Promise<JsonObject> {
  const isLocal = createLocalityTest(document);
  if (!findReferences(document).some(({ reference }) => !isLocal(reference))) return document;
  const { BaseResolver, Source, bundle, createConfig } = await import('@redocly/openapi-core');
  const guard = createGuard(location, options.allowRefHosts ?? []);
  const failures = new Map<string, HarnessError>();
  const resolver = new BaseResolver();
  resolver.loadExternalRef = async (absolute) => {
    try {
      if (!isWebUrl(absolute) && (isWebUrl(location) || absolute.includes('://') || absolute.startsWith('data:'))) {
        throw new HarnessError(
          'E_SPEC_REF',
          `${location} refers to ${absolute.slice(0, 200)}, which is neither a web address nor a file beside it`,
        );
      }
      const fetched = await fetchText(absolute, { ...options, assertAllowed: (url) => guard(url, absolute) });
      return new Source(absolute, fetched.text);
    } catch (error) {
      if (isHarnessError(error)) failures.set(absolute, error);
      throw error;
    }
  };
  resolver.parseDocument = (source) => {
    if (isPlainText(source.absoluteRef)) return { source, parsed: source.body };
    try {
      return { source, parsed: parseText(source.body, source.absoluteRef) };
    } catch (error) {
      if (isHarnessError(error)) failures.set(source.absoluteRef, error);
      throw error;
    }
  };
  const root = isWebUrl(location) ? location : resolve(location);
  // The bundler changes what it is given.
  const source = { source: new Source(root, text), parsed: structuredClone(document) };
  const config = await createConfig({});
  const result = await bundle({ doc: source, config, externalRefResolver: resolver, base: isWebUrl(root) ? root : dirname(root) });
  const bundled = plain(result.bundle.parsed);
  assertBundled(bundled, location, failures);
  return bundled;
}

/** A tree of its own: the bundler shares what is referred to twice. */
function plain(value: unknown): JsonObject {
  const copy = JSON.parse(JSON.stringify(value)) as Json;
  return isObject(copy) ? copy : {};
}

function assertBundled(document: JsonObject, location: string, failures: ReadonlyMap<string, HarnessError>): void {
  const isLocal = createLocalityTest(document);
  const left = findReferences(document).find(({ reference }) => !isLocal(reference));
  if (left === undefined) return;
  const [file = ''] = left.reference.split('#');
  const name = file.replace(/^(?:\.{0,2}\/)+/, '');
  const failure = [...failures].find(([absolute]) => absolute.endsWith(name))?.[1];
  if (failure?.code === 'E_SPEC_REF') throw failure;
  const reason = failure === undefined ? 'leads nowhere' : `cannot be had: ${failure.message}`;
  throw new HarnessError('E_SPEC_REF', `${location}: "${left.reference}" at ${left.pointer} ${reason}`, {
    hint: 'mend the reference, or make what it names reachable',
    ...(failure === undefined ? {} : { cause: failure }),
  });
}
