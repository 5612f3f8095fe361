/** What scenarios are run with where a test has no wish of its own. */
import { createJudge } from '../../src/run/pipeline.ts';
import type { GeneratedOptions } from '../../src/run/generated-suite.ts';

/** Nobody's credentials, two scenarios at once, no limit, findings asked for again. */
export function generatedOptions(
  own: Pick<GeneratedOptions, 'contract' | 'baseUrl' | 'transport' | 'scenarios'> & Partial<GeneratedOptions>,
): GeneratedOptions {
  return {
    identities: new Map(),
    main: undefined,
    headers: [],
    concurrency: 2,
    maxCases: undefined,
    repeat: true,
    judge: createJudge(own),
    signal: new AbortController().signal,
    ...own,
  };
}
