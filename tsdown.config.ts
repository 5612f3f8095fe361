/** The package that is published: one ES module an entry, what they share in chunks, and declarations. Dependencies stay outside. */
import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsdown';

/** Puts the text of a file in the place of the code that reads it from beside its module: style and script of the HTML report. */
const inlineTexts = {
  name: 'inline-texts',
  transform: (code: string, id: string): string =>
    code.replaceAll(/readFileSync\(new URL\((['"])([^'"]+)\1, import\.meta\.url\), (['"])utf8\3\)/g, (_, _quote, path: string) =>
      JSON.stringify(readFileSync(new URL(path, `file://${id}`), 'utf8')),
    ),
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
  plugins: [inlineTexts],
});

export default config;
