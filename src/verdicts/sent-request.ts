/** What a request carries, found by what its operation declares. Pure. */
import { parseMediaType, type ParsedMediaType } from '../lib/media-type.ts';
import { headerValue, type SentRequest } from '../requests/exchange.ts';
import type { Contract, MediaType, Operation } from '../spec/contract.ts';
import { writtenPath } from '../spec/last-slash.ts';
import { pathValues } from '../spec/path-values.ts';
import { formPairsOf, type ParameterTexts } from '../spec/read-parameter.ts';
import { declaredMediaType } from './subject.ts';

/** Where the request's parameters travel; `path` is that of its URL below the base URL. @see https://spec.openapis.org/oas/v3.1.1#parameter-locations */
export function parameterTexts(operation: Operation, { url, headers }: SentRequest, path: string): ParameterTexts {
  const [, query = ''] = /\?([^#]*)/.exec(url) ?? [];
  return {
    path: pathValues(writtenPath(operation), path),
    query: formPairsOf(query),
    cookies: cookiesOf(headerValue(headers, 'cookie')),
    header: (name) => headerValue(headers, name),
  };
}

function cookiesOf(header: string | undefined): ParameterTexts['cookies'] {
  return (header ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at > 0 ? [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const] : [];
  });
}

/** The declared media type that the request's Content-Type falls under, and that type itself; undefined where there is none. */
export function sentMediaType(
  operation: Operation,
  request: SentRequest,
): { readonly media: MediaType; readonly type: ParsedMediaType } | undefined {
  const type = parseMediaType(headerValue(request.headers, 'content-type') ?? '');
  const media = declaredMediaType(operation.requestBody?.content ?? [], type);
  return media && type && { media, type };
}

/** Whether anything stands where the document's security schemes, or HTTP itself, have credentials. @see https://www.rfc-editor.org/rfc/rfc9110#section-11.6.2 */
export function carriesCredentials({ securitySchemes }: Contract, { header, query, cookies }: ParameterTexts): boolean {
  const isThere = (name: string, pairs: ParameterTexts['query']): boolean => pairs.some(([key]) => key === name);
  return (
    header('authorization') !== undefined ||
    [...securitySchemes.values()].some(({ in: place, parameterName = '' }) =>
      place === 'query'
        ? isThere(parameterName, query)
        : place === 'cookie'
          ? isThere(parameterName, cookies)
          : place === 'header' && header(parameterName) !== undefined,
    )
  );
}
