/** Times for people. */

/** The length of time in one rounded unit: `45 s`, `12 min`, `3 h`, `9 days`. */
export function describeDuration(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** When something that ends does so: `good for 5 min, until 2026-11-25T10:00:00Z`. */
export function describeExpiry(expiresAt: number, now: number): string {
  if (!Number.isFinite(expiresAt)) return 'which does not say when it expires';
  const at = describeTime(expiresAt);
  const amount = describeDuration(expiresAt - now);
  return expiresAt > now ? `good for ${amount}, until ${at}` : `expired ${amount} ago, at ${at} by this machine’s clock`;
}

/** A point in time, in UTC and without fractions. */
export function describeTime(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+/, '');
}
