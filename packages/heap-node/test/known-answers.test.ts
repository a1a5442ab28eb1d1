/** Dumps whose dominators and sizes are known by brute force: the named nodes of `known-*`, and the hand-written `ok-*`. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { dumpsFolder, fixtureText, smallDump, unpack } from '@heaptrail/fixtures/packed'
import type { Heap } from '@heaptrail/heap/query/heap'
import { VIRTUAL_ROOT } from '@heaptrail/heap/snapshot/snapshot'
import { describe, expect, test } from 'vitest'
import { analysed } from '@heaptrail/heap/query/testing/analysed'

interface KnownNode {
  readonly class: string
  readonly idom: string | null
  readonly shallow: number
  readonly pad_shallow: number
  readonly retained: number
}

const known = JSON.parse(fixtureText('known-expected.json')) as {
  readonly layouts: Record<string, Record<string, KnownNode>>
}

/** The one object of that class. */
function only(heap: Heap, className: string): number {
  const number = heap.facts.numberOf(className)
  expect(heap.classes[number]?.instances, className).toBe(1)
  return heap.snapshot.objectsOfClass(number, 0, 1)[0]
}

describe('nodes with known dominators and sizes', () => {
  for (const [layout, nodes] of Object.entries(known.layouts))
    test(layout, async () => {
      const heap = await analysed(smallDump(layout.split(' ')[0]))
      for (const [name, node] of Object.entries(nodes)) {
        const index = only(heap, node.class)
        const dominator = heap.snapshot.immediateDominator(index)
        const dominatorClass = dominator === VIRTUAL_ROOT ? '' : heap.classes[heap.snapshot.classOf(dominator)].name
        if (node.idom !== null) expect(dominatorClass, name).toBe(nodes[node.idom].class)
        else expect(dominatorClass.startsWith('scen.Known$'), `${name} below ${dominatorClass}`).toBe(false)
        expect(heap.snapshot.shallowSize(index), name).toBe(node.shallow)
        expect(heap.snapshot.retainedSize(index), name).toBe(node.retained)
        const pad = [...heap.snapshot.dominatorChildren(index, 0, 100)].filter(
          (child) => heap.classes[heap.snapshot.classOf(child)].name === 'byte[]',
        )
        expect(
          pad.map((child) => heap.snapshot.shallowSize(child)),
          name,
        ).toEqual([node.pad_shallow])
      }
    })
})

test('garbage is unreachable', async () => {
  const heap = await analysed(smallDump('known-17-all'))
  const garbage = heap.classes[heap.facts.numberOf('scen.Known$Garbage')]
  expect(garbage).toMatchObject({ instances: 0, unreachableInstances: 1000 })
})

describe('hand-written dumps in every variant of the format', () => {
  const folder = join(dumpsFolder, 'synthetic')
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.hprof')))
    test(file, async () => {
      const heap = await analysed(unpack(join(folder, file)))
      const { snapshot } = heap
      const nodes = [...snapshot.objectsOfClass(heap.facts.numberOf('demo.Node'), 0, 10)].toSorted(
        (a, b) => Number(snapshot.idOf(a)) - Number(snapshot.idOf(b)),
      )
      expect(nodes).toHaveLength(6)
      expect(snapshot.immediateDominator(nodes[1])).toBe(nodes[0])
      for (const node of [2, 3, 4, 5])
        expect(snapshot.immediateDominator(nodes[node]), `node ${node}`).toBe(VIRTUAL_ROOT)
      const instances = heap.classes.reduce((sum, type) => sum + type.instances + type.unreachableInstances, 0)
      // 24 objects, 9 classes and the boot loader
      expect(instances).toBe(34)
      expect(snapshot.meta.unreachable.objects).toBe(5)
      expect(snapshot.meta.partial).toBeUndefined()
    })
})
