import { Scene } from '@heaptrail/fixtures/scene'
import { expect, test } from 'vitest'
import { type GcRootsQuery, gcRoots } from './gc-roots.ts'
import { printId } from '../heap.ts'
import { analysed } from '../testing/analysed.ts'

async function sceneWithRoots() {
  const scene = new Scene()
  const box = scene.defineClass('acme.Box', { fields: { held: 'object' } })
  const other = scene.defineClass('acme.Other')
  const [small, large] = [
    scene.instance(box),
    scene.instance(box, { held: scene.primitiveArray('byte', Array(100).fill(1)) }),
  ]
  scene.keep(small)
  scene.keep(large)
  // the same object twice, by two records
  scene.keep(large)
  scene.keep(scene.instance(other))
  const held = scene.primitiveArray('byte', Array(1000).fill(1))
  const holder = scene.instance(box, { held })
  scene.thread('main', [{ method: 'main', type: other, locals: [holder, held] }])
  const heap = await analysed(scene.bytes())
  const rows = (open: readonly string[], window: Partial<GcRootsQuery> = {}) =>
    gcRoots(heap, { offset: 0, limit: 100, open, ...window })
  return { heap, rows, large: printId(BigInt(large)), box: printId(BigInt(box.id)), records: scene.roots.length }
}

test('GC roots come by type; what threads hold stands apart, and all records are counted', async () => {
  const { heap, rows } = await sceneWithRoots()
  const answer = rows([])
  const types = answer.rows.flatMap((row) => (row.kind === 'type' ? [row] : []))
  expect(types.map(({ key, ofThreads }) => [key, ofThreads])).toEqual([
    ['thread', false],
    ['jni-global', false],
    ['system-class', false],
    ['java-local-of-threads', true],
  ])
  expect(types.find(({ key }) => key === 'jni-global')).toMatchObject({
    records: 4,
    objects: 3,
    classes: 2,
    open: false,
  })
  // the array that the holder dominates is counted once
  expect(types.find(({ ofThreads }) => ofThreads)).toMatchObject({ records: 2, objects: 2, retained: 16 + 1016 })
  expect(answer.counts).toEqual({ roots: heap.snapshot.meta.gcRoots, records: heap.snapshot.rootCount() })
  for (const { type, objects } of heap.snapshot.meta.rootsByType)
    expect(types.find((row) => row.type === type && !row.ofThreads)?.objects).toBe(objects)
})

test('an open type shows its classes, an open class its objects, those that retain most first', async () => {
  const { rows, large, box } = await sceneWithRoots()
  const key = `jni-global~${box}`
  const all = rows(['jni-global', key]).rows
  const at = all.findIndex((row) => row.kind === 'type' && row.key === 'jni-global')
  expect(all.slice(at + 1, at + 5)).toMatchObject([
    { kind: 'class', key, className: 'acme.Box', objects: 2, open: true },
    { kind: 'object', object: { id: large, retained: 16 + 120 } },
    { kind: 'object', object: { className: 'acme.Box' } },
    { kind: 'class', className: 'acme.Other', objects: 1, open: false },
  ])
  expect(rows(['jni-global', key], { offset: at + 2, limit: 1 })).toMatchObject({
    total: all.length,
    rows: [{ object: { id: large } }],
  })
})

test('what is open and is not there is no fault', async () => {
  const { rows } = await sceneWithRoots()
  expect(rows(['native-stack', 'jni-global~0x17', 'nonsense'])).toMatchObject({ total: 4 })
})
