/** What a base URL may look like. Pure. */
import { HarnessError } from '../errors.ts';

/** The parsed base URL. Throws HarnessError E_CONFIG unless it is http or https, with a host, and without credentials, query and fragment. The error never repeats credentials. */
export function parseBaseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new HarnessError('E_CONFIG', `base URL ${JSON.stringify(withoutCredentials(text))} is not an http or https URL`, {
      hint: 'write it as http://host:port/path',
    });
  }
  const wrong =
    url.username !== '' || url.password !== '' ? 'credentials' : url.search !== '' ? 'a query' : url.hash !== '' ? 'a fragment' : undefined;
  if (wrong === undefined) return url;
  throw new HarnessError('E_CONFIG', `base URL ${withoutCredentials(text)} must not hold ${wrong}`, {
    hint:
      wrong === 'credentials'
        ? 'configure an identity instead: it keeps secrets out of reports'
        : 'end it where the paths of the document begin',
  });
}

function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/?#]*@/, '//');
}

/** The document's address: absolute as given, else below the base URL. Undefined for none. Throws HarnessError E_CONFIG when it is no URL. */
export function documentUrlOf(baseUrl: string, document: string | undefined): string | undefined {
  if (document === undefined) return undefined;
  const url = URL.parse(document) ?? URL.parse(document.replace(/^\/+/, ''), `${baseUrl.replace(/\/+$/, '')}/`);
  if (url === null)
    throw new HarnessError('E_CONFIG', `document ${JSON.stringify(document)} is neither a URL nor a path below the base URL`);
  return url.href;
}
