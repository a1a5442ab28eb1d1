/** Numbers for people: counts with separators, sizes in binary units as the JVM's flags mean them. */

const counts = new Intl.NumberFormat('en-US')
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

export function countText(count: number): string {
  return counts.format(count)
}

/** `1,023 B`, `1.0 KiB`, `14.4 MiB`. */
export function sizeText(bytes: number): string {
  let unit = 0
  let value = bytes
  while (unit < UNITS.length - 1 && value >= 1024) {
    value /= 1024
    unit += 1
  }
  return unit === 0 ? `${countText(bytes)} B` : `${value.toFixed(1)} ${UNITS[unit]}`
}

export function percentText(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`
}

export function secondsText(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
}
