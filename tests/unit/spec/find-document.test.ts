import { describe, expect, it } from 'vitest';
import { findDocument, placesInConfig, placesInScript } from '../../../src/spec/find-document.ts';

const page = (body: string): string => `<!doctype html><html><head><title>API</title></head><body>${body}</body></html>`;
const script = (text: string): string => page(`<script>${text}</script>`);
const url = (value: string) => ({ kind: 'url', url: value });

describe('findDocument', () => {
  it.each([
    [
      'swagger-ui as FastAPI writes it',
      script(`const ui = SwaggerUIBundle({\n  url: '/api/openapi.json',\n "dom_id": "#swagger-ui", "layout": "BaseLayout"})`),
      url('/api/openapi.json'),
    ],
    [
      'swagger-ui with a list',
      script('SwaggerUIBundle({ urls: [{"url": "/v1.json", "name": "one"}, {"url": "/v2.json"}] })'),
      url('/v1.json'),
    ],
    ['swagger-ui below its own origin', script('SwaggerUIBundle({ url: window.location.origin + "/openapi.yaml" })'), url('/openapi.yaml')],
    ['swagger-ui with escaped slashes', script(String.raw`SwaggerUIBundle({ "url": "\/openapi.json" })`), url('/openapi.json')],
    [
      'swagger-ui whose document is a variable',
      script('const specUrl = "/docs/api.json"; SwaggerUIBundle({ url: specUrl })'),
      url('/docs/api.json'),
    ],
    [
      "swagger-ui's configuration before its example",
      script('SwaggerUIBundle({ url: "https://petstore.swagger.io/v2/swagger.json", configUrl: "/v3/api-docs/swagger-config" })'),
      { kind: 'config', url: '/v3/api-docs/swagger-config' },
    ],
    ['a ReDoc tag', page("<redoc spec-url='/openapi.json?a=1&amp;b=2'></redoc>"), url('/openapi.json?a=1&b=2')],
    ['a ReDoc call', script(`Redoc.init('openapi.yaml', {}, document.body)`), url('openapi.yaml')],
    [
      'Scalar with data-url',
      page('<script id="api-reference" data-url="/openapi.json"></script><script src="https://cdn.test/@scalar/api-reference"></script>'),
      url('/openapi.json'),
    ],
    [
      'Scalar with a configuration',
      page(`<script id="api-reference" data-configuration="{&quot;spec&quot;:{&quot;url&quot;:&quot;/o.json&quot;}}"></script>`),
      url('/o.json'),
    ],
    ['Scalar by call', script(`Scalar.createApiReference('#app', { url: '/openapi.json' })`), url('/openapi.json')],
    [
      'Scalar with the document in the page',
      page('<script id="api-reference" type="application/json">{"openapi":"3.1.0","paths":{}}</script>'),
      { kind: 'inline', document: { openapi: '3.1.0', paths: {} } },
    ],
    ['RapiDoc', page('<rapi-doc spec-url="./openapi.json"></rapi-doc>'), url('./openapi.json')],
    ['Elements', page('<elements-api apiDescriptionUrl="openapi.yaml" router="hash"></elements-api>'), url('openapi.yaml')],
    ['a service description link', page('<link rel="service-desc" href="/openapi.json">'), url('/openapi.json')],
    ['a plain link', page('<a href="/v3/api-docs.yaml">x</a><a href="/static/openapi.json">OpenAPI</a>'), url('/v3/api-docs.yaml')],
    ['a link that speaks of one', page('<a href="/about">x</a><a href="/admin/docs/swagger">OpenAPI</a>'), url('/admin/docs/swagger')],
    [
      'a document inside a script',
      script('var options = {"swaggerDoc": {"openapi":"3.0.0","info":{"title":"a } \\" b"},"paths":{}}, "x": 1}'),
      { kind: 'inline', document: { openapi: '3.0.0', info: { title: 'a } " b' }, paths: {} } },
    ],
    [
      'an initializer beside the page',
      page('<script src="./swagger-ui-bundle.js"></script><script src="./swagger-initializer.js"></script>'),
      { kind: 'script', url: './swagger-initializer.js' },
    ],
  ])('finds the document of %s', (_, html, want) => {
    expect(findDocument(html)[0]).toEqual(want);
  });

  it.each([
    ['an ordinary page', page('<a href="/about.html">about</a><script src="/jquery.min.js"></script>')],
    ['a page that speaks of tools', page('<a href="https://github.com/x/swagger">x</a><a href="/swagger-tools">x</a>')],
    ['a page whose hint is commented out', page('<!-- <redoc spec-url="/openapi.json"></redoc> -->')],
  ])('finds nothing in %s', (_, html) => {
    expect(findDocument(html)).toEqual([]);
  });

  it("tries swagger-ui's example last", () => {
    expect(placesInScript('url: "https://petstore.swagger.io/v2/swagger.json", x: { url: "/mine.json" }')).toEqual([
      url('/mine.json'),
      url('https://petstore.swagger.io/v2/swagger.json'),
    ]);
  });

  it('ends soon on hostile pages', () => {
    for (const html of [
      `<script>${'{"openapi":"'.repeat(20_000)}`,
      `<a ${'b '.repeat(50_000)}`,
      `<a ${'b="'.repeat(20_000)}`,
      '<!--'.repeat(20_000),
    ])
      expect(findDocument(html)).toEqual([]);
  });
});

describe('placesInConfig', () => {
  it.each([
    ['a URL', { url: '/a.json' }, [url('/a.json')]],
    ['several', { urls: [{ url: '/a.json' }, { url: '/b.json' }] }, [url('/a.json'), url('/b.json')]],
    ['sources', { sources: [{ url: '/a.json' }] }, [url('/a.json')]],
    ['a document as text', { content: '{"openapi":"3.1.0"}' }, [{ kind: 'inline', document: { openapi: '3.1.0' } }]],
    ['nothing', null, []],
  ])('reads %s', (_, config, want) => {
    expect(placesInConfig(config)).toEqual(want);
  });
});
