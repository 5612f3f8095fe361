/** How a provider's clock differs from this machine's, by what its answers say. */
import { describeDuration } from '../lib/describe-duration.ts';

export interface ProviderClock {
  /** Looks at an answer that came just now. */
  readonly read: (response: Response) => void;
  /** Milliseconds that the provider is ahead; 0 where they cannot matter. */
  readonly ahead: () => number;
}

/** Milliseconds that two clocks may differ unnoticed. */
const tolerable = 30_000;

/** The clock of a provider; `tell` hears once when it differs. @see https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1 */
export function createProviderClock(where: string, now: () => number, tell: (line: string) => void): ProviderClock {
  let ahead = 0;
  let told = false;
  return {
    read: ({ headers }) => {
      const date = Date.parse(headers.get('date') ?? '');
      // what a cache has kept is of another time
      if (Number.isNaN(date) || headers.has('age')) return;
      ahead = Math.abs(date - now()) < tolerable ? 0 : date - now();
      if (ahead === 0 || told) return;
      told = true;
      tell(describeSkew(where, ahead));
    },
    ahead: () => ahead,
  };
}

/** How far a clock is ahead of this machine's, or behind. */
export function describeSkew(whose: string, skew: number): string {
  return `the clock of ${whose} is ${describeDuration(skew)} ${skew > 0 ? 'ahead of' : 'behind'} this machine’s: set the clocks right`;
}
