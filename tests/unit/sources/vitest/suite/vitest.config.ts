import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** A team's configuration, for the tests of `runTests`. */
const config: ViteUserConfig = defineConfig({
  resolve: { conditions: ['specproof-source'] },
  ssr: { resolve: { conditions: ['specproof-source', 'module', 'node', 'import', 'default'] } },
  test: { include: ['**/*.suite.ts'] },
});

export default config;
