/** Reads what the page of a report is made of. The bundle holds these files: `tsdown.config.ts` puts in their text. */
import { readFileSync } from 'node:fs';
import type { PageParts } from '../report/render-html.ts';

/** The page's own style and script. */
export function readPage(): Pick<PageParts, 'style' | 'script'> {
  const style = [
    readFileSync(new URL('../report/html/page.css', import.meta.url), 'utf8'),
    readFileSync(new URL('../report/html/findings.css', import.meta.url), 'utf8'),
    readFileSync(new URL('../report/html/tables.css', import.meta.url), 'utf8'),
  ];
  return { style: style.join('\n'), script: readFileSync(new URL('../report/html/page.js', import.meta.url), 'utf8') };
}
