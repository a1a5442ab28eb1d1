/** Times and durations. */
import { formatDecimal } from './count.ts'

/** `75` → `1 min 15 s`, `0.4` → `0 s` */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  if (hours > 0) return `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`
}

/** Short times of collections: `2.094 s`, `0.5 ms`. */
export function formatSeconds(seconds: number): string {
  return seconds > 0 && seconds < 0.1 ? `${formatDecimal(seconds * 1000)} ms` : `${formatDecimal(seconds)} s`
}

/** Date and time in the reader's own zone, with the zone named. */
export function formatInstant(iso: string, language: string): string {
  return new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
    timeZoneName: 'short',
  }).format(new Date(iso))
}

/** Shorter, for tables: date and minutes. */
export function formatMinute(iso: string, language: string): string {
  return new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(new Date(iso))
}

/** A moment as `<input type="datetime-local">` has it: in the reader's zone, to the second. */
export function localDateTime(milliseconds: number): string {
  const shifted = milliseconds - new Date(milliseconds).getTimezoneOffset() * 60_000
  return new Date(shifted).toISOString().slice(0, 19)
}

/** @returns milliseconds since 1970; undefined for what is no moment */
export function parseLocalDateTime(text: string): number | undefined {
  const milliseconds = new Date(text).getTime()
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}
