/** The files of a new project: configuration, first test, CI workflow. Pure. */
import type { IdentityOptions } from '../../auth/identity-options.ts';
import type { Json } from '../../lib/json.ts';
import { code, literal } from '../../report/source-text.ts';
import { plainReads } from '../../run/find-base-url.ts';
import type { Contract } from '../../spec/contract.ts';

/** What a project is made of. */
export interface Project {
  /** Name of the API: `job-shop`. */
  readonly name: string;
  readonly baseUrl: string;
  /** URL that the document was found at, or its file's path from the folder. */
  readonly document: string;
  readonly identity: IdentityOptions | undefined;
  /** Environment variable of the identity's secret, where it has one. */
  readonly variable: string | undefined;
  /** Whether the folder's files are ES modules. */
  readonly isModule: boolean;
  /** Whether npm can install what a lock says. */
  readonly hasLock: boolean;
  readonly version: string;
}

/** Name of the environment variable of the API's: `JOB_SHOP_TOKEN`. */
export const variableOf = (name: string, what: string): string => `${name.toUpperCase().replaceAll(/[^A-Z\d]+/g, '_')}_${what}`;

/** A name for files and variables, from a title. */
export function apiName(title: string): string {
  const name = title
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return /^[a-z]/.test(name) ? name : `api-${name}`.replace(/-$/, '');
}

/** Files by path, in the order in which a reader meets them. */
export function projectFiles(project: Project, contract: Contract): ReadonlyMap<string, string> {
  return new Map([
    [project.isModule ? 'specproof.config.ts' : 'specproof.config.mjs', configText(project)],
    [`tests/contract/${project.name}.test.${project.isModule ? 'ts' : 'mts'}`, testText(project, contract)],
    ['.github/workflows/contract.yml', workflowText(project)],
  ]);
}

/** The manifest of a folder that has none. */
export function manifestText({ name, version }: Project): string {
  const manifest = {
    name: `${name}-contract`,
    private: true,
    type: 'module',
    scripts: { contract: 'specproof run' },
    devDependencies: { specproof: `^${version}`, '@scalar/snippetz': '^0.10.2', newman: '^6.2.2', vite: '^8.0.0', vitest: '^5.1.1' },
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Stands for what is no literal. */
const baseMark = 'base-url-expression';

function configText({ name, baseUrl, document, identity, isModule }: Project): string {
  const below = document.startsWith(`${baseUrl}/`) ? document.slice(baseUrl.length) : undefined;
  const config: Json = {
    api: name,
    document: below === undefined ? document : `${baseMark}${below}`,
    environments: {
      main: {
        target: { kind: 'live', baseUrl: baseMark },
        ...(identity !== undefined && { identities: { me: toJson(identity) } }),
      },
    },
    collections: [{ file: `collections/${name}.postman_collection.json` }],
    tests: [`tests/contract/**/*.test.${isModule ? 'ts' : 'mts'}`],
    reports: { junit: 'reports/junit.xml', json: 'reports/run.json' },
  };
  const text = code(config, 0)
    .replace(`baseUrl: ${literal(baseMark)}`, 'baseUrl')
    .replace(new RegExp(`'${baseMark}(.*)'`), '`$${baseUrl}$1`');
  const head = `/** How specproof tests ${name}. Secrets come from the environment; every key is explained by the type. */`;
  const base = `const baseUrl = process.env[${literal(variableOf(name, 'BASE_URL'))}] || ${literal(baseUrl)};`;
  return isModule
    ? `${head}\nimport type { Config } from 'specproof';\n\n${base}\n\nexport default ${text} satisfies Config;\n`
    : `${head}\n\n${base}\n\n/** @type {import('specproof').Config} */\nconst config = ${text};\n\nexport default config;\n`;
}

const toJson = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;

function testText({ name, isModule }: Project, contract: Contract): string {
  const reads = plainReads(contract);
  const tests = reads.map(
    ({ path }) =>
      `test(${literal(`GET ${path} answers as documented`)}, async ({ api }) => {\n  expect(await api.get(${literal(path)})).toMeetContract();\n});\n`,
  );
  return [
    `/** First tests of ${name}. \`api\` is typed by the document, and judges every answer on its way. */`,
    "import { apiTest } from 'specproof/vitest';",
    "import { expect } from 'vitest';",
    `import type { paths } from '../../specs/${name}/types.${isModule ? 'ts' : 'js'}';`,
    '',
    'const test = apiTest<paths>();',
    '',
    tests.length > 0 ? tests.join('\n') : "test.todo('calls an operation');\n",
  ].join('\n');
}

function workflowText({ name, variable, hasLock }: Project): string {
  const base = variableOf(name, 'BASE_URL');
  const secret = variable === undefined ? '' : `      ${variable}: \${{ secrets.${variable} }}\n`;
  return `# Judges the API at the repository's variable ${base} on each push and once a night.
name: contract
on:
  push:
  pull_request:
  schedule:
    - cron: '17 3 * * *'
permissions:
  contents: read
jobs:
  contract:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    env:
      ${base}: \${{ vars.${base} }}
${secret}    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: 24
      - run: npm ${hasLock ? 'ci' : 'install'}
      - run: npx specproof run
      - uses: actions/upload-artifact@v5
        if: always()
        with:
          name: specproof
          path: reports
`;
}
