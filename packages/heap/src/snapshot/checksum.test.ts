import { expect, test } from 'vitest'
import { checksum, checksumOfBytes } from './checksum.ts'

test('is XXH32', () => {
  // Reference values for no input, without and with a seed.
  expect(checksum(new Uint32Array(0), 0, 0, 0)).toBe(0x02cc5d05)
  expect(checksum(new Uint32Array(0), 0, 0, 0x9e3779b1)).toBe(0x36b78ae7)
})

test('notices every single flipped bit, a swap of words, and another seed', () => {
  const words = Uint32Array.from({ length: 37 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0)
  const whole = checksum(words, 0, words.length, 7)
  const seen = new Set([whole])
  for (let bit = 0; bit < words.length * 32; bit++) {
    words[bit >>> 5] ^= 1 << (bit & 31)
    seen.add(checksum(words, 0, words.length, 7))
    words[bit >>> 5] ^= 1 << (bit & 31)
  }
  expect(seen.size).toBe(words.length * 32 + 1)
  expect(checksum(words, 0, words.length, 8)).not.toBe(whole)
  ;[words[3], words[7]] = [words[7], words[3]]
  expect(checksum(words, 0, words.length, 7)).not.toBe(whole)
})

test('of bytes tells trailing zeros from none', () => {
  expect(checksumOfBytes(Uint8Array.of(1))).not.toBe(checksumOfBytes(Uint8Array.of(1, 0)))
})
