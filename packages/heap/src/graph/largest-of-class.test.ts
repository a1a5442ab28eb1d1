import { seededRandom } from '@heaptrail/fixtures/random'
import { expect, test } from 'vitest'
import { LARGEST_KEPT, largestOfClasses } from './largest-of-class.ts'

/** Three classes, the last of them too small to need it; sizes often equal. */
function expectLargest(sizeOf: (index: number) => number): void {
  const reachable = 20_000
  const classOf = Uint16Array.from({ length: reachable + 100 }, (_, index) => (index % 100 === 0 ? 2 : index % 2))
  const units = Uint32Array.from(classOf, (_, index) => sizeOf(index))
  const instances = new Float64Array(3)
  for (let index = 1; index <= reachable; index++) instances[classOf[index]]++
  const { classes, indices } = largestOfClasses(classOf, units, reachable, instances)
  expect([...classes]).toEqual([0, 1])
  for (const number of classes) {
    const all = [...classOf.keys()].filter((index) => index > 0 && index <= reachable && classOf[index] === number)
    const expected = all.toSorted((a, b) => units[b] - units[a] || a - b).slice(0, LARGEST_KEPT)
    expect([...indices.subarray(number * LARGEST_KEPT, (number + 1) * LARGEST_KEPT)]).toEqual(expected)
  }
}

test('the largest objects of each large class, equal ones in the order of their indices', () => {
  const random = seededRandom(3)
  expectLargest(() => random.below(300))
  expectLargest(() => random.below(2 ** 31))
})

test('sizes that only rise, only fall, or are all the same', () => {
  expectLargest((index) => index)
  expectLargest((index) => 50_000 - index)
  expectLargest(() => 3)
})
