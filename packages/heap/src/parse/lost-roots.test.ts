/** Dumps that lost their GC roots: the graph can be used all the same, and the analysis says what stands in. */
import { Scene } from '@heaptrail/fixtures/scene'
import { describe, expect, test } from 'vitest'
import type { Heap } from '../query/heap.ts'
import { analysed } from '../query/testing/analysed.ts'

/** An application's loader holds a class, whose static holds a list; a thread works on a second list. */
function application(): { bytes: Uint8Array; list: number; worker: number } {
  const scene = new Scene({ segmentBytes: 600 })
  const loaderClass = scene.defineClass('acme.Loader', { superclass: scene.class('java.lang.ClassLoader') })
  const loader = scene.instance(loaderClass)
  const node = scene.defineClass('acme.Node', { loaderId: loader, fields: { next: 'object' } })
  let list = 0
  for (let i = 0; i < 50; i++) list = scene.instance(node, { next: list })
  scene.defineClass('acme.Registry', { loaderId: loader, statics: { all: ['object', list] } })
  const worker = scene.thread('worker', [{ method: 'run', type: node, locals: [scene.instance(node)] }])
  return { bytes: scene.bytes(), list, worker }
}

function ofType(heap: Heap, type: string): number {
  return heap.snapshot.meta.rootsByType.find((entry) => entry.type === type)?.objects ?? 0
}

describe('a dump that is cut off before its roots', () => {
  test('keeps what its last object reaches', async () => {
    const { bytes, list, worker } = application()
    const whole = await analysed(bytes)
    const roots = bytes.lastIndexOf(0x1c, bytes.length - 10)
    const heap = await analysed(bytes.subarray(0, roots))
    expect(heap.snapshot.meta.partial).toBeDefined()
    const { snapshot } = heap
    expect(snapshot.reachableCount).toBe(snapshot.objectCount)
    expect(snapshot.objectCount).toBe(whole.snapshot.objectCount)
    expect(snapshot.retainedSize(snapshot.indexOf(BigInt(list)))).toBe(50 * 16)
    expect(snapshot.isRoot(snapshot.indexOf(BigInt(worker)))).toBe(true)
  })

  test('says that roots are lost, and what stands in for them', async () => {
    const { bytes } = application()
    const heap = await analysed(bytes.subarray(0, bytes.lastIndexOf(0x1c, bytes.length - 10)))
    expect(heap.snapshot.meta.notes).toContainEqual(
      expect.stringMatching(
        /^The dump is cut off before the end of its GC roots: JVMs write GC roots last \(found: 0\)\. Taken for roots instead: \d+ classes of the boot loader, and objects that nothing else reaches \(type Unreachable\)\. Which threads there were, and what they held, cannot be told\.$/,
      ),
    )
    expect(ofType(heap, 'Unreachable')).toBeGreaterThan(0)
  })
})

test('a damaged part that held the roots is told as that', async () => {
  const { bytes } = application()
  const at = bytes.lastIndexOf(0x1c, bytes.length - 10)
  bytes[at + 9] = 0x42
  const heap = await analysed(bytes)
  expect(heap.snapshot.meta.notes).toContainEqual(
    expect.stringMatching(/^GC roots were lost with the part of the heap that could not be read \(found: 0\)\./),
  )
  expect(heap.snapshot.reachableCount).toBe(heap.snapshot.objectCount)
})

test('a whole dump without roots of threads or classes is not taken for one that lost them', async () => {
  const scene = new Scene({ stickyBootClasses: false })
  const kept = scene.instance(scene.object)
  scene.instance(scene.object)
  scene.keep(kept)
  const heap = await analysed(scene.bytes())
  expect(ofType(heap, 'Unreachable')).toBe(0)
  expect(heap.snapshot.meta.unreachable.objects).toBeGreaterThan(0)
})
