/** What the two ways of reading a zip share: methods, flags and the content of an entry. */
import { crc32, createInflateRaw } from 'node:zlib'
import { ByteReader } from './byte-reader.ts'
import { type EndOfDecoding, ENGINE_OPTIONS, decode } from './inflate.ts'
import type { Budget } from './limits.ts'
import type { Damage } from './report.ts'

const STORED = 0
export const DEFLATED = 8
const ENCRYPTED_FLAG = 1
/** Sizes and checksum stand behind the data. */
export const DESCRIPTOR_FLAG = 8

/** Why an entry cannot be read at all, if so. */
export function refusalOf(flags: number, method: number): string | undefined {
  if (flags & ENCRYPTED_FLAG) return 'It is encrypted: unpack it with its password and give the file itself.'
  if (method === STORED || method === DEFLATED) return undefined
  return `It is compressed by method ${method}, which Heaptrail does not unpack: unpack it and give the file itself, or pack it as gzip.`
}

/**
 * The unpacked bytes of an entry.
 * @param checksumAtEnd asked behind the last byte; undefined when the checksum cannot be found.
 */
export function zipContent(
  packed: ByteReader,
  method: number,
  budget: Budget,
  checksumAtEnd: () => Promise<number | undefined>,
): ByteReader {
  return new ByteReader((breakOff) => contentBytes(packed, method, budget, checksumAtEnd, breakOff))
}

async function* contentBytes(
  packed: ByteReader,
  method: number,
  budget: Budget,
  checksumAtEnd: () => Promise<number | undefined>,
  breakOff: (damage: Damage) => void,
): AsyncGenerator<Uint8Array> {
  let checksum = 0
  let unpacked = 0
  const count = (piece: Uint8Array) => {
    checksum = crc32(piece, checksum)
    unpacked += piece.length
  }
  const end =
    method === STORED
      ? yield* chunks(packed, count)
      : yield* decode(createInflateRaw(ENGINE_OPTIONS), packed, budget, count)
  const damaged = (message: string) => breakOff({ message: packed.damage?.message ?? message, byte: unpacked })
  if (end === 'cut' || packed.damage !== undefined)
    return damaged('The zip archive is cut off in the middle of this entry.')
  if (end === 'corrupt')
    return damaged(`The zip archive is corrupt inside this entry, near its packed byte ${packed.position}.`)
  const expected = await checksumAtEnd()
  if (expected !== undefined && expected !== checksum) {
    damaged('The checksum of this zip entry is wrong: bytes were changed on the way.')
  }
}

async function* chunks(
  reader: ByteReader,
  onPiece: (piece: Uint8Array) => void,
): AsyncGenerator<Uint8Array, EndOfDecoding, undefined> {
  for (;;) {
    const chunk = await reader.read()
    if (chunk === undefined) return 'whole'
    onPiece(chunk)
    yield chunk
  }
}
