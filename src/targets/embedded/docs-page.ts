/** The page that shows the document, in the form of swagger-ui's: the call that names the document's URL, with a small viewer of its own. Pure. */

/** The HTML of the page; `title` and `documentUrl` may hold any text. */
export function docsPage(title: string, documentUrl: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}code{margin-right:1ch;font-weight:600}</style>
</head>
<body>
<div id="swagger-ui"></div>
<script>
async function SwaggerUIBundle({ url, dom_id }) {
  const root = document.querySelector(dom_id);
  const api = await (await fetch(url)).json();
  const line = (name, ...children) => {
    const element = document.createElement(name);
    element.append(...children);
    return element;
  };
  root.append(line('h1', api.info.title + ' ' + api.info.version));
  for (const [path, item] of Object.entries(api.paths ?? {}))
    for (const method of ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'])
      if (item[method]) root.append(line('p', line('code', method.toUpperCase() + ' ' + path), item[method].summary ?? ''));
}
const ui = SwaggerUIBundle({
  url: ${escapeScript(documentUrl)},
  dom_id: '#swagger-ui',
});
</script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function escapeScript(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll("'", "\\'").replaceAll('<', '\\u003c')}'`;
}
