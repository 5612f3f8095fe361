// Finds the programs that must be on the machine already. Installs nothing: `install-debian` does.
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';
import { keycloakFolder, postgresProgram, pythonFolder, pythonProgram } from './settings.ts';

/** Gives a Python of 3.12 or later that can make virtual environments, or undefined. */
export async function findPython(): Promise<string | undefined> {
  const candidates = [process.env['JOBBERGATE_STACK_PYTHON'], 'python3.12', 'python3.13', 'python3.14', 'python3'];
  const uv = await runCommand(['uv', 'python', 'find', '>=3.12']).catch(() => '');
  const pyenv = join(process.env['PYENV_ROOT'] || join(homedir(), '.pyenv'), 'versions');
  const versions = existsSync(pyenv) ? readdirSync(pyenv).map((version) => join(pyenv, version, 'bin', 'python')) : [];
  for (const candidate of [...candidates, uv.trim(), ...versions]) {
    if (!candidate) continue;
    const question = 'import sys, venv, ensurepip; assert sys.version_info >= (3, 12); print(sys.executable)';
    const answer = await runCommand([candidate, '-c', question]).catch(() => '');
    if (answer !== '') return answer.trim();
  }
  return undefined;
}

async function javaRelease(): Promise<number> {
  const java = process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin', 'java') : 'java';
  const output = await runCommand([java, '-version']).catch(() => '');
  return Number(/version "(\d+)/.exec(output)?.[1] ?? 0);
}

/** Gives one line for each thing that is missing, with the command that installs it on Debian. */
export async function missingPrerequisites(): Promise<readonly string[]> {
  const missing: string[] = [];
  if (!existsSync(pythonProgram()) && (await findPython()) === undefined) {
    missing.push(
      'Python 3.12 or later with venv is missing: apt-get install python3-venv (Debian 13), or pyenv install 3.12, or uv python install 3.12; JOBBERGATE_STACK_PYTHON may name one',
    );
  }
  if (!existsSync(postgresProgram('postgres'))) missing.push("PostgreSQL's server is missing: apt-get install postgresql");
  if ((await javaRelease()) < 17) missing.push('Java 17 or later is missing: apt-get install default-jre-headless');
  if (!existsSync(keycloakFolder()) && (await runCommand(['mvn', '--version']).catch(() => '')) === '') {
    missing.push('Maven is missing: apt-get install maven');
  }
  return missing;
}

/** Says whether the Python environment is there but its interpreter is gone (an upgraded or removed Python). */
export function pythonIsBroken(): boolean {
  return existsSync(pythonFolder()) && !existsSync(pythonProgram());
}
