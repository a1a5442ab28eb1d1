/** What positions on a chart mean, in words, and where its ticks stand. */
import type { TFunction } from 'i18next'
import { formatCount, formatDecimal } from '../format/count.ts'
import type { Window } from './window.ts'

/**
 * `seconds`: uptime of a JVM. `row`: number of the row, from 1. `elapsed`: seconds since a beginning.
 * `time`: milliseconds since 1970. `since`: the same, shown as the time since `origin`, because no date is known.
 */
export type Axis =
  | { readonly unit: 'seconds' | 'row' | 'elapsed' | 'time' }
  | { readonly unit: 'since'; readonly origin: number }

/** Width of an axis's positions in seconds, or in rows. */
function perSecond(axis: Axis): number {
  return axis.unit === 'time' || axis.unit === 'since' ? 1000 : 1
}

const DECIMAL_STEPS = [1, 2, 5]
/** Steps of clocks, in seconds, above a second. */
const CLOCK_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400]

/** Round positions within the window, at most `count` of them. */
export function ticksOf(axis: Axis, { from, to }: Window, count: number): readonly number[] {
  const width = to - from
  if (!(width > 0)) return [from]
  const scale = perSecond(axis)
  const step = axis.unit === 'row' ? Math.max(1, decimalStep(width / count)) : clockStep(width / scale / count) * scale
  const origin = originOf(axis, from)
  const first = Math.ceil((from - origin) / step) * step + origin
  const ticks: number[] = []
  // Counted, not added up: sums of fractions drift.
  for (let index = 0; first + index * step <= to + step * 1e-9; index++) ticks.push(first + index * step)
  return ticks
}

/** Where multiples of the steps are counted from; days and hours are those of the reader's own zone. */
function originOf(axis: Axis, at: number): number {
  switch (axis.unit) {
    case 'since':
      return axis.origin
    case 'time':
      return new Date(at).getTimezoneOffset() * 60_000
    default:
      return 0
  }
}

function decimalStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return (DECIMAL_STEPS.find((step) => step * power >= least * (1 - 1e-9)) ?? 10) * power
}

function clockStep(least: number): number {
  if (least <= 1) return Math.max(0.001, decimalStep(least))
  const step = CLOCK_STEPS.find((seconds) => seconds >= least)
  return step ?? Math.ceil(least / 86_400) * 86_400
}

/** The short form beside a tick; `width` of the window tells how exact it has to be. */
export function tickText(axis: Axis, at: number, width: number, language: string): string {
  switch (axis.unit) {
    case 'row':
      return formatCount(at)
    case 'seconds':
    case 'elapsed':
      return clockText(at, width)
    case 'since':
      return signed(at - axis.origin, (size) => clockText(size / 1000, width / 1000))
    case 'time':
      return timeText(at, width, language)
  }
}

/** Seconds as people read them: `12.5 s`, `3:20`, `1:05:00`. */
function clockText(seconds: number, width: number): string {
  const rounded = Math.round(seconds * 1000) / 1000
  if (width < 120 && rounded < 600) return `${formatDecimal(rounded)} s`
  const whole = Math.round(rounded)
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

function signed(value: number, text: (size: number) => string): string {
  return value < 0 ? `−${text(-value)}` : `+${text(value)}`
}

const DAY = 86_400_000

function timeText(at: number, width: number, language: string): string {
  const date: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' }
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
  const options = {
    ...(width > DAY ? date : {}),
    ...(width > 14 * DAY ? {} : time),
    ...(width < 600_000 ? { second: '2-digit' as const } : {}),
  }
  return new Intl.DateTimeFormat(language, options).format(at)
}

/** Where a position is, in full: what stands at the cursor. */
export function positionText(t: TFunction, axis: Axis, at: number, language: string): string {
  switch (axis.unit) {
    case 'row':
      return t('gc.row', { row: formatCount(Math.round(at)) })
    case 'seconds':
      return `${formatDecimal(Math.round(at * 1000) / 1000)} s`
    case 'elapsed':
      return signed(at, (size) => `${formatDecimal(Math.round(size * 1000) / 1000)} s`)
    case 'since':
      return signed(at - axis.origin, (size) => `${formatDecimal(Math.round(size) / 1000)} s`)
    case 'time':
      return new Intl.DateTimeFormat(language, {
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        hourCycle: 'h23',
      }).format(at)
  }
}
