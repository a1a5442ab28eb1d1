/** Dates and times as ISO 8601 has them, which is how java.time prints them. */
import type { Instance } from './instance.ts'

export function milliseconds(since1970: bigint | undefined): string | undefined {
  if (since1970 === undefined) return undefined
  const time = new Date(Number(since1970))
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}

/** Fractions of a second as Java prints them: in groups of three digits, none when there is none. */
export function instant(seconds: bigint | undefined, nanos: number | undefined): string | undefined {
  if (seconds === undefined) return undefined
  const time = new Date(Number(seconds) * 1000)
  if (Number.isNaN(time.getTime())) return undefined
  return time.toISOString().replace('.000Z', `${fraction(nanos ?? 0)}Z`)
}

function fraction(nanos: number): string {
  if (nanos === 0) return ''
  return `.${String(nanos)
    .padStart(9, '0')
    .replace(/(000){1,2}$/, '')}`
}

function padded(value: number | undefined, digits = 2): string | undefined {
  return value === undefined ? undefined : String(value).padStart(digits, '0')
}

export function date(of: Instance): string | undefined {
  const year = of.int('year')
  const month = padded(of.int('month'))
  const day = padded(of.int('day'))
  if (year === undefined || month === undefined || day === undefined) return undefined
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${month}-${day}`
}

export function time(of: Instance): string | undefined {
  const parts = ['hour', 'minute', 'second'].map((name) => padded(of.int(name)))
  if (parts.includes(undefined)) return undefined
  const nanos = of.int('nano') ?? 0
  return (nanos === 0 && of.int('second') === 0 ? parts.slice(0, 2) : parts).join(':') + fraction(nanos)
}

export function offset(totalSeconds: number | undefined): string | undefined {
  if (totalSeconds === undefined) return undefined
  if (totalSeconds === 0) return 'Z'
  const size = Math.abs(totalSeconds)
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60]
  return (
    (totalSeconds < 0 ? '-' : '+') + (parts[2] === 0 ? parts.slice(0, 2) : parts).map((part) => padded(part)).join(':')
  )
}

export function duration(seconds: bigint | undefined, nanos: number | undefined): string | undefined {
  if (seconds === undefined) return undefined
  const total = seconds * 1_000_000_000n + BigInt(nanos ?? 0)
  if (total === 0n) return 'PT0S'
  const sign = total < 0n ? '-' : ''
  const size = total < 0n ? -total : total
  const whole = size / 1_000_000_000n
  const rest = Number(size % 1_000_000_000n)
  const hours = whole / 3600n
  const minutes = (whole / 60n) % 60n
  const left = `${whole % 60n}${rest === 0 ? '' : `.${String(rest).padStart(9, '0').replace(/0+$/, '')}`}`
  const parts = [
    hours > 0n && `${sign}${hours}H`,
    minutes > 0n && `${sign}${minutes}M`,
    left !== '0' && `${sign}${left}S`,
  ]
  return `PT${parts.filter((text) => text !== false).join('')}`
}

export function period(years = 0, months = 0, days = 0): string {
  const parts = [years !== 0 && `${years}Y`, months !== 0 && `${months}M`, days !== 0 && `${days}D`]
  const text = parts.filter((part) => part !== false).join('')
  return `P${text === '' ? '0D' : text}`
}
