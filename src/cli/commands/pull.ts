/** `specproof pull`: fetches the document and locks it, or only says what moved. */
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { HarnessError } from '../../errors.ts';
import { createPaint } from '../../report/paint.ts';
import { documentAccess } from '../../run/document-access.ts';
import { openServedDocument } from '../../run/served-document.ts';
import { fetchedContract } from '../../run/open-contract.ts';
import { uncompilableSchemas } from '../../run/uncompilable-schemas.ts';
import { planEnvironment, type EnvironmentPlan } from '../../run/plan-environment.ts';
import type { Drift } from '../../spec/compare-documents.ts';
import { generateTypes } from '../../spec/generate-types.ts';
import { lockFiles, readLock, writeWhole } from '../../spec/lock.ts';
import { checkDocument, pullDocument } from '../../spec/pull-document.ts';
import type { Execute, Invocation } from '../command.ts';
import { usesColor } from '../io.ts';
import { startLines } from '../run-suites.ts';
import { apiName } from '../../lib/api-name.ts';

/** Locks the document; with `--check` exit code 1 when the document is not the locked one. */
export const pull: Execute = async (invocation) => {
  const {
    arguments: [source],
    settings,
    flags,
    io,
  } = invocation;
  // The source is where to pull from; the configuration still says where the lock is.
  const { document, ...others } = settings;
  const plan = await planEnvironment(others, io.cwd, io.env);
  const folder = plan.folder ?? resolve(io.cwd, 'specs', 'api');
  if (flags['typesOnly'] === true) return writeTypes(folder, invocation);
  // Without a configuration the lock alone knows where its document is from.
  const isAlone = plan.loaded === undefined && existsSync(join(folder, lockFiles.lock));
  const named = source ?? document ?? (isAlone ? (await readLock(folder)).lock.source : undefined);
  const served = await openServedDocument(plan, named, { signal: io.signal, onProgress: startLines(plan.settings, io) });
  try {
    const options = { ...documentAccess(plan), source: served.source, folder };
    if (flags['check'] !== true) return await lock(options, plan, invocation);
    const { drift, lock: locked } = await checkDocument(options);
    if (drift.length === 0) io.stdout.write(`${served.source} is what ${relative(io.cwd, folder)} locks: ${apiName(locked)}\n`);
    else {
      io.stdout.write(`${served.source} is not what ${relative(io.cwd, folder)} locks:\n`);
      writeDrift(drift, invocation);
    }
    return drift.length === 0 ? 0 : 1;
  } finally {
    await served.dispose();
  }
};

async function lock(
  options: ReturnType<typeof documentAccess> & { readonly source: string; readonly folder: string },
  plan: EnvironmentPlan,
  invocation: Invocation,
): Promise<number> {
  const { io } = invocation;
  await assertCompilable(options, plan);
  const pulled = await pullDocument({ ...options, prose: plan.loaded?.config.prose ?? 'keep', now: new Date() });
  for (const note of pulled.notes) io.stderr.write(`  ${note}\n`);
  io.stdout.write(`${apiName(pulled.lock)}: ${pulled.changed ? 'locked' : 'unchanged'}\n`);
  writeDrift(pulled.drift, invocation);
  for (const file of pulled.files) io.stdout.write(`  wrote ${relative(io.cwd, file)}\n`);
  return 0;
}

/** A lock must hold nothing that cannot be judged. @throws HarnessError `E_SPEC_SCHEMA` */
async function assertCompilable(
  { source, folder }: { readonly source: string; readonly folder: string },
  plan: EnvironmentPlan,
): Promise<void> {
  const { contract } = await fetchedContract(source, plan, join(folder, 'overlay.yaml'));
  const [first, ...others] = uncompilableSchemas(contract, contract.operations);
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  throw new HarnessError('E_SPEC_SCHEMA', `${first.place}: ${first.reason}${more}`, {
    hint: 'mend the schema at the named place, or replace it in overlay.yaml',
  });
}

function writeDrift(drift: readonly Drift[], { io, settings }: Invocation): void {
  const paint = createPaint(usesColor(io.stdout, io.env, settings.color));
  const marks = { added: ['+', 'green'], removed: ['-', 'red'], changed: ['~', 'yellow'] } as const;
  for (const { kind, operation, what } of drift) {
    const [mark, style] = marks[kind];
    io.stdout.write(`  ${paint(style, mark)} ${operation === undefined || what.includes(operation) ? '' : `${operation}: `}${what}\n`);
  }
}

async function writeTypes(folder: string, { io, flags }: Invocation): Promise<number> {
  if (flags['check'] === true) throw new HarnessError('E_USAGE', '--check does not go with --types-only');
  const { document } = await readLock(folder);
  const file = join(folder, lockFiles.types);
  await writeWhole(file, await generateTypes(document));
  io.stdout.write(`wrote ${relative(io.cwd, file)}\n`);
  return 0;
}
