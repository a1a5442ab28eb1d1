/** Sizes in binary units, as the flags of the JVM mean them. */
import { formatCount, sign } from './count.ts'

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'] as const

/** `144` → `144 B`, `14434088` → `13.8 MiB`; never shows 1,024 of a unit. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${formatCount(bytes)} B`
  let value = bytes / 1024
  let unit = 0
  // 1,023.95 would be rounded up to 1,024.0.
  while (value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  return `${formatCount(Math.floor(Number(value.toFixed(1))))}.${value.toFixed(1).slice(-1)} ${UNITS[unit]}`
}

/** Beside an axis, where sizes are round: `67108864` → `64 MiB`. */
export function formatRoundBytes(bytes: number): string {
  return formatBytes(bytes).replace('.0 ', ' ')
}

/** A number of bytes in words: the number, and how it is written. */
type SayBytes = (bytes: number, formatted: string) => string

let sayBytes: SayBytes = (bytes, formatted) => `${formatted} ${bytes === 1 ? 'byte' : 'bytes'}`

/** In the language of the page from now on; English before. */
export function sayExactBytesWith(say: SayBytes): void {
  sayBytes = say
}

/** `14434088` → `14,434,088 bytes`, for what stands on hover. */
export function formatExactBytes(bytes: number): string {
  return sayBytes(bytes, formatCount(bytes))
}

/** `2048` → `+2.0 KiB`, `-144` → `−144 B` */
export function formatSignedBytes(bytes: number): string {
  return sign(bytes) + formatBytes(Math.abs(bytes))
}
