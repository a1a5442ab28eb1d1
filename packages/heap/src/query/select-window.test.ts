import { seededRandom } from '@heaptrail/fixtures/random'
import { expect, test } from 'vitest'
import { selectWindow } from './select-window.ts'

function bySorting(values: readonly number[], offset: number, limit: number): number[] {
  const items = values.map((value, item) => ({ item, value })).toSorted((a, b) => b.value - a.value || a.item - b.item)
  return items.slice(offset, offset + limit).map(({ item }) => item)
}

test('a window holds the same items as the sorted list', () => {
  const random = seededRandom(7)
  for (let round = 0; round < 300; round++) {
    const spread = random.pick([1, 3, 100, 2 ** 40])
    const values = Array.from({ length: 1 + random.below(200) }, () => random.below(spread))
    const offset = random.below(220)
    const limit = 1 + random.below(50)
    const window = selectWindow(
      (visit) => values.forEach((value, item) => visit(item, value)),
      values.length,
      offset,
      limit,
    )
    expect(window).toEqual(bySorting(values, offset, limit))
  }
})
