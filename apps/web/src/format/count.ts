/** Numbers in both languages with the same separators, so that they can be compared across screenshots. */
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const decimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })

/** `178067` → `178,067` */
export function formatCount(count: number): string {
  return whole.format(count)
}

/** `24241.5` → `24,241.5` */
export function formatDecimal(value: number): string {
  return decimal.format(value)
}

/** `0.2212` → `22 %`, `0.0004` → `< 0.1 %`, `0.0312` → `3.1 %` */
export function formatShare(share: number): string {
  if (share <= 0) return '0 %'
  if (share < 0.001) return '< 0.1 %'
  const percent = share * 100
  return percent < 9.95 ? `${percent.toFixed(1)} %` : `${Math.round(percent)} %`
}

/** `17` → `+17`, `-3` → `−3`, `0` → `0` */
export function formatSigned(count: number): string {
  return sign(count) + formatCount(Math.abs(count))
}

/** The minus of typesetters is as wide as the plus. */
export function sign(value: number): string {
  if (value === 0) return ''
  return value > 0 ? '+' : '−'
}
