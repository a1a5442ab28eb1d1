import { expect, test } from 'vitest'
import type { HeapObject, Path } from '@heaptrail/api/heap'
import { pathRows } from './path-rows.ts'

function heapObject(id: string): HeapObject {
  return {
    id,
    kind: 'instance',
    classId: '0x1',
    className: 'a.Node',
    label: { kind: 'plain' },
    shallow: 16,
    retained: 16,
    own: false,
    reachable: true,
    rootTypes: [],
  }
}

const path: Path = {
  steps: ['0x1', '0x2', '0x3'].map((id) => ({ object: heapObject(id), edges: [] })),
  omitted: null,
  readings: [],
  root: { types: ['System Class'], thread: null, frame: null },
  firstOwn: 1,
}

test('a path reads from the object to its root, its first own holder marked', () => {
  const rows = pathRows([path])
  expect(rows.map(({ kind }) => kind)).toEqual(['head', 'step', 'step', 'step', 'root'])
  expect(rows.filter((row) => row.kind === 'step' && row.isFirstOwn)).toMatchObject([
    { step: { object: { id: '0x2' } } },
  ])
})

test('steps left out in the middle are a row, and counted', () => {
  const rows = pathRows([{ ...path, omitted: { after: 0, steps: 40 } }])
  expect(rows.map(({ kind }) => kind)).toEqual(['head', 'step', 'omitted', 'step', 'step', 'root'])
  expect(rows[0]).toMatchObject({ steps: 43 })
})

test('paths are numbered from 1', () => {
  expect(pathRows([path, path]).map(({ number }) => number)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
})
