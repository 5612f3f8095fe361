/** The package that is published: one ES module an entry, what they share in chunks, and declarations. Dependencies stay outside. */
import { defineConfig } from 'tsdown';

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
});

export default config;
