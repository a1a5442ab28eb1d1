import { expect, test } from 'vitest'
import { decodeModifiedUtf8 } from './modified-utf8.ts'
import { modifiedUtf8 } from './writer-bytes.ts'

const decode = (...bytes: number[]): string => decodeModifiedUtf8(Uint8Array.from(bytes))

test('plain characters of one to three bytes', () => {
  expect(decodeModifiedUtf8(modifiedUtf8('demo/Größe/推送'))).toBe('demo/Größe/推送')
})

test('NUL takes two bytes, and a character beyond the basic plane is two surrogates of three', () => {
  expect(decode(0xc0, 0x80)).toBe('\0')
  expect(decode(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80)).toBe('😀')
})

test('four-byte UTF-8, which other tools write, is read too', () => {
  expect(decode(0xf0, 0x9f, 0x98, 0x80)).toBe('😀')
})

test('damaged bytes become replacement characters and the rest stays readable', () => {
  expect(decode(0x61, 0xff, 0x62)).toBe('a\uFFFDb')
  expect(decode(0x61, 0xe6, 0x8e)).toBe('a\uFFFD\uFFFD')
  expect(decode(0xc3, 0x41)).toBe('\uFFFDA')
})

test('names of any length', () => {
  expect(decodeModifiedUtf8(modifiedUtf8('界'.repeat(20_000)))).toBe('界'.repeat(20_000))
})
