/** Vertical scales: round values from 0 to above the highest one. */

/** `[0, 25, 50, 75, 100]` and the like; never empty, the last one is at least `highest`. */
export function decimalTicks(highest: number, count: number): readonly number[] {
  if (!(highest > 0)) return [0, 1]
  const power = 10 ** Math.floor(Math.log10(highest / count))
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size * count >= highest * (1 - 1e-9))
  return multiples(step ?? 10 * power, highest)
}

/** Counts have no halves. */
export function countTicks(highest: number, count: number): readonly number[] {
  return highest <= count ? multiples(1, Math.max(1, highest)) : decimalTicks(highest, count).filter(Number.isInteger)
}

/** Bytes: powers of two. */
export function byteTicks(highest: number, count: number): readonly number[] {
  if (!(highest > 0)) return [0, 1024]
  return multiples(2 ** Math.ceil(Math.log2(highest / count)), highest)
}

function multiples(step: number, highest: number): readonly number[] {
  const steps = Math.max(1, Math.ceil(highest / step - 1e-9))
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}

export function highestOf(...series: readonly (readonly (number | null)[] | null | undefined)[]): number {
  let highest = 0
  for (const values of series) for (const value of values ?? []) if (value !== null && value > highest) highest = value
  return highest
}
