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
  const rows = pathRows([path], false)
  expect(rows.map(({ kind }) => kind)).toEqual(['head', 'step', 'step', 'step', 'root'])
  expect(rows.filter((row) => row.kind === 'step' && row.isFirstOwn)).toMatchObject([
    { step: { object: { id: '0x2' } } },
  ])
})

test('steps left out in the middle are a row, and counted', () => {
  const rows = pathRows([{ ...path, omitted: { after: 0, steps: 40 } }], false)
  expect(rows.map(({ kind }) => kind)).toEqual(['head', 'step', 'omitted', 'step', 'step', 'root'])
  expect(rows[0]).toMatchObject({ steps: 43 })
})

test('paths are numbered from 1', () => {
  expect(pathRows([path, path], false).map(({ number }) => number)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
})

test('what lies between a collection and what is in it is one row, unless every step is wanted', () => {
  const long: Path = {
    ...path,
    steps: ['0x1', '0x2', '0x3', '0x4', '0x5'].map((id) => ({ object: heapObject(id), edges: [] })),
    readings: [{ first: 0, last: 3, role: 'value', index: null, key: null, owner: null }],
    firstOwn: 2,
  }
  const ids = (raw: boolean) =>
    pathRows([long], raw).flatMap((row) => (row.kind === 'step' ? [[row.step.object.id, row.isFirstOwn]] : []))
  expect(ids(false)).toEqual([
    ['0x1', false],
    ['0x4', true],
    ['0x5', false],
  ])
  expect(ids(true).map(([id]) => id)).toEqual(['0x1', '0x2', '0x3', '0x4', '0x5'])
  expect(pathRows([long], false)[0]).toMatchObject({ steps: 5 })
})
