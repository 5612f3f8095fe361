import { defineConfig } from 'vitest/config';

/**
 * Tests of specproof itself by kind; `contract` are the suites that a Jobbergate team would write and needs a target;
 * `real` runs against the real Jobbergate stack, which its global setup starts; `package` against the tarball that its global setup packs; `yardstick` is every switch of the APIs that can be broken on purpose;
 * `container` needs a container engine, `page` needs Chromium.
 */
const slow = new Set(['e2e', 'contract', 'real', 'package', 'yardstick', 'container', 'page']);
const globalSetup: Readonly<Record<string, string>> = {
  contract: './src/sources/vitest/global-setup.ts',
  package: './tests/support/packed.ts',
  real: './tests/support/real-stack.ts',
};

const config: ReturnType<typeof defineConfig> = defineConfig({
  test: {
    projects: ['unit', 'property', 'golden', 'e2e', 'contract', 'real', 'package', 'yardstick', 'container', 'page'].map((name) => ({
      resolve: { conditions: ['specproof-source'] },
      ssr: { resolve: { conditions: ['specproof-source', 'module', 'node', 'import', 'default'] } },
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`],
        testTimeout: slow.has(name) ? 120_000 : 60_000,
        hookTimeout: 120_000,
        ...(globalSetup[name] !== undefined && { globalSetup: [globalSetup[name]] }),
        // more than there are processors: many tests wait for a process or a deadline. One file after the other where each looks at all that the engine,
        // or the one real API, holds
        maxWorkers: name === 'container' || name === 'real' ? 1 : '150%',
        // the first one waits for its image to be built
        ...(name === 'container' && { testTimeout: 300_000 }),
        // what tests import is loaded once a worker: none of them leaves anything behind
        isolate: false,
      },
    })),
  },
});

export default config;
