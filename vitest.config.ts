import { defineConfig } from 'vitest/config';

/** Tests of specproof itself by kind; `contract` are the suites that a Jobbergate team would write and needs a target. */
const config: ReturnType<typeof defineConfig> = defineConfig({
  test: {
    projects: ['unit', 'property', 'golden', 'e2e', 'contract'].map((name) => ({
      resolve: { conditions: ['specproof-source'] },
      ssr: { resolve: { conditions: ['specproof-source', 'module', 'node', 'import', 'default'] } },
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`],
        testTimeout: name === 'e2e' || name === 'contract' ? 120_000 : 15_000,
        hookTimeout: 120_000,
        // the suites of a team share one API, and nothing else
        ...(name === 'contract' && { globalSetup: ['./src/sources/vitest/global-setup.ts'], isolate: false }),
      },
    })),
  },
});

export default config;
