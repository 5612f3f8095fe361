/** Exact decimal arithmetic: binary floating point says that 0.3 is no multiple of 0.1, and cannot tell 2^63 from 2^63 - 1. */

interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** Powers of ten beyond these are compared as floating point: nobody's data, and costly to write out. */
const mostDigits = 2000;

/**
 * Whether `value` is an integer multiple of `divisor`. A number is taken as the decimal that JavaScript prints for it, a text as it is written.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.2.1
 */
export function isMultipleOf(value: number | string, divisor: number): boolean {
  if (!Number.isFinite(divisor) || divisor <= 0 || value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return true;
  for (let power = 1; power <= 1e6; power *= 10) {
    const [whole, part] = [wholeAt(value, power), wholeAt(divisor, power)];
    if (whole !== undefined && part !== undefined) return whole % part === 0;
  }
  const scaled = scale(value, divisor);
  return scaled === undefined || scaled[0] % scaled[1] === 0n;
}

/** The number times a power of ten, where that is a whole one which binary arithmetic holds as exactly as the decimal that JavaScript prints. */
function wholeAt(value: number | string, power: number): number | undefined {
  const whole = typeof value === 'number' ? Math.round(value * power) : Number.NaN;
  return Math.abs(whole) < 1e15 && whole / power === value ? whole : undefined;
}

/** Less than, equal to or greater than zero as the first is beside the second. */
export function compareDecimals(left: number | string, right: number | string): number {
  const scaled = scale(left, right);
  if (scaled === undefined) return Number(left) - Number(right);
  return scaled[0] < scaled[1] ? -1 : scaled[0] > scaled[1] ? 1 : 0;
}

/** Both as integers of one scale; undefined where these would be endless. */
function scale(left: number | string, right: number | string): readonly [bigint, bigint] | undefined {
  const [first, second] = [decimal(left), decimal(right)];
  if (!first || !second || Math.abs(first.exponent - second.exponent) > mostDigits) return undefined;
  const exponent = Math.min(first.exponent, second.exponent);
  return [first.digits * 10n ** BigInt(first.exponent - exponent), second.digits * 10n ** BigInt(second.exponent - exponent)];
}

function decimal(value: number | string): Decimal | undefined {
  const [mantissa = '0', power = '0'] = String(value).toLowerCase().split('e');
  if (!/^-?[\d.]+$/.test(mantissa)) return undefined;
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}
