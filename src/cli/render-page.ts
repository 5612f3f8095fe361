/** The HTML report with what its renderer cannot get by itself: files of ours, and programs that an optional package writes. */
import { readFileSync } from 'node:fs';
import { isHarnessError } from '../errors.ts';
import type { RecordedExchange } from '../report/recorded-exchange.ts';
import { renderHtml, type PageParts } from '../report/render-html.ts';
import type { Report } from '../report/report.ts';
import type { SentRequest } from '../requests/exchange.ts';
import { credentials } from '../requests/reproduce.ts';
import type { Contract } from '../spec/contract.ts';
import { renderSnippet } from './snippets.ts';

/** The page; with httpx programs where the package that writes them is installed. */
export async function renderPage(report: Report, document: Contract): Promise<string> {
  return renderHtml(report, { ...readPage(), document, programs: await httpxPrograms(report) });
}

/** The page's own style and script. The bundle holds these files: `tsdown.config.ts` puts in their text. */
export function readPage(): Pick<PageParts, 'style' | 'script'> {
  const style = [
    readFileSync(new URL('../report/html/page.css', import.meta.url), 'utf8'),
    readFileSync(new URL('../report/html/findings.css', import.meta.url), 'utf8'),
    readFileSync(new URL('../report/html/tables.css', import.meta.url), 'utf8'),
  ];
  return { style: style.join('\n'), script: readFileSync(new URL('../report/html/page.js', import.meta.url), 'utf8') };
}

/** No URL of an API. */
const baseMark = 'http://base.invalid';

async function httpxPrograms({ causes, findings, target }: Report): Promise<ReadonlyMap<string, string>> {
  const told = new Set(causes.map((cause) => cause.findings[0]));
  const programs = new Map<string, string>();
  for (const { id, evidence } of findings) {
    const request = told.has(id) ? sentRequest(evidence, target.baseUrl) : undefined;
    if (request === undefined) continue;
    try {
      programs.set(id, await renderSnippet('httpx', request, undefined, [...credentials, { mark: baseMark, name: 'BASE' }]));
    } catch (error) {
      // a request that httpx would not send as it was, or no package
      if (!isHarnessError(error)) throw error;
    }
  }
  return programs;
}

/** The request below a mark; undefined where it is not all there. */
function sentRequest(evidence: RecordedExchange | undefined, baseUrl: string): SentRequest | undefined {
  if (evidence === undefined || evidence.request.body?.cut === true) return undefined;
  const { body, url, ...sent } = evidence.request;
  return {
    ...sent,
    url: url.startsWith(baseUrl) ? baseMark + url.slice(baseUrl.length) : url,
    body: body && Buffer.from(body.text, body.encoding),
  };
}
