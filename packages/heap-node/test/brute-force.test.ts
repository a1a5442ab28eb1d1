/** The proof by brute force, seeds 0 to 4999; the other half is a file of its own, for the other core. */
import { test } from 'vitest'
import { compareWithOracle, passes } from './brute-force.ts'

const FIRST = 0
const END = 5000
const PER_TEST = 1000

for (let first = FIRST; first < END; first += PER_TEST)
  test(`random heaps ${first} to ${first + PER_TEST - 1} agree with brute force`, { timeout: 120_000 }, async () => {
    for (let seed = first; seed < first + PER_TEST; seed++) await compareWithOracle(seed, passes(seed))
  })
