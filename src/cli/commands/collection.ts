/** `specproof collection`: a Postman collection of the contract and its environment template, or what a team's own collection lacks. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { HarnessError, isHarnessError } from '../../errors.ts';
import type { Json } from '../../lib/json.ts';
import { serverBaseUrl } from '../../run/base-url.ts';
import { openContract } from '../../run/environment.ts';
import { planEnvironment, type EnvironmentPlan } from '../../run/plan-environment.ts';
import { loadCollection } from '../../sources/newman/load-collection.ts';
import { syncCollection } from '../../sources/postman/sync-collection.ts';
import { writeCollection, writeEnvironment } from '../../sources/postman/write-collection.ts';
import type { Contract } from '../../spec/contract.ts';
import { writeWhole } from '../../spec/lock.ts';
import { standardServer } from '../../spec/servers.ts';
import type { Execute, Invocation } from '../command.ts';
import { apiName } from '../init/project-files.ts';

/** Writes the files, or with `--sync` what is missing in one. What is there is left as it is. */
export const collection: Execute = async (invocation) => {
  const {
    arguments: [document],
    settings,
    flags: { sync },
    io,
  } = invocation;
  const plan = await planEnvironment(document === undefined ? settings : { ...settings, document }, io.cwd, io.env);
  const { contract } = await openContract(plan);
  return typeof sync === 'string' ? syncFile(resolve(io.cwd, sync), contract, invocation) : writeFiles(plan, contract, invocation);
};

async function writeFiles(plan: EnvironmentPlan, contract: Contract, { flags, io }: Invocation): Promise<number> {
  const name = plan.loaded?.config.api ?? apiName(contract.title);
  const folder = typeof flags['out'] === 'string' ? resolve(io.cwd, flags['out']) : join(plan.loaded?.root ?? io.cwd, 'collections');
  const files = [
    [join(folder, `${name}.postman_collection.json`), writeCollection(contract)],
    [join(folder, `${name}.postman_environment.json`), writeEnvironment(contract, baseUrlOf(plan, contract))],
  ] as const;
  const there = files.map(([file]) => file).find((file) => existsSync(file));
  if (there !== undefined && flags['force'] !== true) {
    throw new HarnessError('E_USAGE', `${relative(io.cwd, there)} is there already`, {
      hint: `specproof collection --sync ${relative(io.cwd, files[0][0])} adds what it lacks; --force writes it anew`,
    });
  }
  for (const [file, content] of files) {
    await writeWhole(file, `${JSON.stringify(content, undefined, 2)}\n`);
    io.stdout.write(`wrote ${relative(io.cwd, file)}\n`);
  }
  return 0;
}

function baseUrlOf({ settings, environment }: EnvironmentPlan, contract: Contract): string {
  const target = environment?.target;
  const configured = settings.baseUrl ?? (target !== undefined && 'baseUrl' in target ? target.baseUrl : undefined);
  if (configured !== undefined) return configured;
  try {
    return serverBaseUrl(standardServer(contract), contract.location);
  } catch (error) {
    // It is there to be filled in.
    if (isHarnessError(error)) return 'http://localhost:8000';
    throw error;
  }
}

async function syncFile(file: string, contract: Contract, { io }: Invocation): Promise<number> {
  await loadCollection(file);
  const text = await readFile(file, 'utf8');
  const { text: synced, added, widened, unknown } = syncCollection(text, JSON.parse(text.replace(/^\uFEFF/, '')) as Json, contract);
  const name = relative(io.cwd, file);
  if (synced !== text) await writeWhole(file, synced);
  io.stdout.write(added.length === 0 ? `${name} has a request for each operation\n` : `${name}: ${added.length} added\n`);
  for (const { id } of added) io.stdout.write(`  + ${id}\n`);
  if (widened.length > 0) io.stdout.write(`  ${widened.length} of its tests now take what the document has come to declare\n`);
  for (const item of unknown) io.stderr.write(`  "${item}" sends what the document does not know\n`);
  return 0;
}
