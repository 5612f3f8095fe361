/** What an API is called wherever one line names it. */

/** The title, and the version where the document has one: `Pets 1.2`. @see https://spec.openapis.org/oas/v3.1.1#info-object */
export function apiName({ title, version }: { readonly title: string; readonly version: string }): string {
  return `${title} ${version}`.trim();
}
