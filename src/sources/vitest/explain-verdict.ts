/** What a verdict accuses an API of, as text for a failed test: the promise, what came, how to see it again. Pure. */
import type { Confidence } from '../../cases/case.ts';
import { curlCommand } from '../../requests/reproduce.ts';
import type { Contract } from '../../spec/contract.ts';
import type { Judgement, Verdict } from '../../verdicts/verdict.ts';

const rank: Readonly<Record<Confidence, number>> = { unsure: 0, likely: 1, certain: 2 };

/** The failed judgements at least that sure. */
export function accusations(verdict: Verdict, failOn: Confidence): Judgement[] {
  return verdict.judgements.filter(({ outcome, confidence }) => outcome === 'fail' && rank[confidence] >= rank[failOn]);
}

/** The text of an accusation or several about one exchange. */
export function explainVerdict(contract: Contract, verdict: Verdict, judgements: readonly Judgement[], baseUrl: string): string {
  const { exchange, operation } = verdict;
  const name = operation?.id ?? `${exchange.request.method} ${exchange.request.url}`;
  const findings = judgements.map((judgement) => [`${judgement.check}: ${judgement.reason}`, ...details(contract, judgement)].join('\n'));
  return [`${name} does not meet its contract`, ...findings, `  try        ${curlCommand(exchange, { baseUrl })}`].join('\n');
}

function details(contract: Contract, { where, promise, came }: Judgement): string[] {
  const lines: string[] = [];
  if (where !== undefined) lines.push(`  where      ${where}`);
  if (promise !== undefined) lines.push(`  promised   ${promise.text}   ${placeOf(contract, promise.pointer)}`);
  if (came !== undefined) lines.push(`  came       ${came}`);
  return lines;
}

/** File and line, or file and pointer. */
function placeOf(contract: Contract, pointer: string): string {
  const line = contract.line(pointer);
  return line === undefined ? `${contract.location}#${pointer}` : `${contract.location}:${line}`;
}
