/** Opens pages in headless Chromium. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { makeFolder } from './run-main.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The browser: what CHROMIUM names, else the first one on the PATH; undefined where there is none. */
export function findChromium(): string | undefined {
  const given = process.env['CHROMIUM'];
  if (given !== undefined) return given;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

export interface Visit {
  readonly width?: number;
  /** Of the address, without `#`. */
  readonly fragment?: string;
}

/**
 * What the script returns in the opened page, together with the errors that were thrown there. It may be asynchronous.
 * @throws Error where there is no Chromium
 */
export async function visit(
  page: string,
  script: string,
  { width = 1280, fragment = '' }: Visit = {},
): Promise<{ readonly result: unknown; readonly errors: readonly string[] }> {
  const program = findChromium();
  if (program === undefined)
    throw new Error(`these tests open pages: install Chromium, or name the program in CHROMIUM (looked for ${names.join(', ')})`);
  const watch = `<script>const thrown = []; addEventListener('error', ({ message }) => thrown.push(message));</script>`;
  const drive = `<script>addEventListener('load', async () => {
    let result;
    try { result = await (async () => {${script}})(); } catch (error) { thrown.push(String(error)); }
    document.documentElement.innerHTML = '<body></body>';
    document.body.textContent = 'told:' + encodeURIComponent(JSON.stringify({ result, errors: thrown })) + ':';
  });</script>`;
  const folder = await makeFolder({
    'page.html': page.replace('<head>', () => `<head>${watch}`).replace('</body>', () => `${drive}</body>`),
  });
  try {
    const url = pathToFileURL(join(folder.path, 'page.html'));
    url.hash = fragment;
    const { stdout } = await promisify(execFile)(
      program,
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        `--user-data-dir=${join(folder.path, 'profile')}`,
        `--window-size=${width},900`,
        '--virtual-time-budget=20000',
        '--dump-dom',
        url.href,
      ],
      { maxBuffer: 1 << 28, timeout: 100_000 },
    );
    const [, told] = /told:([^:]*):/.exec(stdout) ?? [];
    if (told === undefined) throw new Error(`the page did not get so far: ${stdout.slice(0, 500)}`);
    return JSON.parse(decodeURIComponent(told)) as { readonly result: unknown; readonly errors: readonly string[] };
  } finally {
    await folder.dispose();
  }
}
