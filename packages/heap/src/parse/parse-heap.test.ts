import { Scene } from '@heaptrail/fixtures/scene'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { bytesSource } from '@heaptrail/hprof/byte-source'
import { hprofBytes } from '@heaptrail/hprof/writer'
import { describe, expect, test } from 'vitest'
import {
  LAST_REFERENCE,
  NO_REFERENCES,
  type ParsedHeap,
  classNumberOf,
  firstReference,
  lengthOf,
} from '../parsed-heap.ts'
import { parseHeap } from './parse-heap.ts'
import { inlineRunner } from './pass-runner.ts'

function parse(bytes: Uint8Array): Promise<ParsedHeap> {
  const source = bytesSource(bytes)
  return parseHeap(source, inlineRunner(source), () => {})
}

function rank(heap: ParsedHeap, id: number): number {
  return heap.ids.rankOf(Math.floor(id / 2 ** 32), id % 2 ** 32)
}

/** Ids of what an object refers to, by its run; its class is not among them. */
function references(heap: ParsedHeap, id: number): number[] {
  const { targets } = heap.references
  const found: number[] = []
  let at = firstReference(heap, rank(heap, id))
  if (at === NO_REFERENCES) return found
  for (let isLast = false; !isLast; at++) {
    isLast = (targets[at] & LAST_REFERENCE) !== 0
    found.push(Number(heap.ids.idOf(targets[at] & (LAST_REFERENCE - 1))))
  }
  return found
}

function className(heap: ParsedHeap, id: number): string {
  return heap.classes[classNumberOf(heap, rank(heap, id))].name
}

describe('references', () => {
  test('fields of the class itself come before those of its superclass; nulls are left out', async () => {
    const scene = new Scene()
    const base = scene.defineClass('acme.Base', { fields: { low: 'object', number: 'long', none: 'object' } })
    const derived = scene.defineClass('acme.Derived', { superclass: base, fields: { flag: 'boolean', high: 'object' } })
    const [a, b] = [scene.instance(base), scene.instance(base)]
    const id = scene.instance(derived, { low: a, high: b, number: 5n, flag: 1 })
    const heap = await parse(scene.bytes())
    expect(references(heap, id)).toEqual([b, a])
    expect(className(heap, id)).toBe('acme.Derived')
    expect(references(heap, a)).toEqual([])
  })

  test('of an array are its elements, with duplicates; its length counts the nulls', async () => {
    const scene = new Scene()
    const one = scene.instance(scene.object)
    const array = scene.objectArray([0, one, 0, one])
    const bytes = scene.primitiveArray('byte', [1, 2, 3])
    const heap = await parse(scene.bytes())
    expect(references(heap, array)).toEqual([one, one])
    expect(lengthOf(heap, rank(heap, array))).toBe(4)
    expect(lengthOf(heap, rank(heap, bytes))).toBe(3)
    expect(className(heap, bytes)).toBe('byte[]')
  })

  test('of a class are superclass, loader and static references, but not signers and protection domain', async () => {
    const scene = new Scene()
    const loader = scene.instance(scene.class('java.lang.ClassLoader'))
    const held = scene.instance(scene.object)
    const base = scene.defineClass('acme.Base')
    const type = scene.defineClass('acme.Node', {
      superclass: base,
      loaderId: loader,
      statics: { count: ['long', 0x1234n], held: ['object', held], none: ['object', 0] },
    })
    const heap = await parse(scene.bytes())
    expect(references(heap, type.id)).toEqual([base.id, loader, held])
    expect(references(heap, base.id)).toEqual([scene.object.id, 0])
    expect(className(heap, type.id)).toBe('java.lang.Class')
    expect(heap.classes.find(({ name }) => name === 'acme.Node')?.statics).toEqual([
      { name: 'count', type: 11, value: 0x1234n },
      { name: 'held', type: 2, value: BigInt(held) },
      { name: 'none', type: 2, value: 0n },
    ])
  })

  test('the boot loader is rank 0, of class java.lang.ClassLoader, and refers to nothing else', async () => {
    const heap = await parse(new Scene().bytes())
    expect(heap.classes[classNumberOf(heap, 0)].name).toBe('java.lang.ClassLoader')
    expect(firstReference(heap, 0)).toBe(NO_REFERENCES)
    expect(heap.ids.idOf(0)).toBe(0n)
  })

  test('to what the dump does not hold are dropped and counted', async () => {
    const scene = new Scene()
    const array = scene.objectArray([0x10, 0xc000_0004])
    const heap = await parse(scene.bytes())
    expect(references(heap, array)).toEqual([])
    expect(heap.notes).toEqual(['Left out: 2 references to objects that the dump does not hold.'])
  })

  test('positions lead back to the sub-record', async () => {
    const scene = new Scene()
    const id = scene.primitiveArray('int', [7])
    const bytes = scene.bytes()
    const heap = await parse(bytes)
    const position = heap.positionLow[rank(heap, id)]
    expect(bytes[position]).toBe(0x23)
    expect(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(position + 1)).toBe(BigInt(id))
    expect(heap.positionHigh).toBeUndefined()
  })
})

describe('roots', () => {
  test('a local of a known thread becomes a reference of the thread', async () => {
    const scene = new Scene()
    const local = scene.instance(scene.object)
    const type = scene.class('java.lang.Thread')
    const method = { method: 'run', type, source: 'Thread.java', line: 840 }
    const thread = scene.thread('main', [
      { method: 'sleep', type, line: -3 },
      { ...method, locals: [local] },
    ])
    const heap = await parse(scene.bytes())
    expect(references(heap, thread)).toContain(local)
    expect(heap.roots.filter((root) => root.rank === rank(heap, local))).toEqual([
      { rank: rank(heap, local), type: 'Java Local', threadRank: rank(heap, thread), frame: 1, viaThread: true },
    ])
    expect(heap.threads).toEqual([
      {
        rank: rank(heap, thread),
        serial: 1,
        frames: [{ text: 'java.lang.Thread.sleep(Native Method)' }, { text: 'java.lang.Thread.run(Thread.java:840)' }],
      },
    ])
  })

  test('a local of an unknown thread is a plain root', async () => {
    const scene = new Scene()
    const local = scene.instance(scene.object)
    scene.root({ type: 'java-frame', id: local, thread: 77, frame: 3 })
    const heap = await parse(scene.bytes())
    expect(heap.roots.at(-1)).toEqual({
      rank: rank(heap, local),
      type: 'Java Local',
      threadRank: -1,
      frame: 3,
      viaThread: false,
    })
  })

  test('without a single system class the classes of the boot loader are roots, arrays excepted', async () => {
    const scene = new Scene({ stickyBootClasses: false })
    scene.defineClass('acme.Plugin', { loaderId: scene.instance(scene.class('java.lang.ClassLoader')) })
    const heap = await parse(scene.bytes())
    const names = heap.roots.map((root) => heap.classes[heap.classNumberOfRank.get(root.rank) ?? -1].name)
    expect(names.toSorted()).toEqual([
      'java.lang.Class',
      'java.lang.ClassLoader',
      'java.lang.Object',
      'java.lang.String',
      'java.lang.Thread',
    ])
    expect(heap.notes).toContainEqual(expect.stringContaining('no GC roots'))
  })

  test('without roots and without classes of the boot loader nothing is reachable, and that is said', async () => {
    const bytes = hprofBytes((writer) => {
      writer.classDump({ id: 0x100, loaderId: 0x200 })
      writer.instance(0x200, 0x100, [])
      writer.end()
    })
    expect((await parse(bytes)).notes).toContainEqual(expect.stringContaining('all of its objects look unreachable'))
  })

  test('a root whose object is missing is left out, and said', async () => {
    const scene = new Scene()
    scene.keep(0x10)
    const heap = await parse(scene.bytes())
    expect(heap.notes).toEqual(['Left out: 1 GC root of objects that the dump does not hold.'])
  })
})

describe('classes', () => {
  test('are numbered by id and named as in source code', async () => {
    const scene = new Scene()
    scene.defineClass('acme.Outer$Inner[][]')
    const heap = await parse(scene.bytes())
    expect(heap.classes.map(({ name }) => name)).toEqual(scene.classes.map(({ name }) => name))
    expect(heap.classes.at(-1)).toMatchObject({ kind: 'object-array', elementSize: 4, instanceSize: 0 })
    expect(heap.classes.find(({ name }) => name === 'long[]')).toMatchObject({
      kind: 'primitive-array',
      elementSize: 8,
    })
  })

  test('that a dump uses but does not list are made up, without an object', async () => {
    const bytes = hprofBytes((writer) => {
      writer.classDump({ id: 0x100 })
      writer.instance(0x200, 0x900, [['int', 1]])
      writer.objectArray(0x208, 0x908, [0x200])
      writer.primitiveArray(0x210, 'char', [65])
      writer.end()
    })
    const heap = await parse(bytes)
    const madeUp = heap.classes.filter((one) => one.rank < 0).map(({ id, name, kind }) => ({ id, name, kind }))
    expect(madeUp).toEqual([
      { id: 8n, name: 'java.lang.Class', kind: 'instance' },
      { id: 16n, name: 'java.lang.ClassLoader', kind: 'instance' },
      { id: 24n, name: 'char[]', kind: 'primitive-array' },
      { id: 0x900n, name: 'unknown-class@0x900', kind: 'instance' },
      { id: 0x908n, name: 'unknown-class@0x908', kind: 'object-array' },
    ])
    expect(references(heap, 0x208)).toEqual([0x200])
    expect(heap.ids.count).toBe(5)
  })

  test('that are made up take no id by which objects call a class that is missing', async () => {
    const bytes = hprofBytes((writer) => {
      writer.classDump({ id: 0x100 })
      writer.instance(0x200, 8, [['int', 1]])
      writer.end()
    })
    const heap = await parse(bytes)
    expect(heap.classes[classNumberOf(heap, rank(heap, 0x200))].name).toBe('unknown-class@0x8')
  })

  test('that are their own superclasses lose that link', async () => {
    const bytes = hprofBytes((writer) => {
      writer.classDump({ id: 0x100, superId: 0x108, fields: [{ nameId: 1, type: 'object' }] })
      writer.classDump({ id: 0x108, superId: 0x100, fields: [{ nameId: 1, type: 'object' }] })
      writer.instance(0x200, 0x100, [
        ['object', 0x200],
        ['object', 0x200],
      ])
      writer.end()
    })
    const heap = await parse(bytes)
    expect(heap.notes).toContainEqual(expect.stringContaining('would come round to the class again'))
    expect(references(heap, 0x200)[0]).toBe(0x200)
  })
})

describe('ids', () => {
  const graph = `
    root -> A
    A -> B C
    B -> D
    C -> D`

  test.each([
    { name: 'of 4 bytes', base: 0x1000, identifierSize: 4 as const },
    { name: 'high up, as ZGC has them', base: 0x1000_0000_0000 },
    { name: 'that are no multiples of 8', base: 0xc000_0003 },
    { name: 'above 2^53 minus a little', base: 2 ** 53 - 2 ** 20 },
  ])('$name', async ({ base, identifierSize }) => {
    const { bytes, id } = heapFromText(graph, { base, identifierSize: identifierSize ?? 8 })
    const heap = await parse(bytes)
    expect(references(heap, id('A'))).toEqual([id('B'), id('C')])
    expect(references(heap, id('C'))).toEqual([id('D')])
    expect(heap.notes).toEqual([])
  })

  test('scattered over all 64 bits', async () => {
    const ids = Array.from({ length: 300 }, (_, i) => (BigInt(i) * 0x9e37_79b9_7f4a_7c15n) & 0xffff_ffff_ffff_fff8n)
    const bytes = hprofBytes((writer) => {
      writer.classDump({ id: 0x10, fields: [{ nameId: 1, type: 'object' }] })
      for (let i = 1; i < 300; i++) writer.instance(ids[i], 0x10, [['object', ids[(i * 7) % 300]]])
      writer.end()
    })
    const heap = await parse(bytes)
    expect(heap.ids.count).toBe(301)
    for (let i = 1; i < 300; i++) {
      const own = heap.ids.rankOf(Number(ids[i] >> 32n), Number(ids[i] & 0xffff_ffffn))
      expect(heap.ids.idOf(own)).toBe(ids[i])
      const target = heap.references.targets[firstReference(heap, own)] & (LAST_REFERENCE - 1)
      if ((i * 7) % 300 !== 0) expect(heap.ids.idOf(target)).toBe(ids[(i * 7) % 300])
    }
  })

  test('that occur twice: the first object wins, whether aligned or not', async () => {
    for (const shift of [0, 1]) {
      const bytes = hprofBytes((writer) => {
        writer.classDump({ id: 0x100 + shift, fields: [{ nameId: 1, type: 'object' }] })
        writer.instance(0x200 + shift, 0x100 + shift, [['object', 0x100 + shift]])
        writer.instance(0x200 + shift, 0x100 + shift, [['object', 0x200 + shift]])
        writer.end()
      })
      const heap = await parse(bytes)
      expect(references(heap, 0x200 + shift)).toEqual([0x100 + shift])
      expect(heap.notes[0]).toBe('Left out: 1 object with an id that another one before had.')
    }
  })
})
