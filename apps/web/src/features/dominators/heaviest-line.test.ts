import { expect, test } from 'vitest'
import type { DominatorRow } from '@heaptrail/api/heap'
import { heaviestLine } from './heaviest-line.ts'

function child(id: string, retained: number): DominatorRow {
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
    children: 1,
    matches: false,
  }
}

test('goes down as long as one child holds half of its parent', async () => {
  const heaviest = new Map([
    ['a', child('b', 900)],
    ['b', child('c', 500)],
    ['c', child('d', 100)],
  ])
  const line = await heaviestLine({ id: 'a', retained: 1000 }, (id) => Promise.resolve(heaviest.get(id)))
  expect(line).toEqual({ opened: ['a', 'b', 'c'], last: 'c' })
})

test('an object without children stays closed', async () => {
  expect(await heaviestLine({ id: 'a', retained: 8 }, () => Promise.resolve(undefined))).toEqual({
    opened: [],
    last: 'a',
  })
})

test('a linked list of a million objects ends the walk somewhere', async () => {
  const line = await heaviestLine({ id: '0', retained: 1e9 }, (id) =>
    Promise.resolve(child(String(Number(id) + 1), 1e9)),
  )
  expect(line.opened).toHaveLength(50)
})
