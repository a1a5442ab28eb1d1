import { expect, test } from 'vitest'
import type { HeapObject } from '@heaptrail/api/heap'
import { layOut } from './treemap.ts'

function heapObject(id: string, retained: number): HeapObject {
  return {
    id,
    kind: 'instance',
    classId: '0x1',
    className: 'a.Node',
    label: { kind: 'plain' },
    shallow: 16,
    retained,
    own: false,
    reachable: true,
    rootTypes: [],
  }
}

test('areas stand in the ratio of the retained sizes, and the rest fills the picture', () => {
  const tiles = layOut([heapObject('0x1', 500), heapObject('0x2', 300), heapObject('0x3', 0)], 1000, 400, 300)
  const area = (id: string | undefined) => {
    const tile = tiles.find(({ object }) => object?.id === id)
    return tile === undefined ? 0 : tile.width * tile.height
  }
  expect(tiles.map(({ object }) => object?.id)).toEqual(['0x1', '0x2', undefined])
  expect(area('0x1') / area('0x2')).toBeCloseTo(5 / 3, 1)
  expect(area(undefined) / (400 * 300)).toBeCloseTo(0.2, 1)
  for (const { x, y, width, height } of tiles) {
    expect(x + width).toBeLessThanOrEqual(400)
    expect(y + height).toBeLessThanOrEqual(300)
  }
})

test('an empty heap is an empty picture', () => {
  expect(layOut([], 0, 400, 300).filter(({ bytes }) => bytes > 0)).toEqual([])
})
