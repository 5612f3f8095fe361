/** Holds generated types against the compiler that users run. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript7/package.json')), 'bin', 'tsc');

/** The compiler's complaints about modules of these texts, by name. */
export async function compileTypes(modules: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'specproof-types-'));
  try {
    for (const [name, text] of modules) await writeFile(join(folder, `${name.replaceAll(/[^\w.-]/g, '_')}.ts`), text);
    const files = await readdir(folder);
    const flags = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--noUncheckedIndexedAccess',
      '--erasableSyntaxOnly',
      '--types',
      '',
    ];
    await promisify(execFile)(process.execPath, [compiler, ...flags, ...files], { cwd: folder, maxBuffer: 1 << 26 });
    return [];
  } catch (error) {
    return String((error as { readonly stdout?: string }).stdout ?? error)
      .split('\n')
      .filter((line) => line !== '');
  } finally {
    await rm(folder, { recursive: true });
  }
}
