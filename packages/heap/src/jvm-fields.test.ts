import { expect, test } from 'vitest'
import {
  type FieldSpace,
  headerSpace,
  placeApart,
  placeClassic,
  placeClassicStatics,
  placeFields,
  placeStatics,
} from './jvm-fields.ts'

const end = (space: FieldSpace): number => space.end

test('a long leaves a hole behind a header of 12 bytes, and an int fills it', () => {
  const long = placeFields(headerSpace(12), { primitives: [8], references: 0 }, 4)
  expect(long).toEqual({ holes: [[12, 16]], end: 24 })
  expect(placeFields(headerSpace(12), { primitives: [4, 8], references: 0 }, 4)).toEqual({ holes: [], end: 24 })
})

test('a subclass fills the holes of its superclasses', () => {
  const base = placeFields(headerSpace(12), { primitives: [8, 1], references: 0 }, 4)
  expect(base).toEqual({ holes: [[13, 16]], end: 24 })
  expect(placeFields(base, { primitives: [2, 1], references: 0 }, 4)).toEqual({ holes: [], end: 24 })
})

test('references come last; uncompressed ones leave the hole behind the header to smaller fields', () => {
  expect(end(placeFields(headerSpace(12), { primitives: [4], references: 2 }, 4))).toBe(24)
  expect(placeFields(headerSpace(12), { primitives: [4, 1], references: 2 }, 8)).toEqual({ holes: [[17, 24]], end: 40 })
})

test('the smallest hole that fits is taken', () => {
  const space = {
    holes: [
      [16, 24],
      [28, 30],
    ] as const,
    end: 40,
  }
  expect(placeFields(space, { primitives: [2], references: 0 }, 4)).toEqual({ holes: [[16, 24]], end: 40 })
})

test('fields of a class with compact headers begin at 8', () => {
  expect(end(placeFields(headerSpace(8), { primitives: [4], references: 1 }, 4))).toBe(16)
})

test('before JDK 15 only the gap before the first long is filled, and a class begins behind its superclass', () => {
  const long = placeClassic(headerSpace(12), { primitives: [8], references: 0 }, 4)
  expect(end(long)).toBe(24)
  expect(end(placeClassic(long, { primitives: [4], references: 0 }, 4))).toBe(28)
  expect(end(placeClassic(headerSpace(12), { primitives: [8, 4, 1], references: 1 }, 4))).toBe(32)
  expect(end(placeClassic(headerSpace(12), { primitives: [8, 2, 1], references: 1 }, 4))).toBe(28)
  expect(end(placeClassic(headerSpace(12), { primitives: [8], references: 1 }, 4))).toBe(24)
  expect(end(placeClassic(headerSpace(16), { primitives: [1], references: 0 }, 8))).toBe(24)
})

test('static fields: references first; since JDK 15 small ones fill the gap before a long', () => {
  const fields = { primitives: [8, 4], references: 1 }
  expect(end(placeStatics(112, fields, 4))).toBe(128)
  expect(end(placeClassicStatics(112, fields, 4))).toBe(132)
})

test('contended fields stand apart', () => {
  expect(placeApart(headerSpace(12), { primitives: [4, 8], references: 1 }, 4, 128)).toEqual({ holes: [], end: 160 })
})
