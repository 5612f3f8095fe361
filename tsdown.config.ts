/** The package that is published: one ES module an entry, what they share in chunks, and declarations. Dependencies stay outside, but for a few that are small files and used always. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'tsdown';

/** Puts the text of a file in the place of the code that reads it from beside its module: style and script of the HTML report. */
const inlineTexts = {
  name: 'inline-texts',
  transform: (code: string, id: string): string =>
    code.replaceAll(/readFileSync\(new URL\((['"])([^'"]+)\1, import\.meta\.url\), (['"])utf8\3\)/g, (_, _quote, path: string) =>
      JSON.stringify(readFileSync(new URL(path, `file://${id}`), 'utf8')),
    ),
};

/** Packages of many small files that every command needs: as part of ours they load in half the time. */
const bundled = ['ajv', 'commander', 'fast-deep-equal', 'fast-uri', 'json-schema-traverse'];

/** Passes on the licences of what is bundled. */
const licences = {
  name: 'licences',
  generateBundle(this: {
    readonly emitFile: (file: { readonly type: 'asset'; readonly fileName: string; readonly source: string }) => void;
  }): void {
    const texts = bundled.map((name) => {
      const folder = join(import.meta.dirname, 'node_modules', name);
      const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one)) ?? 'LICENSE';
      return `${name}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
    });
    this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: texts.join('\n---\n\n') });
  },
};

const config: ReturnType<typeof defineConfig> = defineConfig({
  entry: {
    index: 'src/index.ts',
    'cli/bin': 'src/cli/bin.ts',
    vitest: 'src/sources/vitest.ts',
    'vitest/global-setup': 'src/sources/vitest/global-setup.ts',
    'vitest/guard-requests': 'src/sources/vitest/guard-requests.ts',
    newman: 'src/sources/newman.ts',
  },
  platform: 'node',
  target: 'node24',
  fixedExtension: false,
  dts: true,
  plugins: [inlineTexts, licences],
  deps: { onlyBundle: bundled },
});

export default config;
