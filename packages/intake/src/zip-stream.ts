/**
 * A zip read front to back by the headers before each entry: for a zip inside another archive, and for
 * one whose central directory was cut off.
 */
import type { ArchiveEntry } from './archive-entry.ts'
import type { ByteReader } from './byte-reader.ts'
import { decodeName } from './label.ts'
import type { Budget } from './limits.ts'
import type { Damage } from './report.ts'
import { DEFLATED, DESCRIPTOR_FLAG, refusalOf, zipContent } from './zip-content.ts'

const LOCAL_HEADER = 0x04034b50
const LOCAL_HEADER_BYTES = 30
const DIRECTORY_HEADER = 0x02014b50
const DIRECTORY_END = 0x06054b50
const DESCRIPTOR = 0x08074b50
const ZIP64_FIELD = 1
const IN_ZIP64_FIELD = 0xffffffff

/** Whether bytes begin like a zip: with an entry, or with the end of an empty directory. */
export function startsZip(bytes: Uint8Array): boolean {
  const signature = bytes.length < 4 ? 0 : uint32(bytes, 0)
  return signature === LOCAL_HEADER || signature === DIRECTORY_END
}

/** Yields the entries; faults of the archive itself go to `onDamage`, with the byte in the archive, and end it. */
export async function* zipStreamEntries(
  archive: ByteReader,
  budget: Budget,
  onDamage: (damage: Damage) => void,
): AsyncGenerator<ArchiveEntry> {
  for (;;) {
    const at = archive.position
    const fault = (message: string) => onDamage(archive.damage ?? { message, byte: at })
    const header = await readHeader(archive)
    if (header === 'directory') return
    if (header === 'cut off')
      return fault(`The zip archive is cut off: it ends at byte ${archive.position}, without its directory.`)
    if (header === 'damaged') return fault(`The zip archive is damaged: no entry at byte ${at}.`)
    const { name, flags, method, size, packedSize } = header
    const refusal = refusalOf(flags, method)
    const sizesBehind = (flags & DESCRIPTOR_FLAG) !== 0 && packedSize === 0
    if (sizesBehind && (refusal !== undefined || method !== DEFLATED)) {
      return fault(
        `The zip archive cannot be read on from byte ${at}: ${refusal ?? 'it does not say how long this entry is.'}`,
      )
    }
    if (sizesBehind) {
      const content = zipContent(archive, method, budget, () => readDescriptor(archive))
      yield { name, size: undefined, type: 'file', content }
      await content.skip(Infinity)
      if (content.damage !== undefined) return onDamage(content.damage)
      continue
    }
    const dataAt = archive.position
    const packed = archive.part(packedSize, 'The zip archive is cut off in the middle of this entry.')
    if (name.endsWith('/')) yield { name, size, type: 'directory' }
    else if (refusal !== undefined) yield { name, size, type: 'refused', reason: refusal }
    else {
      const checksum = Promise.resolve(header.checksum)
      yield { name, size, type: 'file', content: zipContent(packed, method, budget, () => checksum) }
    }
    await archive.skip(packedSize - (archive.position - dataAt))
  }
}

interface LocalHeader {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly checksum: number
  readonly size: number
  readonly packedSize: number
}

async function readHeader(archive: ByteReader): Promise<LocalHeader | 'directory' | 'cut off' | 'damaged'> {
  const start = await archive.peek(LOCAL_HEADER_BYTES)
  const signature = start.length < 4 ? 0 : uint32(start, 0)
  if (signature === DIRECTORY_HEADER || signature === DIRECTORY_END) return 'directory'
  if (start.length < LOCAL_HEADER_BYTES) return 'cut off'
  if (signature !== LOCAL_HEADER) return 'damaged'
  const fixed = await archive.take(LOCAL_HEADER_BYTES)
  const name = await archive.take(uint16(fixed, 26))
  const extra = await archive.take(uint16(fixed, 28))
  if (extra.length < uint16(fixed, 28)) return 'cut off'
  const wide = zip64Sizes(extra)
  const size = uint32(fixed, 22)
  const packedSize = uint32(fixed, 18)
  return {
    name: decodeName(name),
    flags: uint16(fixed, 6),
    method: uint16(fixed, 8),
    checksum: uint32(fixed, 14),
    size: size === IN_ZIP64_FIELD ? wide.size : size,
    packedSize: packedSize === IN_ZIP64_FIELD ? wide.packedSize : packedSize,
  }
}

function zip64Sizes(extra: Uint8Array): { size: number; packedSize: number } {
  let at = 0
  while (at + 4 <= extra.length) {
    const length = uint16(extra, at + 2)
    if (uint16(extra, at) === ZIP64_FIELD && length >= 16 && at + 20 <= extra.length) {
      return { size: uint64(extra, at + 4), packedSize: uint64(extra, at + 12) }
    }
    at += 4 + length
  }
  return { size: 0, packedSize: 0 }
}

/**
 * Checksum and sizes behind the data, whose signature is optional and whose sizes have 4 or 8 bytes.
 * What follows them is the next header, so the form that ends before a signature is the right one.
 * @returns the checksum, or undefined when no form fits.
 */
async function readDescriptor(archive: ByteReader): Promise<number | undefined> {
  const bytes = await archive.peek(28)
  const signed = bytes.length >= 4 && uint32(bytes, 0) === DESCRIPTOR ? 4 : 0
  for (const length of [signed + 12, signed + 20]) {
    if (bytes.length < length + 4) continue
    const next = uint32(bytes, length)
    if (next !== LOCAL_HEADER && next !== DIRECTORY_HEADER) continue
    await archive.skip(length)
    return uint32(bytes, signed)
  }
  return undefined
}

function uint16(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8)
}

function uint32(bytes: Uint8Array, at: number): number {
  return (uint16(bytes, at) | (uint16(bytes, at + 2) << 16)) >>> 0
}

function uint64(bytes: Uint8Array, at: number): number {
  return uint32(bytes, at) + uint32(bytes, at + 4) * 2 ** 32
}
