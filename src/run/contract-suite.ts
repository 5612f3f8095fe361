/** The contract suite: is the document that the API serves the one that is locked? Every difference is a finding. */
import type { FetchDocumentOptions } from '../spec/fetch-document.ts';
import { checkDocument } from '../spec/pull-document.ts';
import type { SuiteEvent } from './events.ts';

export interface ContractSuiteOptions extends FetchDocumentOptions {
  /** Folder of the lock. */
  readonly folder: string;
  /** URL or file of the served document. */
  readonly source: string;
}

/**
 * One judgement for each difference, or a pass.
 * @throws HarnessError `E_SPEC_*` or `E_LOCK`
 */
export async function* runContractSuite(options: ContractSuiteOptions): AsyncGenerator<SuiteEvent, void, undefined> {
  yield { kind: 'planned', total: 1 };
  const { drift } = await checkDocument(options);
  const check = 'document-matches-lock';
  const title = drift.length === 0 ? 'the served document matches the lock' : 'the served document is not the locked one';
  const common = { check, confidence: 'certain', where: undefined } as const;
  if (drift.length === 0) {
    yield {
      kind: 'judgement',
      judgement: { ...common, outcome: 'pass', reason: '', promise: undefined, came: undefined, topic: '' },
      operation: undefined,
      title,
    };
  }
  for (const { operation, pointer, kind, what } of drift) {
    const promise = kind === 'added' ? undefined : { pointer, text: 'as locked' };
    yield {
      kind: 'judgement',
      judgement: { ...common, outcome: 'fail', reason: what, promise, came: kind, topic: what },
      operation,
      title,
    };
  }
  yield { kind: 'done', title };
}
