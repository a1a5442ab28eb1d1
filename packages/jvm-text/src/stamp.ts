/** Times that people and scripts print before lines: `date`, `ts`, awk's strftime, syslog, epoch seconds. */

/**
 * What the milliseconds of a stamp count from.
 * - `instant`: 1970 in UTC; the zone was printed, or it is an epoch.
 * - `local`: 1970 in a zone that nobody tells.
 * - `no-year`: as `local`, in a year that nobody tells either (1972 stands for it: it has a 29 February).
 * - `time-of-day`: a midnight that nobody tells.
 */
export type StampKind = 'instant' | 'local' | 'no-year' | 'time-of-day'

export interface Stamp {
  readonly kind: StampKind
  readonly milliseconds: number
  /** Where the text goes on behind it. */
  readonly end: number
}

const TIME = String.raw`(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?([AP]M)\b)?`
const SECONDS_TIME = String.raw`(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?([AP]M)\b)?`
const ZONE = String.raw`(?: ?(Z|UTC|GMT|[+-]\d\d:?\d\d)(?![\w:]))?`
const DAY_NAME = String.raw`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +)?`
const MONTH = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'

const YEAR_FIRST = new RegExp(String.raw`(\d{4})[-/.](\d\d)[-/.](\d\d)[T ,_;]+${TIME}${ZONE}`, 'y')
const DAY_FIRST = new RegExp(String.raw`(\d\d)\.(\d\d)\.(\d{4})[ ,;]+${TIME}${ZONE}`, 'y')
const DAY_MONTH = new RegExp(String.raw`${DAY_NAME}(\d{1,2})[ /-]${MONTH}[ /-](\d{4})[ :]+${TIME}${ZONE}`, 'y')
const MONTH_DAY = new RegExp(
  String.raw`${DAY_NAME}${MONTH} +(\d{1,2}),? +${SECONDS_TIME}${ZONE}(?: [A-Z]{3,5}(?= \d{4}))?(?: (\d{4})(?![\d.,]))?`,
  'y',
)
const ONLY_TIME = new RegExp(String.raw`${SECONDS_TIME}`, 'y')
const EPOCH = new RegExp(String.raw`(1\d{9})(\d{3})?(?:\.(\d{1,9}))?(?![\w.])`, 'y')
const CLOSE = /[\]"']*:?/y

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The stamp that begins at `start`, or undefined when none does. */
export function readStamp(text: string, start: number): Stamp | undefined {
  let at = start
  while (isOpening(text.charCodeAt(at))) at++
  const first = text.charCodeAt(at)
  // Most words of most lines are dismissed here.
  const found = isDigit(first) ? numeric(text, at) : named(text, at, first)
  if (found === undefined || Number.isNaN(found.milliseconds)) return undefined
  CLOSE.lastIndex = found.end
  return { ...found, end: found.end + (CLOSE.exec(text)?.[0].length ?? 0) }
}

/** A blank, a tab, a bracket or a quotation mark. */
function isOpening(code: number): boolean {
  return code === 32 || code === 9 || code === 91 || code === 34 || code === 39
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function numeric(text: string, start: number): Stamp | undefined {
  return (
    plainIso(text, start) ??
    yearFirst(text, start) ??
    dayFirst(text, start) ??
    dayMonth(text, start) ??
    undated(text, start)
  )
}

/**
 * `2024-05-01 10:00:00` or with `T`, without fraction and zone, before a blank: the most common stamp by far, read without
 * an expression. Undefined for all others, which the expressions read.
 */
function plainIso(text: string, start: number): Stamp | undefined {
  const end = start + 19
  const behind = text.charCodeAt(end)
  const between = text.charCodeAt(start + 10)
  const isPlain =
    (behind === 32 || behind === 9) &&
    (between === 84 || between === 32) &&
    text.charCodeAt(start + 4) === 45 &&
    text.charCodeAt(start + 7) === 45 &&
    text.charCodeAt(start + 13) === 58 &&
    text.charCodeAt(start + 16) === 58
  if (!isPlain || !isValueAt(text, end)) return undefined
  const part = (from: number, to: number): number => digitsAt(text, start + from, start + to)
  const [year, month, day] = [part(0, 4), part(5, 7), part(8, 10)]
  const [hour, minute, second] = [part(11, 13), part(14, 16), part(17, 19)]
  const milliseconds = Date.UTC(year, month - 1, day, hour, minute, second)
  const isDay = new Date(milliseconds).getUTCDate() === day
  return isDay && hour < 24 && minute < 60 && second < 60 ? { kind: 'local', milliseconds, end } : undefined
}

/** Whether a number or a lone `-` comes next, and no zone or half of a day. */
function isValueAt(text: string, start: number): boolean {
  let at = start
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++
  return isDigit(text.charCodeAt(at)) || (text.charCodeAt(at) === 45 && text.charCodeAt(at + 1) <= 32)
}

/** NaN where something else than digits stands. */
function digitsAt(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN
  }
  return value
}

/** Begins with the name of a day or a month. */
function named(text: string, start: number, first: number): Stamp | undefined {
  return first >= 65 && first <= 90 ? (monthDay(text, start) ?? dayMonth(text, start)) : undefined
}

function yearFirst(text: string, start: number): Stamp | undefined {
  const found = match(YEAR_FIRST, text, start)
  if (found === undefined) return undefined
  const [, year, month, day, ...time] = found.groups
  return moment(date(year, month, day), time, found.end)
}

function dayFirst(text: string, start: number): Stamp | undefined {
  const found = match(DAY_FIRST, text, start)
  if (found === undefined) return undefined
  const [, day, month, year, ...time] = found.groups
  return moment(date(year, month, day), time, found.end)
}

function dayMonth(text: string, start: number): Stamp | undefined {
  const found = match(DAY_MONTH, text, start)
  if (found === undefined) return undefined
  const [, day, month, year, ...time] = found.groups
  return moment(date(year, monthNumber(month), day), time, found.end)
}

function monthDay(text: string, start: number): Stamp | undefined {
  const found = match(MONTH_DAY, text, start)
  if (found === undefined) return undefined
  const [, month, day, ...time] = found.groups
  const year = time[6]
  const stamp = moment(date(year ?? '1972', monthNumber(month), day), time, found.end)
  return year === undefined ? { ...stamp, kind: 'no-year' } : stamp
}

function undated(text: string, start: number): Stamp | undefined {
  const time = match(ONLY_TIME, text, start)
  if (time !== undefined) {
    return { kind: 'time-of-day', milliseconds: timeOfDay(time.groups.slice(1, 6)), end: time.end }
  }
  const epoch = match(EPOCH, text, start)
  if (epoch === undefined) return undefined
  const [, seconds, milliseconds, fraction] = epoch.groups
  const within = milliseconds === undefined ? fractionOf(fraction) : Number(milliseconds)
  return { kind: 'instant', milliseconds: Number(seconds) * 1000 + within, end: epoch.end }
}

function match(
  pattern: RegExp,
  text: string,
  start: number,
): { groups: readonly (string | undefined)[]; end: number } | undefined {
  pattern.lastIndex = start
  const groups = pattern.exec(text)
  return groups === null ? undefined : { groups, end: pattern.lastIndex }
}

/** @param time hours, minutes, seconds, fraction, AM or PM, zone. */
function moment(day: number, time: readonly (string | undefined)[], end: number): Stamp {
  const local = day + timeOfDay(time)
  const zone = time[5]
  if (zone === undefined) return { kind: 'local', milliseconds: local, end }
  return { kind: 'instant', milliseconds: local - zoneOffset(zone), end }
}

/** Milliseconds since 1970 of the day's beginning; NaN for a day that no calendar has. */
function date(year = '', month = '', day = ''): number {
  const milliseconds = Date.UTC(Number(year), Number(month) - 1, Number(day))
  return new Date(milliseconds).getUTCDate() === Number(day) ? milliseconds : Number.NaN
}

function monthNumber(name = ''): string {
  return String(MONTHS.indexOf(name) + 1)
}

/** @param parts hours, minutes, seconds, fraction, AM or PM. */
function timeOfDay([hours = '', minutes = '', seconds = '0', fraction, half]: readonly (string | undefined)[]): number {
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === 'PM' ? 12 : 0)
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 60) return Number.NaN
  return ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + fractionOf(fraction)
}

/** Milliseconds in the digits behind a decimal point. */
function fractionOf(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(`${digits}000`.slice(0, 3))
}

function zoneOffset(zone: string): number {
  const signed = /^([+-])(\d\d):?(\d\d)$/.exec(zone)
  if (signed === null) return 0
  const minutes = Number(signed[2]) * 60 + Number(signed[3])
  return (signed[1] === '-' ? -minutes : minutes) * 60_000
}
