/** Random numbers that are the same in every run, for generated logs. */

export interface RandomSeries {
  /** Standard normal. */
  readonly gauss: () => number
  /** Both ends included. */
  readonly integer: (lowest: number, highest: number) => number
}

/** @param seed a whole number other than 0. */
export function randomFrom(seed: number): RandomSeries {
  let state = Math.imul(seed, 2_654_435_761) >>> 0 || 1
  // Marsaglia's xorshift32.
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state = (state ^ (state << 5)) >>> 0
    return state / 2 ** 32
  }
  for (let warm = 0; warm < 10; warm++) next()
  return {
    gauss: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    integer: (lowest, highest) => lowest + Math.floor(next() * (highest - lowest + 1)),
  }
}
