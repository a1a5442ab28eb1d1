/** BigInteger and BigDecimal as Java prints them. */

/** @param magnitude words of 32 bits, the highest first; undefined when they are too many to be read */
export function digitsOf(signum: number, magnitude: readonly number[] | undefined): string | undefined {
  if (magnitude === undefined) return undefined
  const value = magnitude.reduce((sum, word) => (sum << 32n) | BigInt(word >>> 0), 0n)
  return (signum < 0 ? -value : value).toString()
}

/** `12345` and 2 → `123.45`; like `BigDecimal.toString`, with an exponent where the scale is negative or the value tiny. */
export function scaled(unscaled: string, scale: number): string {
  if (scale === 0) return unscaled
  const sign = unscaled.startsWith('-') ? '-' : ''
  const digits = unscaled.slice(sign.length)
  const adjusted = -scale + digits.length - 1
  if (scale > 0 && adjusted >= -6) {
    const all = digits.padStart(scale + 1, '0')
    return `${sign}${all.slice(0, -scale)}.${all.slice(-scale)}`
  }
  const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`
  return `${sign}${mantissa}E${adjusted >= 0 ? '+' : ''}${adjusted}`
}
