/** Loads packages that only some runs use, when they do: to load one takes longer than much of what a short command does. */
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/** The exports of a package, loaded when they are first asked for; what they are is told by an `import type`. */
export function loadLate<Module>(name: string): () => Module {
  return () => load(name) as Module;
}
