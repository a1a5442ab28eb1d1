/** Paths through collections of real JVMs, read as people think of them. */
import { smallDump } from '@heaptrail/fixtures/packed'
import { type Heap, printId } from '@heaptrail/heap/query/heap'
import type { Path } from '@heaptrail/heap/query/messages'
import { pathsToRoots } from '@heaptrail/heap/query/paths/paths'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import { expect, test } from 'vitest'

function pathsOf(heap: Heap, className: string, count: number): Path[] {
  const indices = [...heap.snapshot.objectsOfClass(heap.facts.numberOf(className), 0, count)]
  const query = { offset: 0, limit: 1, exclude: [] }
  return indices.flatMap((index) => pathsToRoots(heap, printId(heap.snapshot.idOf(index)), query).rows)
}

/** `HashMap["key"]`, `ArrayList[1]`, `HashSet{}`, of all readings on the paths. */
function readingsOn(paths: readonly Path[]): Set<string> {
  const words = paths.flatMap(({ steps, readings }) =>
    readings.map(({ last, role, index, key, owner }) => {
      const collection = steps[last].object.className.replace(/^.*\./, '')
      const label = key?.label
      const name = label !== undefined && 'text' in label ? `"${label.text}"` : label?.kind
      if (role === 'element') return index === null ? `${collection}{}` : `${collection}[${index}]`
      return role === 'key' ? `${collection} key` : `${collection}[${owner ?? name}]`
    }),
  )
  return new Set(words)
}

test('JDK 17: maps by their keys, lists by places, sets, what is in a thread', { timeout: 60_000 }, async () => {
  const heap = await analysed(smallDump('known-17'))
  const found = readingsOn([
    ...pathsOf(heap, 'java.lang.String', 2500),
    ...pathsOf(heap, 'java.lang.Object', 200),
    ...pathsOf(heap, 'byte[]', 800),
  ])
  expect([...found]).toEqual(
    expect.arrayContaining([
      'Properties["java.util.logging.FileHandler.pattern"]',
      'Properties key',
      'Collections$UnmodifiableMap["getLoggerNames"]',
      'ImmutableCollections$ListN[0]',
      'HashSet{}',
    ]),
  )
})

test('JDK 25: the same', { timeout: 60_000 }, async () => {
  const heap = await analysed(smallDump('kinds-25-g1'))
  const found = readingsOn([...pathsOf(heap, 'java.lang.String', 2500), ...pathsOf(heap, 'java.lang.Object', 200)])
  expect([...found]).toEqual(
    expect.arrayContaining([
      'ConcurrentHashMap["jdk.internal.net.http.hpack"]',
      'ImmutableCollections$List12[0]',
      'ConcurrentHashMap$KeySetView{}',
    ]),
  )
})
