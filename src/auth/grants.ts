/** What an access token says that its bearer may. For expectations only: whether it may is the API's word. */
import { isObject, type Json } from '../lib/json.ts';
import { decodeToken } from './decode-token.ts';

/**
 * The scopes and roles that a JWT lists, in whichever claim: `scope` and `scp` as texts with spaces, and every list of texts, nested ones too
 * (`permissions`, `roles`, `realm_access.roles`). Undefined for a token that is no JWT.
 * @see https://www.rfc-editor.org/rfc/rfc9068#section-2.2.3
 */
export function grantsOf(token: string): ReadonlySet<string> | undefined {
  const claims = decodeToken(token)?.claims;
  return claims && new Set(Object.entries(claims).flatMap(([name, value]) => listed(name, value)));
}

function listed(name: string, value: Json): readonly string[] {
  if (typeof value === 'string') return name === 'scope' || name === 'scp' ? value.split(' ').filter((word) => word !== '') : [];
  if (Array.isArray(value)) return value.filter((entry): entry is string => typeof entry === 'string');
  return isObject(value) ? Object.entries(value).flatMap(([inner, own]) => listed(inner, own)) : [];
}
