import { expect, test } from 'vitest'
import type { HeapObject, Path } from '@heaptrail/api/heap'
import { graphOfPaths } from './graph-of-paths.ts'
import { pathRows } from './path-rows.ts'

const words = ((key: string) => key) as never

function step(id: string, name: string | undefined): Path['steps'][number] {
  const object: HeapObject = {
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
  return { object, edges: name === undefined ? [] : [{ kind: 'field', name }] }
}

function path(...held: readonly (readonly [string, string?])[]): Path {
  return {
    steps: held.map(([id, name]) => step(id, name)),
    omitted: null,
    readings: [],
    root: { types: ['System Class'], thread: null, frame: null },
    firstOwn: null,
  }
}

test('paths that run together are one line, with the names of the references on it', () => {
  const both = [path(['0x1'], ['0x2', 'value'], ['0x4', 'a']), path(['0x1'], ['0x3', 'next'], ['0x4', 'b'])]
  const { nodes, edges, paths } = graphOfPaths(words, pathRows(both, true))
  expect(paths).toBe(2)
  expect(nodes.map(({ id, isTarget, root }) => [id, isTarget, root !== undefined])).toEqual([
    ['0x1', true, false],
    ['0x2', false, false],
    ['0x4', false, true],
    ['0x3', false, false],
  ])
  expect(edges.map(({ holder, held, names }) => `${holder} ${names.join()} ${held}`)).toEqual([
    '0x2 value 0x1',
    '0x4 a 0x2',
    '0x3 next 0x1',
    '0x4 b 0x3',
  ])
})

test('what is left out in the middle of a path stands between its neighbours', () => {
  const long = { ...path(['0x1'], ['0x2', 'next'], ['0x9', 'head']), omitted: { after: 1, steps: 40 } }
  const { nodes, edges } = graphOfPaths(words, pathRows([long], true))
  expect(nodes.find(({ id }) => id === 'omitted-1')?.objectId).toBeUndefined()
  expect(edges.map(({ id }) => id)).toEqual(['0x2>0x1', 'omitted-1>0x2', '0x9>omitted-1'])
})

test('a picture ends before it becomes a wall', () => {
  const many = Array.from({ length: 300 }, (_, index) => path(['0x1'], [`0xa${index.toString(16)}`, 'next']))
  const { nodes, paths } = graphOfPaths(words, pathRows(many, true))
  expect(paths).toBeLessThan(300)
  expect(nodes.length).toBeLessThanOrEqual(251)
})
