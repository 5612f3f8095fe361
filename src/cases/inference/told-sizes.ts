/** Sizes that a document tells in words. Pure. */
import type { Contract, Operation } from '../../spec/contract.ts';
import { sentencesAt } from '../../spec/descriptions.ts';
import { declaresStatus } from '../../spec/declares-status.ts';

/** Many write kB for 1,024 bytes: the larger meaning is exceeded in either. */
const units: Readonly<Record<string, number>> = { '': 1, k: 1024, ki: 1024, m: 1_048_576, mi: 1_048_576 };
/** The largest body that is worth a try. */
const mostBytes = 4_000_000;

/** The bytes that a body may have at most, where 413 is declared and a sentence about bodies or about 413 tells; undefined elsewhere. */
export function largestBody(contract: Contract, operation: Operation): number | undefined {
  if (!declaresStatus(operation, '413')) return undefined;
  const places = [
    operation.pointer,
    ...operation.responses.filter(({ status }) => status === '413').map(({ pointer }) => pointer),
    '/info',
  ];
  const sentences = sentencesAt(contract, ...places);
  for (const sentence of sentences) {
    const [, digits = '', unit = ''] = /\b(\d[\d,_]*)\s*([kKmM]i?)?[bB](?:ytes?)?\b/.exec(sentence) ?? [];
    const bytes = Number(digits.replaceAll(/[,_]/g, '')) * (units[unit.toLowerCase()] ?? 1);
    if (digits !== '' && /\b413\b|too large|\bbod(?:y|ies)\b|\bcontent\b/i.test(sentence) && bytes > 0 && bytes <= mostBytes) return bytes;
  }
  return undefined;
}
