import { describe, expect, test } from 'vitest'
import { bytesSource } from './byte-source.ts'
import { HprofError } from './errors.ts'
import { readHeader } from './header.ts'
import { hprofBytes } from './writer.ts'

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function refusal(bytes: Uint8Array): { message: string; byte: number } {
  try {
    readHeader(bytesSource(bytes))
  } catch (error) {
    if (error instanceof HprofError) return { message: error.message, byte: error.byte }
    throw error
  }
  throw new Error('was accepted')
}

describe('readHeader', () => {
  test.each([
    { version: '1.0.1', identifierSize: 4 },
    { version: '1.0.2', identifierSize: 8 },
    { version: '1.0.3', identifierSize: 4 },
  ] as const)('reads version $version with ids of $identifierSize bytes', ({ version, identifierSize }) => {
    const bytes = hprofBytes(() => {}, { version, identifierSize, takenAtMs: 1_700_000_000_123 })
    const header = readHeader(bytesSource(bytes))
    expect(header).toEqual({
      format: `JAVA PROFILE ${version}`,
      identifierSize,
      takenAtMs: 1_700_000_000_123,
      bodyAt: 31,
    })
  })

  test('a header cut off anywhere is told as that', () => {
    const bytes = hprofBytes(() => {}).subarray(0, 31)
    for (let length = 0; length < 31; length++) {
      expect(refusal(bytes.subarray(0, length)).message).toMatch(/empty|ends/)
    }
  })

  test.each([
    ['\x7fELF\x02\x01', /core dump or program \(ELF\).*jhsdb/],
    ['\x89PNG\r\n', /PNG picture/],
    ['\x1f\x8b\x08', /gzip; unpack/],
    ['PK\x03\x04', /ZIP archive; unpack/],
    ['\x28\xb5\x2f\xfd', /Zstandard; unpack/],
    ['\0\x12portable heap dump', /IBM PHD/],
    ['JAVA PROFILE 1.0.1, created Mon Jan  5 10:00:00 2015\n', /text output.*format=b/],
    ['JAVA PROFILE 1.0.9\0\0\0\0\x08\0\0\0\0\0\0\0\0', /version "1.0.9" is not known/],
    ['KAVA PROFILE 1.0.2\0', /begins with "KAVA PROFILE 1.0" instead of "JAVA PROFILE"/],
  ])('%j is refused with a sentence that says what it is', (text, sentence) => {
    expect(refusal(bytesOf(text)).message).toMatch(sentence)
  })

  test.each([0, 1, 3, 16, 0xff])('ids of %i bytes do not exist', (size) => {
    const { message, byte } = refusal(bytesOf(`JAVA PROFILE 1.0.2\0\0\0\0${String.fromCharCode(size)}\0\0\0\0\0\0\0\0`))
    expect(message).toContain(`ids have ${size} bytes`)
    expect(byte).toBe(19)
  })
})
