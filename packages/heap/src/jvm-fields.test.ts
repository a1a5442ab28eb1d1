import { expect, test } from 'vitest'
import { type FieldSpace, headerSpace, placeFields } from './jvm-fields.ts'

const end = (space: FieldSpace): number => space.end

test('a long leaves a hole behind a header of 12 bytes, and an int fills it', () => {
  const long = placeFields(headerSpace(12), [8], 0, 4)
  expect(long).toEqual({ holes: [[12, 16]], end: 24 })
  expect(placeFields(headerSpace(12), [4, 8], 0, 4)).toEqual({ holes: [], end: 24 })
})

test('a subclass fills the holes of its superclasses', () => {
  const base = placeFields(headerSpace(12), [8, 1], 0, 4)
  expect(base).toEqual({ holes: [[13, 16]], end: 24 })
  expect(placeFields(base, [2, 1], 0, 4)).toEqual({ holes: [], end: 24 })
})

test('references come last; uncompressed ones leave the hole behind the header to smaller fields', () => {
  expect(end(placeFields(headerSpace(12), [4], 2, 4))).toBe(24)
  expect(placeFields(headerSpace(12), [4, 1], 2, 8)).toEqual({ holes: [[17, 24]], end: 40 })
})

test('the smallest hole that fits is taken', () => {
  const space = {
    holes: [
      [16, 24],
      [28, 30],
    ] as const,
    end: 40,
  }
  expect(placeFields(space, [2], 0, 4)).toEqual({ holes: [[16, 24]], end: 40 })
})

test('fields of a class with compact headers begin at 8', () => {
  expect(end(placeFields(headerSpace(8), [4], 1, 4))).toBe(16)
})
