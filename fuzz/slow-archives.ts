/**
 * A slow and obvious reader of archives: whole in memory, recursive, and it gives up at the first fault. What intake
 * calls whole has to be what this one finds.
 */
import { crc32, gunzipSync, inflateRawSync, zstdDecompressSync } from 'node:zlib'

/** The archive is not what this reader takes for sound. */
export class NotSound extends Error {}

const MOST_BYTES = 1 << 24

/** @returns the contents of all files, whatever they are, in the order of the archive. */
export function filesIn(bytes: Buffer): Buffer[] {
  if (bytes.length >= 3 && bytes.readUIntBE(0, 3) === 0x1f8b08) return filesIn(decoded(() => gunzipSync(bytes, LIMIT)))
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === 0xfd2fb528)
    return filesIn(decoded(() => zstdDecompressSync(bytes, LIMIT)))
  if (bytes.length >= 4 && [0x04034b50, 0x06054b50].includes(bytes.readUInt32LE(0)))
    return zipFiles(bytes).flatMap(filesIn)
  if (bytes.length >= 512 && bytes[0] !== 0 && isTarHeader(bytes, 0)) return tarFiles(bytes).flatMap(filesIn)
  return [bytes]
}

const LIMIT = { maxOutputLength: MOST_BYTES }

function decoded(decode: () => Buffer): Buffer {
  try {
    return decode()
  } catch (error) {
    throw new NotSound(String(error))
  }
}

function octal(bytes: Buffer, at: number, length: number): number {
  const text = bytes
    .toString('latin1', at, at + length)
    .replace(/\0.*/s, '')
    .trim()
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : 0
}

function isTarHeader(bytes: Buffer, at: number): boolean {
  if (at + 512 > bytes.length) return false
  let sum = 8 * 32
  for (let i = 0; i < 512; i++) if (i < 148 || i >= 156) sum += bytes[at + i]
  return octal(bytes, at + 148, 8) === sum
}

function tarFiles(bytes: Buffer): Buffer[] {
  const files: Buffer[] = []
  for (let at = 0; ;) {
    if (at + 512 > bytes.length) throw new NotSound('no end mark')
    if (bytes.subarray(at, at + 512).every((byte) => byte === 0)) return files
    if (!isTarHeader(bytes, at)) throw new NotSound('no header')
    const type = String.fromCharCode(bytes[at + 156])
    if ((bytes[at + 124] & 0x80) !== 0 || !'\0'.concat('01234567gLK').includes(type))
      throw new NotSound('beyond this reader')
    const size = octal(bytes, at + 124, 12)
    const end = at + 512 + size
    if (end > bytes.length) throw new NotSound('cut off')
    const name = bytes.toString('utf8', at, at + 100).replace(/\0.*/s, '')
    if ('\x0007'.includes(type) && !name.endsWith('/')) files.push(bytes.subarray(at + 512, end))
    at += 512 + Math.ceil(size / 512) * 512
  }
}

function zipFiles(bytes: Buffer): Buffer[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > bytes.length || end + 22 + bytes.readUInt16LE(end + 20) !== bytes.length)
    throw new NotSound('no directory')
  const files: Buffer[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw new NotSound('no entry')
    const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)]
    const [checksum, packed, size] = [16, 20, 24].map((place) => bytes.readUInt32LE(at + place))
    const nameLength = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('latin1', at + 46, at + 46 + nameLength)
    const local = bytes.readUInt32LE(at + 42)
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    // Inside another archive a zip is read by its local headers: where these say something else, either may be right.
    const isThere = local + 30 <= bytes.length && bytes.readUInt32LE(local) === 0x04034b50
    if (isThere && (bytes.readUInt16LE(local + 6) !== flags || bytes.readUInt16LE(local + 8) !== method))
      throw new NotSound('the directory contradicts the entry')
    if (name.endsWith('/') || (flags & 1) !== 0) continue
    if (method !== 0 && method !== 8) throw new NotSound('unknown method')
    if (!isThere) throw new NotSound('no entry there')
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const data = bytes.subarray(start, start + packed)
    const content = method === 8 ? decoded(() => inflateRawSync(data, LIMIT)) : data
    if (crc32(content) !== checksum || content.length !== size) throw new NotSound('checksum')
    files.push(content)
  }
  if (at !== end) throw new NotSound('the directory has another length')
  return files
}
