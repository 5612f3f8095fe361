/** Loads the optional newman package and keeps its known deprecation warnings off stderr. Nothing else of the process is touched. */
import util from 'node:util';
import type * as NewmanModule from 'newman';
import { HarnessError } from '../../errors.ts';

/** newman's library, as its type package describes it. */
export type Newman = Pick<typeof NewmanModule, 'run'>;

/** newman 6 uses `fs.F_OK` and, in multipart bodies, `util.isArray`, which Node 24 deprecates; its users can do nothing about it. */
const knownWarnings = new Set<unknown>(['DEP0176', 'DEP0044']);

let importing: Promise<Newman> | undefined;

/**
 * newman's library, loaded once: collections that run side by side ask for it at the same time.
 *
 * Throws HarnessError E_OPTIONAL when the package is not installed.
 */
export function importNewman(): Promise<Newman> {
  return (importing ??= importQuietly());
}

async function importQuietly(): Promise<Newman> {
  const original = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  const emitWarning = process.emitWarning.bind(process) as (...parts: readonly unknown[]) => void;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
    if (!rest.some((part) => knownWarnings.has(part))) emitWarning(warning, ...rest);
  };
  try {
    // Node warns of a deprecated function at its first call only: this one is spent here, where it goes unheard.
    Reflect.apply(util.isArray, util, [[]]);
    // A CommonJS module: its exports are the default.
    return (await import('newman')).default;
  } catch (error) {
    throw new HarnessError('E_OPTIONAL', 'newman is not installed: collections cannot be run', {
      hint: 'npm install --save-dev newman@6',
      cause: error,
    });
  } finally {
    if (original) Object.defineProperty(process, 'emitWarning', original);
  }
}
