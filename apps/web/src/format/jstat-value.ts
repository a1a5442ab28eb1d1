/** Values of jstat with as many digits as jstat prints, so that columns line up. */
import { formatCount } from './count.ts'

/** Columns of `-gcutil` that are shares of a generation. */
const PERCENT = new Set(['S0', 'S1', 'E', 'O', 'P', 'M', 'CCS'])

const two = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const three = new Intl.NumberFormat('en-US', { minimumFractionDigits: 3, maximumFractionDigits: 3 })

export function isPercent(column: string): boolean {
  return PERCENT.has(column)
}

/** `–` where the JVM printed nothing. */
export function jstatValue(column: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–'
  if (isPercent(column)) return two.format(value)
  return column.endsWith('T') ? three.format(value) : formatCount(value)
}
