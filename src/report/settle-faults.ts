/** Decides at the end of a run what its faults are: of an API that otherwise answers they are findings, of one that never answers they accuse the environment. */
import type { Judgement, Verdict } from '../verdicts/verdict.ts';
import { compareText } from './collect-results.ts';
import { unknownOperation, type Finding, type ReportedFault } from './report.ts';

const check = 'answer-received';

/** What to say of the verdict's fault should the API turn out to answer otherwise; undefined without a fault, or where the judge has said so already. */
export function unaccusedFault(verdict: Verdict): Judgement | undefined {
  const { fault } = verdict.exchange;
  if (fault === undefined || verdict.judgements.some((judgement) => judgement.check === check && judgement.outcome === 'fail'))
    return undefined;
  return {
    check,
    outcome: 'fail',
    reason: `no answer came though the API answers otherwise: ${fault.message}`,
    confidence: fault.reused ? 'unsure' : 'certain',
    where: 'response',
    promise: undefined,
    came: fault.message,
    // One cause for all operations: a connection refused is not about one of them.
    topic: fault.reused ? `${fault.kind} on a reused connection` : fault.kind,
  };
}

/** Whether the API answered at all, and whether it went away for good. */
interface Presence {
  readonly answers: boolean;
  readonly gone: boolean;
}

/** The findings, and the faults that are none: those of requests outside the document, of those that came after the API was gone, and all of them where nothing answered. */
export function settleFaults(
  accused: readonly Finding[],
  unaccused: readonly Finding[],
  { answers, gone }: Presence,
): { readonly findings: readonly Finding[]; readonly faults: readonly ReportedFault[] } {
  const isFault = (finding: Finding): boolean => !answers && finding.check === check && finding.evidence?.fault !== undefined;
  const isOutside = ({ operation, evidence }: Finding): boolean =>
    operation === unknownOperation || (gone && evidence?.fault?.kind === 'refused');
  return {
    findings: [...accused.filter((finding) => !isFault(finding)), ...(answers ? unaccused.filter((finding) => !isOutside(finding)) : [])],
    faults: [...accused.filter(isFault), ...unaccused.filter((finding) => !answers || isOutside(finding))]
      .flatMap(({ operation, evidence, count, reproduce = '' }) =>
        evidence?.fault === undefined ? [] : [{ operation, kind: evidence.fault.kind, message: evidence.fault.message, count, reproduce }],
      )
      .toSorted((a, b) => b.count - a.count || compareText(a.operation, b.operation) || compareText(a.kind, b.kind)),
  };
}
