/** Numbers as top prints them. */

const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 2 ** 10],
  ['k', 2 ** 10],
  ['m', 2 ** 20],
  ['g', 2 ** 30],
  ['t', 2 ** 40],
  ['p', 2 ** 50],
])

/** `2868236` is in KiB, `8120m`, `3.3g` and `0,117t` are not; NaN for anything else. */
export function bytesOf(printed: string): number {
  const match = /^(\d+(?:[.,]\d+)?)([kmgtp]?)i?b?$/i.exec(printed)
  const unit = match === null ? undefined : UNITS.get(match[2]!.toLowerCase())
  return unit === undefined ? Number.NaN : Math.round(numberOf(match![1]!) * unit)
}

/** With a decimal point or comma, and perhaps a percent sign. */
export function numberOf(printed: string): number {
  return /^\d+(?:[.,]\d+)?%?$/.test(printed) ? Number(printed.replace(',', '.').replace('%', '')) : Number.NaN
}

/** `0:26.97` is minutes, seconds and hundredths, `5890:33` minutes and seconds, `12,5h` and `3d` more than fits. */
export function secondsOf(printed: string): number {
  const clock = /^(\d+):(\d\d)(?:[.,:](\d\d))?$/.exec(printed)
  if (clock !== null) return Number(clock[1]) * 60 + Number(clock[2]) + Number(clock[3] ?? 0) / 100
  const long = /^(\d+(?:[.,]\d+)?)([hdw])$/.exec(printed)
  if (long === null) return Number.NaN
  const hours = { h: 1, d: 24, w: 168 }[long[2]!] ?? Number.NaN
  return numberOf(long[1]!) * hours * 3600
}
