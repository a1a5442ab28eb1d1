import { describe, expect, test } from 'vitest'
import type { Layout } from './layout.ts'
import type { BasicType } from './parsed-heap.ts'
import { arraySize, classObjectSize, instanceSizes, layoutOfMat, sizeRule } from './sizes.ts'

const compressed: Layout = {
  referenceSize: 4,
  references: 'compressed',
  instanceHeader: 12,
  arrayHeader: 16,
  compactHeaders: false,
  alignment: 8,
  certainty: 'certain',
}
const uncompressed: Layout = { ...compressed, referenceSize: 8, references: 'uncompressed' }
const compact: Layout = { ...compressed, instanceHeader: 8, arrayHeader: 12, compactHeaders: true }
const bits32: Layout = { ...compressed, references: '32-bit', instanceHeader: 8, arrayHeader: 12 }

const fields = (...types: BasicType[]): { type: BasicType }[] => types.map((type) => ({ type }))
const [REFERENCE, BOOLEAN, INT, LONG] = [2, 4, 10, 11] as const

describe('instances', () => {
  // Object <- String(value, hash, coder) and Object <- Base(long) <- Derived(boolean)
  const classes = [
    { superNumber: -1, fields: [] },
    { superNumber: 0, fields: fields(REFERENCE, INT, BOOLEAN, BOOLEAN) },
    { superNumber: 0, fields: fields(LONG) },
    { superNumber: 2, fields: fields(BOOLEAN) },
  ]

  test('by MAT’s rule each class is aligned to the size of a reference', () => {
    expect(instanceSizes(classes, compressed, 'mat')).toEqual([16, 24, 24, 24])
    expect(instanceSizes(classes, bits32, 'mat')).toEqual([8, 24, 16, 24])
  })

  test('as JVMs since 15 do it, holes are filled', () => {
    expect(instanceSizes(classes, compressed, 'jvm')).toEqual([16, 24, 24, 24])
    expect(instanceSizes(classes, uncompressed, 'jvm')).toEqual([16, 32, 24, 24])
    expect(instanceSizes(classes, compact, 'jvm')).toEqual([8, 24, 16, 24])
  })

  test('are rounded up to the alignment of objects', () => {
    expect(instanceSizes(classes, { ...compressed, alignment: 16 }, 'mat')).toEqual([16, 32, 32, 32])
  })

  test('a chain of superclasses of any length is no trouble', () => {
    const chain = Array.from({ length: 50_000 }, (_, i) => ({ superNumber: i - 1, fields: i === 0 ? fields(INT) : [] }))
    expect(instanceSizes(chain, compressed, 'mat').at(-1)).toBe(16)
  })
})

test('the JVM’s rule depends on its version', () => {
  expect(sizeRule('jvm', true)).toBe('jvm')
  expect(sizeRule('jvm', false)).toBe('jvm-classic')
  expect(sizeRule('mat', true)).toBe('mat')
})

test('MAT knows two layouts of 64-bit JVMs', () => {
  expect(layoutOfMat(compressed)).toEqual(compressed)
  expect(layoutOfMat(compact)).toEqual(compressed)
  expect(layoutOfMat(uncompressed)).toMatchObject({ referenceSize: 8, instanceHeader: 16, arrayHeader: 24 })
  expect(layoutOfMat(bits32)).toEqual(bits32)
})

test('arrays', () => {
  expect(arraySize(1, 0, compressed)).toBe(16)
  expect(arraySize(1, 9, compressed)).toBe(32)
  expect(arraySize(4, 3, compressed)).toBe(32)
  expect(arraySize(8, 1, compact)).toBe(24)
  expect(arraySize(1, 4, compact)).toBe(16)
  expect(arraySize(8, 2 ** 31 - 1, uncompressed)).toBe(2 ** 34 + 8)
})

test('a class object counts its static fields only', () => {
  expect(classObjectSize([], compressed)).toBe(0)
  expect(classObjectSize(fields(REFERENCE, LONG, BOOLEAN), compressed)).toBe(16)
  expect(classObjectSize(fields(REFERENCE, LONG, BOOLEAN), uncompressed)).toBe(24)
})
