import { describe, expect, test } from 'vitest'
import { type EvidenceClass, chooseLayout, inferAlignment, inferLayout } from './layout-inference.ts'
import type { Layout } from './layout.ts'
import type { IdMap } from './parsed-heap.ts'
import { arraySize, instanceSizes } from './sizes.ts'

function idMap(ids: readonly number[]): IdMap {
  return {
    count: ids.length,
    rankOf: (high, low) => ids.indexOf(high * 2 ** 32 + low),
    idOf: (rank) => BigInt(ids[rank]),
    idsInto(from, highs, lows) {
      for (let i = 0; i < highs.length; i++) {
        highs[i] = Math.floor(ids[from + i] / 2 ** 32)
        lows[i] = ids[from + i] % 2 ** 32
      }
    },
  }
}

const instance = { kind: 'instance', superNumber: -1, elementType: undefined, isJavaLangClass: false } as const
const CLASSES: readonly EvidenceClass[] = [
  { ...instance, kind: 'primitive-array', elementType: 8, fields: [] },
  { ...instance, kind: 'object-array', fields: [] },
  { ...instance, fields: [{ type: 2 }, { type: 10 }] },
  { ...instance, fields: [{ type: 11 }] },
]

/** Objects of all classes one behind the other, as a JVM with that layout would place them. */
function heapWith(layout: Layout, base: number, objects: number): Layout {
  const sizes = instanceSizes(CLASSES, layout, 'jvm')
  const ids = [0]
  const heads = new Int32Array(2 * (objects + 1))
  const lengths = new Uint32Array(objects + 1)
  for (let rank = 1, at = base; rank <= objects; rank++) {
    const number = rank % 4
    const length = number < 2 ? (rank * 7) % 50 : 0
    heads[2 * rank + 1] = number
    lengths[rank] = length
    ids.push(at)
    at += number < 2 ? arraySize(number === 0 ? 1 : layout.referenceSize, length, layout) : sizes[number]
  }
  return inferLayout({ identifierSize: 8, ids: idMap(ids), heads, lengthOf: (rank) => lengths[rank], classes: CLASSES })
}

const ordinary = { referenceSize: 4, references: 'compressed', instanceHeader: 12, arrayHeader: 16 } as const
const wide = { referenceSize: 8, references: 'uncompressed' } as const

describe('inferLayout', () => {
  test.each([
    { name: 'compressed references', layout: ordinary },
    { name: 'compressed references, alignment 16', layout: { ...ordinary, alignment: 16 } },
    { name: 'uncompressed references', layout: { ...ordinary, ...wide } },
    { name: 'nothing compressed', layout: { ...ordinary, ...wide, instanceHeader: 16, arrayHeader: 24 } },
    { name: 'nothing compressed, JDK 23', layout: { ...ordinary, ...wide, instanceHeader: 16, arrayHeader: 20 } },
    { name: 'compact headers', layout: { ...ordinary, instanceHeader: 8, arrayHeader: 12, compactHeaders: true } },
    {
      name: 'compact headers, uncompressed references',
      layout: { ...ordinary, ...wide, instanceHeader: 8, arrayHeader: 12, compactHeaders: true },
    },
  ])('finds $name', ({ layout }) => {
    const expected: Layout = { compactHeaders: false, alignment: 8, ...layout, certainty: 'certain' }
    expect(heapWith(expected, 0x1000_0000, 6000)).toEqual(expected)
  })

  test('says how sure it is', () => {
    const layout: Layout = { ...ordinary, compactHeaders: false, alignment: 8, certainty: 'certain' }
    expect(heapWith(layout, 0x1000_0000, 100)).toEqual({ ...layout, certainty: 'likely' })
    expect(heapWith(layout, 0x1000_0000, 1)).toEqual({ ...layout, certainty: 'assumed' })
  })

  test('with no evidence, ids beyond the reach of compressed references decide', () => {
    const layout: Layout = { ...ordinary, compactHeaders: false, alignment: 8, certainty: 'certain' }
    expect(heapWith(layout, 2 ** 42, 1)).toMatchObject({ references: 'uncompressed', certainty: 'assumed' })
  })

  test('ids of 4 bytes leave no choice', () => {
    const columns = { heads: new Int32Array(4), lengthOf: () => 0, classes: CLASSES }
    expect(inferLayout({ identifierSize: 4, ids: idMap([0, 4096]), ...columns })).toEqual({
      referenceSize: 4,
      references: '32-bit',
      instanceHeader: 8,
      arrayHeader: 12,
      compactHeaders: false,
      alignment: 8,
      certainty: 'certain',
    })
  })
})

test('what is chosen is not inferred, and the rest fits it', () => {
  const columns = { heads: new Int32Array(4), lengthOf: () => 0, classes: CLASSES }
  const evidence = { identifierSize: 8 as const, ids: idMap([0, 4096]), ...columns }
  const inferred = inferLayout(evidence)
  expect(chooseLayout(evidence, {}, inferred)).toBe(inferred)
  expect(chooseLayout(evidence, { alignment: 32 }, inferred)).toEqual({
    ...inferred,
    alignment: 32,
    certainty: 'chosen',
  })
  expect(chooseLayout(evidence, { referenceSize: 8, instanceHeader: 16 }, inferred)).toMatchObject({
    references: 'uncompressed',
    arrayHeader: 24,
    certainty: 'chosen',
  })
  const of32Bits = { ...evidence, identifierSize: 4 as const }
  expect(() => chooseLayout(of32Bits, { referenceSize: 8 }, inferLayout(of32Bits))).toThrow(/32-bit JVM/)
})

test('the alignment is the greatest common divisor of the gaps, from 8 to 256', () => {
  expect(inferAlignment(idMap([0, 4096, 4128, 4176]))).toBe(16)
  expect(inferAlignment(idMap([0, 4096, 4128, 4132]))).toBe(8)
  expect(inferAlignment(idMap([0, 4096, 4096 + 1024, 4096 + 3072]))).toBe(256)
  expect(inferAlignment(idMap([0, 4096]))).toBe(8)
})
