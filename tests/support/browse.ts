/** A browser for tests: opens a page, fills in its forms and sends them until a page has none. Keeps cookies, follows redirects. */

/** What the user does on a page with a form: fills in these fields and sends it, follows a link, or stops there. */
export type User = (form: PageForm) => Readonly<Record<string, string>> | URL | undefined;

export interface PageForm {
  /** Names of its fields. */
  readonly fields: readonly string[];
  readonly page: string;
  readonly url: URL;
}

/** The text of the last page. Rejects for a page that answers with an error, or after ten forms. */
export async function browse(address: string, user: User): Promise<string> {
  const cookies = new Map<string, string>();
  let page = await visit(new URL(address), undefined, cookies);
  for (let forms = 0; forms < 10; forms += 1) {
    const form = firstForm(page.text);
    if (form === undefined) return page.text;
    const done = user({ fields: [...form.fields.keys()], page: page.text, url: page.url });
    if (done === undefined) return page.text;
    const body = done instanceof URL ? undefined : new URLSearchParams({ ...Object.fromEntries(form.fields), ...done });
    page = await visit(done instanceof URL ? done : new URL(form.action, page.url), body, cookies);
  }
  throw new Error(`there is no end to the forms of ${address}`);
}

interface Page {
  readonly url: URL;
  readonly text: string;
}

/** Sends the form, or asks for the page where there is none. */
async function visit(address: URL, form: URLSearchParams | undefined, cookies: Map<string, string>): Promise<Page> {
  let url = address;
  let body = form;
  for (let hops = 0; hops < 20; hops += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie }, ...(body && { method: 'POST', body }) });
    for (const field of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(field) ?? [];
      if (value === '' || /max-age=0\b/i.test(field)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const text = await response.text();
    if (location === null) {
      if (response.status >= 400) throw new Error(`${url.href} answered ${response.status}: ${text.slice(0, 500)}`);
      return { url, text };
    }
    url = new URL(location, url);
    body = undefined;
  }
  throw new Error(`there is no end to the redirects of ${address.href}`);
}

interface Form {
  readonly action: string;
  readonly fields: ReadonlyMap<string, string>;
}

function firstForm(page: string): Form | undefined {
  const [, opening = '', inside = ''] = /<form([^>]*)>(.*?)<\/form>/is.exec(page) ?? [];
  const action = attribute(opening, 'action');
  if (action === undefined) return undefined;
  const fields = new Map<string, string>();
  for (const [tag] of inside.matchAll(/<input\b[^>]*>/gi)) {
    const name = attribute(tag, 'name');
    const type = attribute(tag, 'type');
    if (name !== undefined && type !== 'submit' && type !== 'checkbox') fields.set(name, attribute(tag, 'value') ?? '');
  }
  return { action, fields };
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(String.raw`\b${name}\s*=\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag);
  return (found?.[1] ?? found?.[2])?.replaceAll('&amp;', '&').replaceAll('&#x2F;', '/').replaceAll('&quot;', '"');
}

/** A user of the local provider's pages: confirms the code, logs in as `name`, and consents. */
export function consentingUser(name: string): User {
  return ({ fields }) => (fields.includes('login') ? { login: name, password: 'any' } : {});
}
