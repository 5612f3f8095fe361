/** `specproof doctor`: looks at everything that a run needs, says what is not there and what to do. Changes nothing. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { whenItEnds, whyUntimely } from '../../auth/token-times.ts';
import { isHarnessError } from '../../errors.ts';
import { createPaint } from '../../report/paint.ts';
import { documentAccess } from '../../run/document-access.ts';
import { openContract, openEnvironment, type OpenEnvironment } from '../../run/environment.ts';
import { planEnvironment, type EnvironmentPlan } from '../../run/plan-environment.ts';
import { fetchDocument } from '../../spec/fetch-document.ts';
import { lockFiles, readLock } from '../../spec/lock.ts';
import type { Execute, Invocation } from '../command.ts';
import { usesColor } from '../io.ts';
import { apiName } from '../../lib/api-name.ts';

/** What was looked at, and what was found. `needed`: a run cannot do without. */
interface Look {
  readonly what: string;
  readonly fine: boolean;
  readonly found: string;
  readonly remedy?: string;
  readonly needed: boolean;
}

/** Looks at everything; exit code 3 when something that a run needs is not there. */
export const doctor: Execute = async (invocation) => {
  const {
    arguments: [document],
    settings,
    io,
  } = invocation;
  const paint = createPaint(usesColor(io.stdout, io.env, settings.color));
  let ill = false;
  for await (const look of looks(document === undefined ? settings : { ...settings, document }, invocation)) {
    const mark = look.fine ? paint('green', '✓') : paint(look.needed ? 'red' : 'yellow', look.needed ? '✗' : '–');
    io.stdout.write(`${mark} ${look.what.padEnd(14)} ${look.found}\n`);
    if (!look.fine && look.remedy !== undefined) io.stdout.write(`                 ${look.remedy}\n`);
    ill ||= look.needed && !look.fine;
  }
  return ill ? 3 : 0;
};

async function* looks(settings: Invocation['settings'], { io }: Invocation): AsyncGenerator<Look> {
  yield { what: 'node', fine: true, found: process.versions.node, needed: true };
  for (const look of optionalPackages()) yield look;
  const plan = yield* attempt('config', () => planEnvironment(settings, io.cwd, io.env), describePlan);
  if (plan === undefined) return;
  yield* lookAtLock(plan);
  const contract = yield* attempt(
    'contract',
    () => openContract(plan),
    ({ contract }) => `${apiName(contract)}, ${contract.operations.length} operations, ${contract.location}`,
  );
  if (contract === undefined) return;
  const told: string[] = [];
  const open = yield* attempt(
    'target',
    () => openEnvironment(plan, { signal: io.signal, attach: true, onProgress: (line) => void told.push(line) }),
    ({ target }) => `${target.kind} ${target.baseUrl}`,
  );
  if (open === undefined) return;
  try {
    yield* lookAtDocument(open);
    told.length = 0;
    yield* lookAtIdentities(open, told);
  } finally {
    await open.dispose();
  }
}

/** What each identity's credentials are, and what was told of them: files, clocks. */
async function* lookAtIdentities({ people }: OpenEnvironment, told: string[]): AsyncGenerator<Look> {
  for (const [name, identity] of people.identities) {
    const main = name === people.main ? ', main' : '';
    for (const { form, credential } of identity.sources) {
      const what = `as ${name}${form.securityScheme === undefined ? '' : ` (${form.securityScheme})`}`;
      const given = yield* attempt(what, credential, ({ secret }) =>
        [`a token was given${main}`, whenItEnds(secret, Date.now())].filter(Boolean).join(', '),
      );
      const why = given && whyUntimely(given.secret, Date.now());
      if (why !== undefined)
        yield { what, fine: false, found: `its token ${why}`, needed: true, remedy: 'give another token, or set the clocks right' };
    }
    for (const found of told.splice(0)) yield { what: '', fine: true, found, needed: false };
  }
  if (people.identities.size > 0) return;
  yield {
    what: 'identities',
    fine: false,
    found: 'none: requests go out without credentials',
    needed: false,
    remedy: 'give --identity NAME=TOKEN, or configure some',
  };
}

/** What the work gives, or undefined with its HarnessError told. */
async function* attempt<T>(what: string, work: () => Promise<T>, describe: (value: T) => string): AsyncGenerator<Look, T | undefined> {
  try {
    const value = await work();
    yield { what, fine: true, found: describe(value), needed: true };
    return value;
  } catch (error) {
    if (!isHarnessError(error)) throw error;
    yield { what, fine: false, found: error.message, remedy: error.hint, needed: true };
    return undefined;
  }
}

function describePlan({ loaded, name, cwd, named }: EnvironmentPlan): string {
  return loaded === undefined
    ? named === undefined
      ? 'none found'
      : 'none used: a document was named'
    : `${relative(cwd, loaded.file) || loaded.file}, environment ${name}`;
}

async function* lookAtLock({ folder, named, cwd }: EnvironmentPlan): AsyncGenerator<Look> {
  if (folder === undefined || named !== undefined) return;
  const shown = relative(cwd, folder) || folder;
  yield* attempt(
    'lock',
    () => readLock(folder),
    ({ lock }) => `${shown}: ${apiName(lock)} of ${lock.date}`,
  );
  const hasTypes = existsSync(join(folder, lockFiles.types));
  yield {
    what: 'types',
    fine: hasTypes,
    found: hasTypes ? join(shown, lockFiles.types) : `no ${join(shown, lockFiles.types)}`,
    remedy: 'specproof pull --types-only',
    needed: false,
  };
}

async function* lookAtDocument({ plan, target }: OpenEnvironment): AsyncGenerator<Look> {
  const source = target.documentUrl ?? plan.settings.document;
  if (source === undefined)
    yield {
      what: 'document',
      fine: false,
      found: 'nothing says where it is served: the lock cannot be compared',
      remedy: 'set `document` in the configuration',
      needed: false,
    };
  else
    yield* attempt(
      'document',
      () => fetchDocument(source, documentAccess(plan)),
      ({ location }) => location,
    );
}

function optionalPackages(): Look[] {
  const require = createRequire(import.meta.url);
  return [
    ['newman', 'collections'],
    ['vitest', 'contract tests'],
    ['oidc-provider', 'the embedded target'],
    ['testcontainers', 'the container target'],
  ].map(([name = '', use = '']) => {
    let fine = true;
    try {
      require.resolve(name);
    } catch {
      fine = false;
    }
    return {
      what: name,
      fine,
      found: fine ? `installed, for ${use}` : `not installed: ${use} cannot be run`,
      remedy: `npm install --save-dev ${name}`,
      needed: false,
    };
  });
}
