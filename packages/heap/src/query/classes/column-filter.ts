/**
 * The filter of a column of numbers: `> 1 MB`, `<= 200`, `= 0`, `1 KB..2 KB`, `> 5 %`, or a number alone, which stands for
 * "at least"; with `!` before it, what does not match. Units are binary, as in the flags of the JVM: 1 MB is 1 MiB.
 */
import { QueryError } from '../query-error.ts'

export interface FilteredColumn {
  /** As the error calls it. */
  readonly name: string
  /** What 100 % are; absent: percentages and units make no sense here. */
  readonly whole?: number
}

const MOST_UNITS = 40
const POWERS: Readonly<Record<string, number>> = { '': 0, b: 0, k: 1, m: 2, g: 3, t: 4 }

/** Empty lets everything through. @throws QueryError for what is no filter */
export function columnFilter(text: string, column: FilteredColumn): (value: number) => boolean {
  const trimmed = text.trim()
  if (trimmed === '') return () => true
  const condition = trimmed.length > MOST_UNITS ? undefined : parse(trimmed, column)
  if (condition === undefined) {
    const examples = column.whole === undefined ? '> 100, <= 20, 10..20' : '> 1 MB, <= 200 KB, 1 KB..2 KB, > 5 %'
    throw new QueryError(
      'bad-request',
      `“${trimmed.slice(0, MOST_UNITS)}” is no filter of ${column.name}: ${examples}.`,
    )
  }
  return condition
}

function parse(text: string, column: FilteredColumn): ((value: number) => boolean) | undefined {
  if (text.startsWith('!')) {
    const negated = parse(text.slice(1).trim(), column)
    return negated && ((value) => !negated(value))
  }
  const range = text.split('..')
  if (range.length === 2) {
    const [from, to] = range.map((word) => amount(word, column))
    return from === undefined || to === undefined ? undefined : (value) => value >= from && value <= to
  }
  const [, sign = '', rest = ''] = /^(>=|<=|>|<|=)?(.*)$/s.exec(text) ?? []
  const limit = amount(rest, column)
  if (limit === undefined) return undefined
  switch (sign) {
    case '>':
      return (value) => value > limit
    case '<':
      return (value) => value < limit
    case '<=':
      return (value) => value <= limit
    case '=':
      return (value) => value === limit
    default:
      return (value) => value >= limit
  }
}

/** `1.5 MB`, `2k`, `5 %`, `1,000` → bytes, or a plain number. */
function amount(text: string, { whole }: FilteredColumn): number | undefined {
  const [, digits, unit = ''] = /^\s*(\d[\d,_]*(?:\.\d+)?)\s*(%|[kmgt]?(?:i?b)?)\s*$/i.exec(text) ?? []
  if (digits === undefined || (whole === undefined && unit !== '')) return undefined
  const number = Number(digits.replaceAll(/[,_]/g, ''))
  if (unit === '%') return (number / 100) * (whole ?? 0)
  const power = POWERS[unit.charAt(0).toLowerCase()] ?? 0
  return number * 1024 ** power
}
