import { Scene } from '@heaptrail/fixtures/scene'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { describe, expect, test } from 'vitest'
import { objectDetail } from './detail.ts'
import { fields } from './fields.ts'
import { printId } from '../heap.ts'
import { openHeap } from '../open-heap.ts'
import type { FieldRow } from '../messages.ts'
import { QueryError } from '../query-error.ts'
import { references } from './references.ts'
import { analysed } from '../testing/analysed.ts'

const ALL = { offset: 0, limit: 1000 }

/** `name` → its value as text. */
function texts(rows: readonly FieldRow[]): Record<string, string> {
  return Object.fromEntries(
    rows.map((row) => {
      if (row.value.kind === 'primitive') return [row.name, row.value.text]
      return [row.name, row.value.kind === 'null' ? 'null' : row.value.kind]
    }),
  )
}

describe('values', () => {
  test('every primitive type is shown as Java writes it', async () => {
    const scene = new Scene()
    const type = scene.defineClass('acme.Values', {
      fields: {
        flag: 'boolean',
        letter: 'char',
        han: 'char',
        ratio: 'float',
        whole: 'float',
        none: 'double',
        endless: 'double',
        tiny: 'double',
        zero: 'double',
        small: 'byte',
        short: 'short',
        count: 'int',
        large: 'long',
        gone: 'object',
        dangling: 'object',
      },
    })
    const id = scene.instance(type, {
      flag: 1,
      letter: 65,
      han: 0x63a8,
      ratio: 0.1,
      whole: 3,
      none: NaN,
      endless: -Infinity,
      tiny: 1.5e-7,
      zero: -0,
      small: -128,
      short: -2,
      count: -2147483648,
      large: -9223372036854775808n,
      dangling: 0x1234_0000,
    })
    scene.keep(id)
    const heap = await analysed(scene.bytes())
    expect(texts(fields(heap, printId(BigInt(id)), ALL).rows)).toEqual({
      flag: 'true',
      letter: 'A',
      han: '推',
      ratio: '0.1',
      whole: '3.0',
      none: 'NaN',
      endless: '-Infinity',
      tiny: '1.5E-7',
      zero: '-0.0',
      small: '-128',
      short: '-2',
      count: '-2147483648',
      large: '-9223372036854775808',
      gone: 'null',
      dangling: 'dangling',
    })
  })

  test('a field that shadows another stands beside it, own fields first', async () => {
    const scene = new Scene()
    const base = scene.defineClass('acme.Base', { fields: { size: 'int' } })
    const derived = scene.defineClass('acme.Derived', { superclass: base, fields: { size: 'object' } })
    const id = scene.instance(derived, {})
    scene.keep(id)
    const { rows } = fields(await analysed(scene.bytes()), printId(BigInt(id)), ALL)
    expect(rows.map((row) => [row.name, row.declaredIn, row.type])).toEqual([
      ['size', 'acme.Derived', 'reference'],
      ['size', 'acme.Base', 'int'],
    ])
  })

  test('a class shows its static fields', async () => {
    const scene = new Scene()
    const text = scene.string('x')
    const type = scene.defineClass('acme.Config', {
      statics: { LIMIT: ['long', 2n ** 62n], NAME: ['object', text], OFF: ['boolean', 0] },
    })
    const { rows } = fields(await analysed(scene.bytes()), printId(BigInt(type.id)), ALL)
    expect(rows.every((row) => row.static && row.declaredIn === 'acme.Config')).toBe(true)
    expect(texts(rows)).toEqual({ LIMIT: '4611686018427387904', NAME: 'reference', OFF: 'false' })
  })

  test('arrays come in pages', async () => {
    const scene = new Scene()
    const array = scene.primitiveArray(
      'int',
      Array.from({ length: 1000 }, (_, index) => index * index),
    )
    scene.keep(array)
    const page = fields(await analysed(scene.bytes()), printId(BigInt(array)), { offset: 998, limit: 10 })
    expect(page.total).toBe(1000)
    expect(texts(page.rows)).toEqual({ '[998]': '996004', '[999]': '998001' })
  })
})

describe('labels', () => {
  async function labelOf(build: (scene: Scene) => number) {
    const scene = new Scene()
    const id = build(scene)
    scene.keep(id)
    return objectDetail(await analysed(scene.bytes()), printId(BigInt(id)))
  }

  test('a string is its text, in Latin-1 or UTF-16, cut in lists and whole in detail', async () => {
    expect((await labelOf((scene) => scene.string('naïve'))).label).toEqual({
      kind: 'string',
      text: 'naïve',
      length: 5,
    })
    const detail = await labelOf((scene) => scene.string('推送'.repeat(300)))
    expect(detail.label).toEqual({ kind: 'string', text: '推送'.repeat(100), length: 600 })
    expect(detail.text).toBe('推送'.repeat(300))
  })

  test('strings of JDK 8 keep chars, those of JDK 6 a part of a shared array', async () => {
    const old = (fields: Record<string, 'object' | 'int'>) => {
      const scene = new Scene()
      const string = scene.classes.find((type) => type.name === 'java.lang.String')
      string?.fields.splice(0, 10, ...Object.entries(fields).map(([name, type]) => ({ name, type })))
      return scene
    }
    const chars = Array.from('hello world', (letter) => letter.charCodeAt(0))
    const jdk8 = old({ value: 'object', hash: 'int' })
    const whole = jdk8.instance(jdk8.class('java.lang.String'), { value: jdk8.primitiveArray('char', chars) })
    jdk8.keep(whole)
    expect(objectDetail(await analysed(jdk8.bytes()), printId(BigInt(whole)))).toMatchObject({
      text: 'hello world',
      characters: { count: 11, coder: 'char' },
    })
    const jdk6 = old({ value: 'object', offset: 'int', count: 'int', hash: 'int' })
    const value = jdk6.primitiveArray('char', chars)
    const part = jdk6.instance(jdk6.class('java.lang.String'), { value, offset: 6, count: 5 })
    jdk6.keep(part)
    expect(objectDetail(await analysed(jdk6.bytes()), printId(BigInt(part))).text).toBe('world')
  })

  test('threads and class loaders are their names, boxed values and enum constants their values', async () => {
    expect((await labelOf((scene) => scene.thread('http-1', []))).label).toEqual({ kind: 'thread', name: 'http-1' })
    const loader = await labelOf((scene) => {
      const type = scene.defineClass('acme.Loader', { superclass: scene.class('java.lang.ClassLoader') })
      return scene.instance(type, { name: scene.string('plugin-7') })
    })
    expect(loader.label).toEqual({ kind: 'class-loader', name: 'plugin-7' })
    const boxed = await labelOf((scene) =>
      scene.instance(scene.defineClass('java.lang.Double', { fields: { value: 'double' } }), { value: 2.5 }),
    )
    expect(boxed.label).toEqual({ kind: 'value', text: '2.5' })
    const constant = await labelOf((scene) => {
      const base = scene.defineClass('java.lang.Enum', { fields: { ordinal: 'int', name: 'object' } })
      const type = scene.defineClass('acme.Colour', { superclass: base })
      return scene.instance(type, { name: scene.string('RED') })
    })
    expect(constant.label).toEqual({ kind: 'value', text: 'RED' })
  })

  test('names of threads of old JDKs are arrays of chars', async () => {
    const detail = await labelOf((scene) => {
      const name = scene.primitiveArray('char', [0x6d, 0x61, 0x69, 0x6e])
      return scene.instance(scene.class('java.lang.Thread'), { name })
    })
    expect(detail.label).toEqual({ kind: 'thread', name: 'main' })
  })

  test('classes, arrays and everything else', async () => {
    const heap = heapFromText('root -> A:acme.Order')
    const opened = await analysed(heap.bytes)
    const type = heap.scene.class('acme.Order')
    expect(objectDetail(opened, printId(BigInt(type.id)))).toMatchObject({
      kind: 'class',
      className: 'java.lang.Class',
      label: { kind: 'class', name: 'acme.Order' },
      classFacts: { superclass: { className: 'java.lang.Object' }, loader: null, objects: 1, instanceFields: [] },
    })
    expect(objectDetail(opened, printId(BigInt(heap.id('A')))).label).toEqual({ kind: 'plain' })
  })
})

test('a thread says how many frames it has; no other object has any', async () => {
  const scene = new Scene()
  const local = scene.string('in use')
  const type = scene.defineClass('acme.Main')
  const id = scene.thread('main', [
    { method: 'wait', type: scene.object, line: -3 },
    { method: 'main', type, source: 'Main.java', line: 7, locals: [local] },
  ])
  const heap = await analysed(scene.bytes())
  expect([id, local].map((object) => objectDetail(heap, printId(BigInt(object))).stackFrames)).toEqual([2, null])
})

describe('references', () => {
  test('carry the names of all fields and elements that hold them', async () => {
    const heap = heapFromText('root -> A\nA:acme.Node -> left=B right=B up=A')
    const opened = await analysed(heap.bytes)
    const incoming = references(opened, printId(BigInt(heap.id('B'))), 'incoming', ALL)
    expect(incoming.rows.map((row) => row.edges.map((edge) => edge.name))).toEqual([['left', 'right']])
    const outgoing = references(opened, printId(BigInt(heap.id('A'))), 'outgoing', ALL)
    expect(outgoing.rows.map((row) => row.edges)).toEqual([
      [{ kind: 'class', name: '<class>' }],
      [
        { kind: 'field', name: 'left' },
        { kind: 'field', name: 'right' },
      ],
      [{ kind: 'field', name: 'up' }],
    ])
  })

  test('of arrays name the indices, at most eight of one object', async () => {
    const scene = new Scene()
    const text = scene.string('x')
    const other = scene.string('y')
    const array = scene.objectArray([other, ...Array<number>(5000).fill(0), ...Array<number>(100).fill(text), other])
    scene.keep(array)
    const opened = await analysed(scene.bytes())
    const { rows } = references(opened, printId(BigInt(array)), 'outgoing', ALL)
    expect(rows.slice(1).map((row) => row.edges.map((edge) => edge.name))).toEqual([
      ['[0]', '[5101]'],
      ['[5001]', '[5002]', '[5003]', '[5004]', '[5005]', '[5006]', '[5007]', '[5008]'],
    ])
  })

  test('of classes and threads name statics, superclass, loader and locals', async () => {
    const scene = new Scene()
    const text = scene.string('x')
    const loader = scene.instance(scene.class('java.lang.ClassLoader'))
    const type = scene.defineClass('acme.Cache', {
      loaderId: loader,
      statics: { first: ['object', text], second: ['object', text] },
    })
    const thread = scene.thread('main', [{ method: 'run', type, locals: [text] }])
    scene.keep(type.id)
    const opened = await analysed(scene.bytes())
    const edgesOf = (id: number) =>
      references(opened, printId(BigInt(id)), 'outgoing', ALL).rows.map((row) =>
        row.edges.map((edge) => edge.name).join(' '),
      )
    expect(edgesOf(type.id)).toEqual(expect.arrayContaining(['<class>', '<super>', '<loader>', 'first second']))
    expect(edgesOf(thread)).toContain('<Java Local>')
  })
})

describe('a dump that was deleted', () => {
  test('leaves everything but contents', async () => {
    const heap = heapFromText('root -> A\nA -> B')
    const { snapshot } = await analysed(heap.bytes)
    const opened = openHeap(snapshot, undefined)
    const id = printId(BigInt(heap.id('B')))
    const detail = objectDetail(opened, id)
    expect(detail.label).toEqual({ kind: 'plain' })
    expect(detail.contentsMissing).toContain('deleted')
    expect(references(opened, id, 'incoming', ALL).rows).toMatchObject([
      { edges: [], object: { className: 'acme.Node' } },
    ])
    expect(() => fields(opened, id, ALL)).toThrow(QueryError)
  })

  test('or replaced by another is noticed', async () => {
    const heap = heapFromText('root -> A\nA -> B')
    const { snapshot } = await analysed(heap.bytes)
    const other = openHeap(snapshot, { size: heap.bytes.length, readInto: (_, target) => target.fill(7).length })
    expect(() => fields(other, printId(BigInt(heap.id('A'))), ALL)).toThrow('changed after its analysis')
  })
})

test('an id that is no object is said', async () => {
  const opened = await analysed(heapFromText('root -> A').bytes)
  for (const id of ['0x1', 'nonsense', '0xffffffffffffffff'])
    expect(() => objectDetail(opened, id)).toThrow(`no object ${id}`)
})
