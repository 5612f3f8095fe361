/** Holds the repository to its own rules: layers, purity, sizes, codes, lock file. */
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/errors.ts';
import { readSources, readText, type SourceFile } from '../support/source-files.ts';

const sources = readSources('src');

/** What each stage may import beside itself; `lib` and `errors` are everybody's. */
const layers: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  errors: [],
  spec: [],
  auth: ['spec'],
  targets: ['spec'],
  cases: ['spec'],
  requests: ['spec', 'auth', 'cases'],
  verdicts: ['spec', 'cases', 'requests'],
  report: ['spec', 'cases', 'requests', 'verdicts'],
  sources: ['spec', 'auth', 'targets', 'cases', 'requests', 'verdicts', 'report', 'run'],
  run: ['spec', 'auth', 'targets', 'cases', 'requests', 'verdicts', 'report', 'sources'],
  cli: ['spec', 'auth', 'targets', 'cases', 'requests', 'verdicts', 'report', 'sources', 'run'],
  index: ['spec', 'auth', 'targets', 'cases', 'requests', 'verdicts', 'report', 'sources', 'run'],
};

/** Edges to the right that stand, and why. */
const waivers: Readonly<Record<string, string>> = {
  'report → src/run/events.ts': 'types only: the report is a reduction of the events, and the composition owns their type',
};

const stageOf = (path: string): string => (path.split('/')[1] ?? '').replace(/\.ts$/, '');

function wrongEdges(file: SourceFile): string[] {
  const stage = stageOf(file.path);
  const allowed = new Set([stage, 'lib', 'errors', ...(layers[stage] ?? [])]);
  return file.imports
    .filter(
      ({ target, typeOnly }) =>
        target.startsWith('src/') && !allowed.has(stageOf(target)) && !(typeOnly && `${stage} → ${target}` in waivers),
    )
    .map(({ target }) => `${file.path} → ${target}`);
}

describe('layers', () => {
  it('knows every stage', () => {
    expect([...new Set(sources.map(({ path }) => stageOf(path)))].filter((stage) => !(stage in layers))).toEqual([]);
  });

  it('lets a stage import only stages to its left', () => {
    expect(sources.flatMap(wrongEdges)).toEqual([]);
  });

  it('notices a wrong edge', () => {
    const wrong: SourceFile = {
      path: 'src/cases/x.ts',
      text: '',
      lines: 1,
      imports: [{ target: 'src/report/report.ts', typeOnly: true }],
      names: new Set(),
      escapes: [],
    };
    expect(wrongEdges(wrong)).toEqual(['src/cases/x.ts → src/report/report.ts']);
  });

  it('keeps src apart from scripts, tests and benchmarks', () => {
    const outside = sources.flatMap((file) =>
      file.imports
        .filter(({ target }) => /^(?:scripts|tests|bench|stacks|\.\.)\b/.test(target))
        .map(({ target }) => `${file.path} → ${target}`),
    );
    expect(outside).toEqual([]);
  });
});

/** The folders of `cases`, each of which imports only those before it; the phases, which stand above them, import all. */
const caseFolders = ['inference', 'values', 'steps', 'protocol', 'operations', 'writes', 'lives', 'lists', 'access'];
/** What all of them speak in: cases, what phases plan with, what is expected, what refusals say, what scenarios are about. */
const vocabulary = ['case', 'planning', 'expectations', 'complaints', 'subjects'].map((name) => `src/cases/${name}.ts`);

function wrongCaseEdges({ path, imports }: SourceFile): string[] {
  const folderOf = (file: string): number => caseFolders.indexOf(/^src\/cases\/([^/]+)\//.exec(file)?.[1] ?? '');
  const own = folderOf(path);
  const isWrong = (target: string): boolean =>
    target.startsWith('src/cases/') && (folderOf(target) === -1 ? !vocabulary.includes(target) : folderOf(target) > own);
  return own === -1 ? [] : imports.flatMap(({ target }) => (isWrong(target) ? [`${path} → ${target}`] : []));
}

describe('the folders of cases', () => {
  it('are known, every one', () => {
    const folders = sources.flatMap(({ path }) => /^src\/cases\/([^/]+)\//.exec(path)?.[1] ?? []);
    expect(new Set(folders)).toEqual(new Set(caseFolders));
  });

  it('import only those before them', () => {
    expect(sources.flatMap(wrongCaseEdges)).toEqual([]);
  });

  it.each(['src/cases/lives/x.ts', 'src/cases/stateful.ts'])('notices a wrong edge to %s', (target) => {
    const wrong: SourceFile = {
      path: 'src/cases/values/x.ts',
      text: '',
      lines: 1,
      imports: [{ target, typeOnly: false }],
      names: new Set(),
      escapes: [],
    };
    expect(wrongCaseEdges(wrong)).toEqual([`src/cases/values/x.ts → ${target}`]);
  });
});

/** What a pure file may not touch. `crypto` hashes are pure, its random functions are caught by name. */
const impureModules =
  /^(?:node:)?(?:fs|net|http|https|http2|tls|dns|dgram|child_process|process|timers|worker_threads|perf_hooks|os|readline|cluster|async_hooks)\b|^undici$/;
const impureNames = [
  'Date.now',
  'new Date()',
  'performance',
  'console',
  'process',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'randomUUID',
  'randomBytes',
  'randomInt',
  'Math.random',
  'crypto',
];

const isPure = (path: string): boolean =>
  /^src\/(?:cases|verdicts|report)\//.test(path) || /^src\/requests\/(?:build|serialize|percent-encode|reproduce|shell-quote)/.test(path);

function impurities(file: SourceFile): string[] {
  const modules = file.imports
    .filter(({ target, typeOnly }) => !typeOnly && impureModules.test(target))
    .map(({ target }) => `${file.path} imports ${target}`);
  const names = impureNames.filter((name) => file.names.has(name)).map((name) => `${file.path} uses ${name}`);
  return [...modules, ...names];
}

describe('purity', () => {
  it('keeps clock, randomness, files, network, process and console out of cases, verdicts, report and the building of requests', () => {
    expect(sources.filter(({ path }) => isPure(path)).flatMap(impurities)).toEqual([]);
  });

  it('notices a clock in a pure file', () => {
    const clocks = sources.filter(({ names }) => names.has('performance'));
    expect(clocks.map(({ path }) => path)).toContain('src/run/pipeline.ts');
  });
});

/** Ways out of the type system that stand, and why. */
const typeWaivers: Readonly<Record<string, string>> = {
  'src/sources/vitest/create-client.ts: client as object as ApiClient<Paths>':
    'the type of a client is made of generated types that do not exist at run time',
};

describe('files', () => {
  it('are at most 300 lines long', () => {
    expect(sources.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  it('know no API by name', () => {
    expect(sources.filter(({ text }) => /jobbergate/i.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('open with a comment that says what they are for', () => {
    expect(sources.filter(({ text }) => !/^(?:#!.*\n)?\/\*\*/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('leave no way out of the type system', () => {
    const found = sources.flatMap(({ path, escapes }) => escapes.map((escape) => `${path}: ${escape}`));
    expect(found.filter((escape) => !(escape in typeWaivers))).toEqual([]);
  });
});

describe('error codes', () => {
  const { E_NODE, ...thrown } = errorCodes;

  it('E_NODE is told by the launcher, which can import nothing', () => {
    expect(readText('bin/specproof.cjs')).toContain(E_NODE.hint);
  });

  it.each(Object.keys(thrown))('%s is thrown somewhere', (code) => {
    const throwers = sources.filter(({ path, text }) => path !== 'src/errors.ts' && text.includes(`'${code}'`));
    expect(throwers.map(({ path }) => path)).not.toEqual([]);
  });
});

interface LockFile {
  readonly packages: Readonly<
    Record<string, { readonly resolved?: string; readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

describe('package-lock.json', () => {
  const { packages } = JSON.parse(readText('package-lock.json')) as LockFile;

  it('holds no download addresses', () => {
    expect(
      Object.entries(packages)
        .filter(([, { resolved = '' }]) => /^https?:/.test(resolved))
        .map(([path]) => path),
    ).toEqual([]);
  });

  it('names no optional package that it does not hold: npm ci would refuse it', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !candidates(path, name).some((place) => place in packages))
        .map((name) => `${path} → ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

/** Where npm may have put a package that another one asks for. */
function candidates(path: string, name: string): string[] {
  const folders = path.split('/node_modules/');
  const places = folders.map((_, index) => `${folders.slice(0, index + 1).join('/node_modules/')}/node_modules/${name}`);
  return [...places, `node_modules/${name}`];
}
