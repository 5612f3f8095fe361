/** Secrets that are none: words that the document itself says. Pure. */
import { once } from '../lib/once.ts';
import type { Contract } from '../spec/contract.ts';

/** What everybody knows who may see a report. */
export interface Published {
  readonly contract: (Pick<Contract, 'document'> & Partial<Pick<Contract, 'text'>>) | undefined;
  readonly baseUrl?: string | undefined;
}

/**
 * Whether a text may be struck as a secret: not where the document or the base URL says it, in whatever letters. Striking a password such as `admin` out of a
 * property's name would hide nothing, and checks would miss that property, and paths their operation.
 */
export function unpublished({ contract, baseUrl = '' }: Published): (secret: string) => boolean {
  // the file where it is at hand, and no copy in small letters: GitHub's document takes 6 to 20 ms so, and 200 otherwise
  const said = once(() => `${baseUrl} ${contract?.text ?? JSON.stringify(contract?.document)}`);
  const known = new Map<string, boolean>();
  return (secret) => {
    const answer = known.get(secret) ?? !new RegExp(RegExp.escape(secret), 'i').test(said());
    known.set(secret, answer);
    return answer;
  };
}
