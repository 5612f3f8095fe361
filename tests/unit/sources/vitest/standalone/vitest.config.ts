import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** A team's configuration whose tests are run by vitest itself. */
const config: ViteUserConfig = defineConfig({
  resolve: { conditions: ['specproof-source'] },
  ssr: { resolve: { conditions: ['specproof-source', 'module', 'node', 'import', 'default'] } },
  test: { include: ['**/*.suite.ts'], globalSetup: ['../../../../../src/sources/vitest/global-setup.ts'] },
});

export default config;
