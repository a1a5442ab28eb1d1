import { describe, expect, test } from 'vitest'
import { type SizedClasses, classSizes } from './class-sizes.ts'
import type { Layout } from './layout.ts'
import type { BasicType, IdMap } from './parsed-heap.ts'

const layout: Layout = {
  referenceSize: 4,
  references: 'compressed',
  instanceHeader: 12,
  arrayHeader: 16,
  compactHeaders: false,
  alignment: 8,
  certainty: 'certain',
}
const [REFERENCE, INT, LONG] = [2, 10, 11] as const

type Fields = readonly (readonly [name: string, type: BasicType])[]
const declared = (fields: Fields) => fields.map(([name, type]) => ({ name, type }))

function classOf(
  name: string,
  superNumber: number,
  fields: Fields,
  statics: Fields = [],
): SizedClasses['entries'][number] {
  const values = declared(statics).map((field) => ({ ...field, value: 0 }))
  return { rank: -1, name, superNumber, loaderId: 0n, fields: declared(fields), statics: values }
}

const OBJECT = classOf('java.lang.Object', -1, [])
const RECORD = classOf('java.lang.Record', 0, [])
const CLASS = classOf('java.lang.Class', 0, [['name', REFERENCE]])
const THREAD = classOf('java.lang.Thread', 0, [
  ['eetop', LONG],
  ['threadLocalRandomSeed', LONG],
])
const HOTSPOT = [OBJECT, RECORD, CLASS, THREAD]

/** Objects at these ids; rank 0 is the boot loader's pseudo object. */
function idMap(ids: readonly number[]): IdMap {
  return { count: ids.length, idOf: (rank) => BigInt(ids[rank]), rankOf: () => -1, idsInto: () => {} }
}
const NOBODY = { ids: idMap([0]), threads: [] }

function sizesOf(
  classes: SizedClasses['entries'],
  neighbours: Parameters<typeof classSizes>[3] = NOBODY,
  sizes: 'jvm' | 'mat' = 'jvm',
): { instances: Record<string, number>; classObjects: Record<string, number> } {
  const javaLangClass = classes.indexOf(CLASS)
  const result = classSizes({ entries: classes, javaLangClass }, layout, sizes, neighbours)
  const byName = (values: readonly number[]) => Object.fromEntries(classes.map(({ name }, i) => [name, values[i]]))
  return { instances: byName(result.instances), classObjects: byName(result.classObjects) }
}

describe('classes of HotSpot', () => {
  const LOADER = classOf('java.lang.ClassLoader', 0, [['parent', REFERENCE]])

  test('have fields that no dump shows', () => {
    expect(sizesOf([...HOTSPOT, LOADER]).instances['java.lang.ClassLoader']).toBe(24)
    expect(sizesOf([...HOTSPOT, LOADER], NOBODY, 'mat').instances['java.lang.ClassLoader']).toBe(16)
  })

  test('have none in another JVM, nor when a program has a class of that name', () => {
    expect(sizesOf([OBJECT, RECORD, CLASS, LOADER]).instances['java.lang.ClassLoader']).toBe(16)
    const own = { ...LOADER, loaderId: 4096n }
    expect(sizesOf([...HOTSPOT, own]).instances['java.lang.ClassLoader']).toBe(16)
  })

  test('are padded where threads contend', () => {
    const cell = classOf('java.util.concurrent.atomic.Striped64$Cell', 0, [['value', LONG]])
    // 12, 128, up to 8, the field, 128
    expect(sizesOf([...HOTSPOT, cell]).instances['java.util.concurrent.atomic.Striped64$Cell']).toBe(280)
    const pool = classOf('java.util.concurrent.ForkJoinPool', 0, [
      ['ctl', LONG],
      ['bounds', INT],
    ])
    expect(sizesOf([...HOTSPOT, pool]).instances['java.util.concurrent.ForkJoinPool']).toBe(280)
  })
})

test('threads are padded when their neighbours leave room for it', () => {
  const threadWith = (room: number) =>
    sizesOf(HOTSPOT, { ids: idMap([0, 4096, 4096 + 1000, 9000, 9000 + room]), threads: [1, 3] }).instances[
      'java.lang.Thread'
    ]
  expect(threadWith(32)).toBe(32)
  expect(threadWith(288)).toBe(288)
  expect(threadWith(500)).toBe(288)
})

describe('class objects', () => {
  test('are instances of java.lang.Class with the static fields behind', () => {
    const holder = classOf(
      'acme.Holder',
      0,
      [],
      [
        ['list', REFERENCE],
        ['count', LONG],
        ['size', INT],
        ['<resolved_references>', REFERENCE],
      ],
    )
    const { classObjects } = sizesOf([...HOTSPOT, holder])
    expect(classObjects['java.lang.Object']).toBe(56)
    expect(classObjects['acme.Holder']).toBe(56 + 16)
    expect(sizesOf([...HOTSPOT, holder], NOBODY, 'mat').classObjects['acme.Holder']).toBe(24)
  })

  test('of an unknown release are as large as their neighbours show', () => {
    const many = Array.from({ length: 120 }, (_, i) => ({ ...classOf(`acme.C${i}`, 0, []), rank: i + 1 }))
    const ids = idMap([0, ...Array.from({ length: 121 }, (_, i) => 4096 + i * 64)])
    expect(sizesOf([...HOTSPOT, ...many], { ids, threads: [] }).classObjects['acme.C7']).toBe(64)
  })
})
