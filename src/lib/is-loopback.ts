/** Which URLs stay on this machine. */

/** Whether the URL leads to this machine. @see https://www.rfc-editor.org/rfc/rfc6890#section-2.2.2 */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
