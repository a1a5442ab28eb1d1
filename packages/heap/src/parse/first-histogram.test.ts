import { Scene } from '@heaptrail/fixtures/scene'
import { bytesSource } from '@heaptrail/hprof/byte-source'
import { expect, test } from 'vitest'
import { shallowSizeOf, sizeTable } from '../graph/shallow-sizes.ts'
import { type ParsedHeap, classNumberOf, lengthOf } from '../parsed-heap.ts'
import { DEFAULT_OPTIONS } from '../analysis-options.ts'
import type { ProvisionalHistogram } from '../provisional-histogram.ts'
import { parseHeap } from './parse-heap.ts'
import { inlineRunner } from './pass-runner.ts'

async function parse(bytes: Uint8Array): Promise<{ heap: ParsedHeap; told: ProvisionalHistogram[] }> {
  const source = bytesSource(bytes)
  const told: ProvisionalHistogram[] = []
  const tell = (one: ProvisionalHistogram) => told.push(one)
  const heap = await parseHeap(source, inlineRunner(source), () => {}, DEFAULT_OPTIONS, tell)
  return { heap, told }
}

/** Objects and bytes by class name as the finished parse has them, unreachable objects included, class objects left out. */
function finished(heap: ParsedHeap): Map<string, { instances: number; bytes: number }> {
  const table = sizeTable(heap.classes, heap.layout)
  const found = new Map<string, { instances: number; bytes: number }>()
  for (let rank = 1; rank < heap.ids.count; rank++) {
    if (heap.classNumberOfRank.has(rank)) continue
    const { name } = heap.classes[classNumberOf(heap, rank)]
    const row = found.get(name) ?? { instances: 0, bytes: 0 }
    row.instances++
    row.bytes += shallowSizeOf(table, classNumberOf(heap, rank), lengthOf(heap, rank))
    found.set(name, row)
  }
  return found
}

function shop(): Scene {
  const scene = new Scene()
  const item = scene.defineClass('acme.Item', { fields: { name: 'object', price: 'int' } })
  const items = [1, 2, 3].map((price) => scene.instance(item, { price }))
  scene.objectArray(items)
  scene.objectArray([items[0], 0])
  scene.primitiveArray('byte', [1, 2, 3])
  scene.primitiveArray('long', [1n, 2n])
  return scene
}

test('is told once, with the objects and bytes by class that the finished analysis has', async () => {
  const { heap, told } = await parse(shop().bytes())
  expect(told.length).toBe(1)
  const [{ classes, isWhole, bytesRead, objects }] = told
  const named = classes.map(({ name, instances, bytes }) => [name, { instances, bytes }] as const)
  expect(new Map(named.filter(([name]) => name !== 'java.lang.Class'))).toEqual(finished(heap))
  expect({ isWhole, bytesRead, objects }).toEqual({
    isWhole: true,
    bytesRead: heap.fileSize,
    objects: heap.ids.count - 1,
  })
})

test('names the largest arrays by the bytes they take on the heap', async () => {
  const scene = shop()
  const wide = scene.objectArray(Array.from({ length: 50 }, () => 0))
  const bytes = scene.primitiveArray(
    'byte',
    Array.from({ length: 300 }, () => 1),
  )
  const { told } = await parse(scene.bytes())
  expect(told[0].largestArrays.slice(0, 2)).toEqual([
    { id: `0x${bytes.toString(16)}`, className: 'byte[]', elements: 300, bytes: 320 },
    { id: `0x${wide.toString(16)}`, className: 'java.lang.Object[]', elements: 50, bytes: 216 },
  ])
})
