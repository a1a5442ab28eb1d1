/** Collections as JDK 17 lays them out: their number of members is that of the members found. */
import { smallDump } from '@heaptrail/fixtures/packed'
import { contents } from '@heaptrail/heap/query/object/contents'
import { type Heap, printId } from '@heaptrail/heap/query/heap'
import type { ContentsRow, FieldValue } from '@heaptrail/heap/query/messages'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import { collectionAt } from '@heaptrail/heap/query/values/collection-table'
import { beforeAll, expect, test } from 'vitest'

let heap: Heap
beforeAll(async () => {
  heap = await analysed(smallDump('collections-17'))
}, 60_000)

/** Up to so many of a class: they are alike. */
const MOST_PER_CLASS = 50

test('every collection has as many members as it says', { timeout: 60_000 }, () => {
  const seen = new Map<string, number>()
  const wrong: string[] = []
  for (const { number, name, kind } of heap.classes) {
    if (kind !== 'instance') continue
    for (const index of heap.snapshot.objectsOfClass(number, 0, MOST_PER_CLASS)) {
      const found = collectionAt(heap, index)
      const size = found?.collection.size(found.of)
      if (found === undefined || size === undefined) continue
      const members = [...found.collection.members(found.of, 0)].length
      seen.set(name, (seen.get(name) ?? 0) + 1)
      if (members !== size) wrong.push(`${name} ${printId(heap.snapshot.idOf(index))}: ${size} and ${members}`)
    }
  }
  expect(wrong).toEqual([])
  expect(seen.size).toBeGreaterThan(35)
})

test('a map shows its entries, from any place on', () => {
  const type = heap.facts.numberOf('java.util.concurrent.ConcurrentHashMap')
  const largest = heap.snapshot
    .objectsOfClass(type, 0, 1000)
    .reduce((most, index) => (sizeOf(index) > sizeOf(most) ? index : most))
  const id = printId(heap.snapshot.idOf(largest))
  const all = contents(heap, id, { offset: 0, limit: 1000 })
  expect(all.kind).toBe('map')
  expect(all.rows).toHaveLength(sizeOf(largest))
  expect(new Set(all.rows.map(keyOf)).size).toBe(all.total)
  const pages = [3, 10, 0].map((offset) => contents(heap, id, { offset, limit: 7 }).rows.map(keyOf))
  expect(pages).toEqual([3, 10, 0].map((offset) => all.rows.slice(offset, offset + 7).map(keyOf)))
  expect(contents(heap, id, { offset: all.total, limit: 7 })).toMatchObject({ total: all.total, rows: [] })
})

function sizeOf(index: number): number {
  const found = collectionAt(heap, index)
  return found?.collection.size(found.of) ?? 0
}

function keyOf({ key }: ContentsRow): string {
  return key === null ? '' : textOf(key)
}

function textOf(value: FieldValue): string {
  return value.kind === 'reference' ? value.object.id : value.kind
}
