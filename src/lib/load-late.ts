/** Loads packages that only some runs use, when they do: to load one takes longer than much of what a short command does. */
import { createRequire } from 'node:module';

/** The exports of a package, loaded with the first question; the caller says what they are, by an `import type`. */
export const loadLate: (name: string) => unknown = createRequire(import.meta.url);
