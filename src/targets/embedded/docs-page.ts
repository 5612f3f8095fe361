/** The page that shows the document, in the form of swagger-ui's: the call that names the document's URL, with a viewer of its own that needs no network. Pure. */
import { docsScript } from './docs-script.ts';

const style = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem; color: #1d2430; background: #fff }
details { border: 1px solid #d5dae3; border-left: .4rem solid #6b7c93; border-radius: .3rem; margin: .4rem 0; padding: .4rem .8rem }
details.get { border-left-color: #2f6fde } details.post { border-left-color: #2b8a3e } details.put, details.patch { border-left-color: #b7791f }
details.delete { border-left-color: #c53030 }
summary { cursor: pointer } code { font-weight: 600; margin-right: 1ch }
table { border-spacing: .6rem .2rem } th { text-align: left } td, .needs { color: #55617a }
pre { background: #f3f5f9; overflow: auto; padding: .6rem; max-height: 30rem } pre:empty { display: none }
input, textarea { font: inherit; max-width: 100% } textarea { font-family: ui-monospace, monospace; font-size: .9rem }
`;

/** The HTML of the page; `title`, `documentUrl` and `hint`, a line that says where tokens come from, may hold any text. */
export function docsPage(title: string, documentUrl: string, hint: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<div id="swagger-ui"></div>
<p>${escapeHtml(hint)}</p>
<script>${docsScript}
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
