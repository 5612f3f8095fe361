/** Puts credentials where the operation's security says. Pure. */
import type { Credential, CredentialForm } from '../auth/identity.ts';
import type { Contract, Operation, SecurityScheme } from '../spec/contract.ts';
import type { WireRequest } from './build.ts';
import { encodeStrict } from './percent-encode.ts';

export { breakCredential } from './broken-credential.ts';

/** A credential, or what will give one, and the security scheme that it is to satisfy; undefined where the document declares none. */
export interface Placed<T> {
  readonly held: T;
  readonly scheme: SecurityScheme | undefined;
}

/**
 * What goes along of all that an identity holds: the first alternative of the operation's security that it can satisfy, all of whose schemes are sent together.
 * Where it can satisfy none, or none is declared, its main credential goes where it fits best: real APIs often declare nothing.
 * Schemes of type `mutualTLS` are the connection's business.
 * @see https://spec.openapis.org/oas/v3.1.1#security-requirement-object
 */
export function placeCredentials<T>(
  contract: Contract,
  operation: Operation | undefined,
  held: readonly T[],
  formOf: (held: T) => CredentialForm,
): readonly Placed<T>[] {
  const [main] = held;
  if (main === undefined) return [];
  const all: SecurityScheme[] = [];
  for (const requirement of operation?.security ?? []) {
    const schemes = schemesOf(contract, requirement);
    const placed: Placed<T>[] = [];
    for (const scheme of schemes) {
      const own = held.find((each) => fits(scheme, formOf(each)));
      if (own !== undefined) placed.push({ held: own, scheme });
    }
    if (schemes.length > 0 && placed.length === schemes.length) return placed;
    all.push(...schemes);
  }
  return [{ held: main, scheme: all.find((scheme) => fits(scheme, formOf(main))) ?? all[0] }];
}

function schemesOf(contract: Contract, requirement: Operation['security'][number]): SecurityScheme[] {
  const schemes: SecurityScheme[] = [];
  for (const { scheme: name } of requirement) {
    const scheme = contract.securitySchemes.get(name);
    if (scheme !== undefined && scheme.type !== 'mutualTLS') schemes.push(scheme);
  }
  return schemes;
}

/** The request with the credentials added, in place of those it may have had there. @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
export function authorize(request: WireRequest, placed: readonly Placed<Credential>[]): WireRequest {
  return placed.reduce(
    (signed, { held, scheme }) =>
      withCredential(
        (held.along ?? []).reduce((fields, [name, value]) => withField(fields, name, value), signed),
        held,
        scheme,
      ),
    request,
  );
}

function withCredential(request: WireRequest, credential: Credential, scheme: SecurityScheme | undefined): WireRequest {
  const exact = credential.place?.exact === true;
  const place =
    exact || scheme === undefined ? credential.place : scheme.type === 'apiKey' ? { in: scheme.in, name: scheme.parameterName } : undefined;
  const { name } = place ?? {};
  const text = exact ? authorizationOf(credential) : keyText(credential);
  if (name === undefined) return withField(request, 'Authorization', authorizationOf(credential, scheme));
  if (place?.in === 'query') return withQuery(request, name, text);
  if (place?.in === 'cookie') return withCookies(request, [`${name}=${encodeStrict(text)}`]);
  if (name.toLowerCase() === 'cookie') return withCookies(request, text.split(/;\s*/));
  return withField(request, name, !exact && isAuthorization(name) ? authorizationOf(credential, scheme) : text);
}

function isAuthorization(name: string): boolean {
  return name.toLowerCase() === 'authorization';
}

/** A credential that is meant for one scheme, or for one place of a key, fits that one alone; any other by its form. */
function fits({ name, type, scheme, in: where, parameterName = '' }: SecurityScheme, form: CredentialForm): boolean {
  if (form.securityScheme !== undefined) return form.securityScheme === name;
  const own = form.scheme?.toLowerCase();
  if (type === 'apiKey') {
    if (own !== undefined) return own === 'bearer' && isAuthorization(parameterName);
    return form.place === undefined || (form.place.in === where && form.place.name.toLowerCase() === parameterName.toLowerCase());
  }
  return type === 'http' ? own === scheme : own === 'bearer';
}

/** An API key's value. A scheme that is not the usual one was asked for, rightly or as a fault on purpose, so it is written. */
function keyText({ secret, scheme }: Credential): string {
  return scheme === undefined || scheme.toLowerCase() === 'bearer' ? secret : `${scheme} ${schemeText(secret, scheme)}`;
}

/** The header field that a credential is where no document says more: that of its own place, else `Authorization`. */
export function fieldOf(credential: Credential): readonly [name: string, value: string] {
  return [credential.place?.in === 'header' ? credential.place.name : 'Authorization', authorizationOf(credential)];
}

/** Value of the `Authorization` field: `Scheme secret`; bare for a key without scheme, unless the document names the scheme. */
function authorizationOf({ secret, scheme }: Credential, declared?: SecurityScheme): string {
  const usual = declared?.type === 'http' ? declared.scheme : undefined;
  const wantsPassword = usual === 'basic' && scheme?.toLowerCase() === 'bearer' && secret.includes(':');
  const own = wantsPassword
    ? 'Basic'
    : (scheme ?? (declared?.type === 'apiKey' || declared === undefined ? undefined : capitalized(usual ?? 'bearer')));
  return own === undefined ? secret : `${own} ${schemeText(secret, own)}`;
}

function capitalized(scheme: string): string {
  return scheme.charAt(0).toUpperCase() + scheme.slice(1);
}

/** `user:password` travels in base64 under Basic; a token there is sent as it is. @see https://www.rfc-editor.org/rfc/rfc7617#section-2 */
function schemeText(secret: string, scheme: string): string {
  return scheme.toLowerCase() === 'basic' && secret.includes(':') ? Buffer.from(secret).toString('base64') : secret;
}

function withField(request: WireRequest, name: string, value: string): WireRequest {
  const wanted = name.toLowerCase();
  return { ...request, headers: [...request.headers.filter(([field]) => field.toLowerCase() !== wanted), [name, value]] };
}

function withQuery(request: WireRequest, name: string, value: string): WireRequest {
  const key = encodeStrict(name);
  const [address = '', query] = request.url.split(/\?(.*)/s, 2);
  const others = (query ?? '').split('&').filter((pair) => pair !== '' && pair !== key && !pair.startsWith(`${key}=`));
  return { ...request, url: `${address}?${[...others, `${key}=${encodeStrict(value)}`].join('&')}` };
}

function withCookies(request: WireRequest, cookies: readonly string[]): WireRequest {
  const nameOf = (cookie: string): string => cookie.split('=', 1)[0] ?? '';
  const names = new Set(cookies.map(nameOf));
  const own = request.headers.filter(([field]) => field.toLowerCase() === 'cookie').flatMap(([, cookies]) => cookies.split(/;\s*/));
  const others = own.filter((cookie) => cookie !== '' && !names.has(nameOf(cookie)));
  return withField(request, 'Cookie', [...others, ...cookies].join('; '));
}
