/** What RFC 9110 says of request methods. */

/** Methods that change nothing (section 9.2.1), and QUERY, which its own specification calls safe. */
export const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY']);

/** Whether a request may be sent twice. @see https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2 */
export function isIdempotent(method: string): boolean {
  return method === 'PUT' || method === 'DELETE' || safeMethods.has(method);
}
