/** Exact decimal arithmetic for `multipleOf`: binary floating point says that 0.3 is no multiple of 0.1. */

/**
 * Whether `value` is an integer multiple of `divisor`, both taken as the decimal numbers that JavaScript prints for them.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.2.1
 */
export function isMultipleOf(value: number, divisor: number): boolean {
  if (!Number.isFinite(value) || !Number.isFinite(divisor) || divisor <= 0) return true;
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0;
  const left = decimal(value);
  const right = decimal(divisor);
  const exponent = Math.min(left.exponent, right.exponent);
  // 1e308 beside 1e-300 would need hundreds of digits; still exact, still small
  const scaledLeft = left.digits * 10n ** BigInt(left.exponent - exponent);
  const scaledRight = right.digits * 10n ** BigInt(right.exponent - exponent);
  return scaledLeft % scaledRight === 0n;
}

function decimal(value: number): { readonly digits: bigint; readonly exponent: number } {
  const [mantissa = '0', power = '0'] = value.toString().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}
