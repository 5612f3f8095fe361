/** The script of the docs page, as text for the browser: shows an OpenAPI 3.x document, takes a token, tries requests. Needs nothing from the network but the API. */

/** Defines `SwaggerUIBundle({url, dom_id})`, the call by which tools find the document of a page. */
export const docsScript: string = String.raw`
const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
};
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

async function SwaggerUIBundle({ url, dom_id }) {
  const root = document.querySelector(dom_id);
  const api = await (await fetch(url)).json();
  const resolve = (value, depth = 0) => {
    if (typeof value?.$ref !== 'string' || depth > 20) return value ?? {};
    const at = value.$ref.slice(2).split('/').map((token) => decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~'));
    return resolve(at.reduce((parent, token) => parent?.[token], api), depth + 1);
  };
  const typeOf = (schema) => {
    const found = resolve(schema);
    const branches = found.anyOf ?? found.oneOf;
    if (branches) return branches.map(typeOf).join(' | ');
    if (found.enum) return found.enum.map((choice) => JSON.stringify(choice)).join(' | ');
    return [found.type ?? 'any'].flat().join(' | ') + (found.format ? ' (' + found.format + ')' : '');
  };
  const sample = (schema, depth = 0) => {
    const found = resolve(schema);
    const given = [found.example, found.examples?.[0], found.default, found.const, found.enum?.[0]].find((value) => value !== undefined);
    if (given !== undefined) return given;
    const branch = (found.anyOf ?? found.oneOf)?.find((one) => resolve(one).type !== 'null');
    if (branch) return sample(branch, depth);
    const whole = Object.assign({}, found.properties, ...(found.allOf ?? []).map((part) => resolve(part).properties));
    const type = [found.type ?? (Object.keys(whole).length > 0 ? 'object' : undefined)].flat()[0];
    if (type === 'object') return depth > 4 ? {} : Object.fromEntries(Object.entries(whole).map(([name, own]) => [name, sample(own, depth + 1)]));
    if (type === 'array') return depth > 4 ? [] : [sample(found.items, depth + 1)];
    return { string: 'text', integer: 1, number: 1, boolean: true }[type] ?? null;
  };

  const token = make('input', { id: 'token', type: 'password', size: 50, placeholder: 'access token', autocomplete: 'off' });
  const credentials = (security, query) => {
    const headers = {};
    const secret = token.value.trim();
    for (const name of secret === '' ? [] : Object.keys((security ?? []).find((one) => Object.keys(one).length > 0) ?? {})) {
      const scheme = resolve(api.components?.securitySchemes?.[name]);
      const isKey = scheme.type === 'apiKey' && scheme.name?.toLowerCase() !== 'authorization';
      if (isKey && scheme.in === 'query') query.append(scheme.name, secret);
      else if (isKey) headers[scheme.name] = secret;
      else if (scheme.scheme?.toLowerCase() === 'basic') headers.Authorization = 'Basic ' + btoa(secret);
      else headers.Authorization = secret.includes(' ') ? secret : 'Bearer ' + secret;
    }
    return headers;
  };

  const parameterRow = (parameter) => {
    const { name, in: place, required, schema, description } = parameter;
    const input = make('input', { name: place + ' ' + name, placeholder: typeOf(schema), size: 40 });
    return { parameter, input, row: make('tr', {}, make('th', {}, name + (required ? ' *' : '')), make('td', {}, place), make('td', {}, input), make('td', {}, description ?? '')) };
  };
  const bodyEditor = (requestBody) => {
    const content = resolve(requestBody).content ?? {};
    const type = Object.keys(content).find((one) => one.includes('json')) ?? Object.keys(content)[0];
    if (type === undefined) return { value: () => undefined };
    const { schema } = content[type];
    if (type.startsWith('multipart/') || type.includes('urlencoded')) {
      const fields = Object.entries(resolve(schema).properties ?? {}).map(([name, own]) => {
        const isFile = /binary|octet-stream/.test(JSON.stringify(resolve(own)));
        return [name, make('input', { type: isFile ? 'file' : 'text', name: 'body ' + name })];
      });
      const value = () => {
        const form = type.startsWith('multipart/') ? new FormData() : new URLSearchParams();
        for (const [name, input] of fields) {
          const given = input.type === 'file' ? input.files[0] : input.value;
          if (given) form.append(name, given);
        }
        return { body: form };
      };
      return { value, element: make('p', {}, 'Body, ' + type + ': ', ...fields.flatMap(([name, input]) => [name + ' ', input])) };
    }
    const text = make('textarea', { name: 'body', rows: 8, cols: 80, spellcheck: 'false' });
    text.value = type.includes('json') ? JSON.stringify(sample(schema), undefined, 2) : '';
    return { value: () => (text.value.trim() === '' ? undefined : { body: text.value, type }), element: make('p', {}, 'Body, ' + type, make('br'), text) };
  };
  const send = async (method, path, security, rows, editor, output) => {
    const query = new URLSearchParams();
    let target = path;
    const headers = credentials(security, query);
    for (const { parameter, input } of rows) {
      const { name, in: place } = parameter;
      if (place === 'path') target = target.replace('{' + name + '}', encodeURIComponent(input.value));
      else if (input.value !== '' && place === 'query') query.append(name, input.value);
      else if (input.value !== '' && place === 'header') headers[name] = input.value;
    }
    const sent = editor.value();
    if (sent?.type) headers['Content-Type'] = sent.type;
    const base = url.replace(/\/openapi\.json$/, '');
    const address = base + target + (query.size > 0 ? '?' + query : '');
    output.textContent = '…';
    try {
      const response = await fetch(address, { method: method.toUpperCase(), headers, ...(sent && { body: sent.body }) });
      const body = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      const shown = isJson && body !== '' ? JSON.stringify(JSON.parse(body), undefined, 2) : body;
      const fields = [...response.headers].map(([name, value]) => name + ': ' + value).join('\n');
      output.textContent = method.toUpperCase() + ' ' + address + '\n\n' + response.status + ' ' + response.statusText + '\n' + fields + '\n\n' + shown;
    } catch (error) {
      output.textContent = String(error);
    }
  };
  const operation = (method, path, item) => {
    const { summary, description, parameters = [], requestBody, responses = {}, security = api.security } = item[method];
    const rows = [...(item.parameters ?? []), ...parameters].map((one) => parameterRow(resolve(one)));
    const editor = bodyEditor(requestBody);
    const output = make('pre', { class: 'answer' });
    const answers = Object.entries(responses).map(([status, response]) => {
      const { description = '', content = {} } = resolve(response);
      const bodies = Object.entries(content).map(([type, { schema }]) => type + ' ' + (schema?.$ref?.split('/').at(-1) ?? (schema ? typeOf(schema) : '')));
      return make('li', {}, make('b', {}, status), ' ' + [description, ...bodies].filter((text) => text !== '').join(' · '));
    });
    const scopes = (security ?? []).map((one) => Object.entries(one).map(([name, own]) => [name, ...own].join(' ')).join(' and ')).join(' or ');
    return make(
      'details',
      { class: method },
      make('summary', {}, make('code', {}, method.toUpperCase() + ' ' + path), ' ' + (summary ?? '')),
      make('p', {}, description ?? ''),
      scopes === '' ? undefined : make('p', { class: 'needs' }, 'Needs ' + scopes),
      rows.length > 0 ? make('table', {}, ...rows.map(({ row }) => row)) : undefined,
      editor.element,
      make('button', { type: 'button', click: () => send(method, path, security, rows, editor, output) }, 'Try it'),
      output,
      make('ul', {}, ...answers),
    );
  };

  root.append(
    make('h1', {}, api.info.title + ' ' + api.info.version),
    make('p', {}, api.info.description ?? ''),
    make('p', {}, make('label', { for: 'token' }, 'Authorize: '), token),
  );
  const byTag = new Map();
  for (const [path, item] of Object.entries(api.paths ?? {}))
    for (const method of methods) {
      const tag = item[method]?.tags?.[0] ?? '';
      if (item[method]) byTag.set(tag, [...(byTag.get(tag) ?? []), operation(method, path, item)]);
    }
  for (const [tag, operations] of byTag) root.append(make('h2', {}, tag), ...operations);
}
`;
