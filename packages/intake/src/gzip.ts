/** gzip (RFC 1952) with raw inflate inside, so that everything before a fault is kept and its place known. */
import { crc32, createInflateRaw } from 'node:zlib'
import { ByteReader } from './byte-reader.ts'
import { ENGINE_OPTIONS, decode } from './inflate.ts'
import type { Budget } from './limits.ts'
import type { Damage } from './report.ts'

const HAS_HEADER_CRC = 2
const HAS_EXTRA = 4
const HAS_NAME = 8
const HAS_COMMENT = 16
const LONGEST_HEADER_TEXT = 64 * 1024

/** The members of a gzip file one after the other. Bytes behind the last member are ignored, as gzip does. */
export function gunzip(packed: ByteReader, budget: Budget): ByteReader {
  return new ByteReader((breakOff) => members(packed, budget, breakOff))
}

async function* members(packed: ByteReader, budget: Budget, breakOff: (damage: Damage) => void) {
  let unpacked = 0
  const damaged = (message: string) => breakOff({ message, byte: unpacked })
  while (startsMember(await packed.peek(3))) {
    const start = packed.position
    if (!(await skipHeader(packed))) return damaged(`The gzip file ends inside a header, at byte ${packed.position}.`)
    let checksum = 0
    let size = 0
    const end = yield* decode(createInflateRaw(ENGINE_OPTIONS), packed, budget, (piece) => {
      checksum = crc32(piece, checksum)
      size += piece.length
      unpacked += piece.length
    })
    if (end === 'cut') return damaged(cutOff(packed.position))
    if (end === 'corrupt') return damaged(`The gzip file is corrupt near byte ${packed.position}.`)
    const trailer = await packed.take(8)
    if (trailer.length < 8) return damaged(cutOff(packed.position))
    const view = new DataView(trailer.buffer, trailer.byteOffset)
    if (view.getUint32(0, true) !== checksum || view.getUint32(4, true) !== size % 2 ** 32) {
      // What follows may still be whole, so reading goes on.
      damaged(`The checksum of the gzip data from byte ${start} on is wrong: bytes were changed on the way.`)
    }
  }
}

function cutOff(position: number): string {
  return `The gzip file is cut off: it ends at byte ${position}, in the middle of its data.`
}

function startsMember(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
}

/** @returns false when the file ends inside the header. */
async function skipHeader(packed: ByteReader): Promise<boolean> {
  const header = await packed.take(10)
  if (header.length < 10) return false
  const flags = header[3]
  if (flags & HAS_EXTRA) {
    const length = await packed.take(2)
    if (length.length < 2) return false
    const extra = length[0] + 256 * length[1]
    if ((await packed.skip(extra)) < extra) return false
  }
  if (flags & HAS_NAME && !(await skipText(packed))) return false
  if (flags & HAS_COMMENT && !(await skipText(packed))) return false
  return !(flags & HAS_HEADER_CRC) || (await packed.skip(2)) === 2
}

async function skipText(packed: ByteReader): Promise<boolean> {
  const end = (await packed.peek(LONGEST_HEADER_TEXT)).indexOf(0)
  if (end < 0) return false
  await packed.skip(end + 1)
  return true
}
