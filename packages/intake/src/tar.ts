/** tar in all its dialects (v7, ustar, GNU, pax), read front to back. */
import type { ArchiveEntry } from './archive-entry.ts'
import type { ByteReader } from './byte-reader.ts'
import { decodeName } from './label.ts'
import type { Damage } from './report.ts'

const BLOCK = 512
/** Headers that carry a long name or pax records are held in memory; real ones are a few hundred bytes. */
const LONGEST_EXTENSION = 1024 * 1024

/** Whether the first block of a file is a tar header: its checksum tells. */
export function startsTar(bytes: Uint8Array): boolean {
  return bytes.length >= BLOCK && bytes[0] !== 0 && isHeader(bytes.subarray(0, BLOCK))
}

/** Yields the entries; faults of the archive itself go to `onDamage`, with the byte in the archive, and end it. */
export async function* tarEntries(
  archive: ByteReader,
  onDamage: (damage: Damage) => void,
): AsyncGenerator<ArchiveEntry> {
  let extension: Extension = {}
  for (;;) {
    const at = archive.position
    const fault = (message: string) => onDamage(archive.damage ?? { message, byte: at })
    const block = await archive.take(BLOCK)
    if (block.length < BLOCK)
      return fault(`The tar archive is cut off: it ends at byte ${archive.position}, without its end mark.`)
    if (block.every((byte) => byte === 0)) return
    if (!isHeader(block)) return fault(`The tar archive is damaged: no header at byte ${at}.`)
    const header = readHeader(block, extension)
    const type = block[156]
    const padded = Math.ceil(header.size / BLOCK) * BLOCK
    if (EXTENSIONS.has(type)) {
      if (header.size > LONGEST_EXTENSION)
        return fault(`The tar archive is damaged: a name of ${header.size} bytes at byte ${at}.`)
      const bytes = await archive.take(padded)
      if (type !== GLOBAL_RECORDS) extension = { ...extension, ...readExtension(type, bytes.subarray(0, header.size)) }
      continue
    }
    const content = archive.part(header.size, 'The tar archive is cut off in the middle of this entry.')
    yield { ...header, ...contentOf(type, header.name, extension, content) }
    extension = {}
    // Reading to the end of an entry that its reader left early, and over the padding.
    await archive.skip(padded - (archive.position - at - BLOCK))
  }
}

interface Extension {
  readonly name?: string
  readonly size?: number
  readonly sparse?: boolean
}

const LONG_NAME = 0x4c
const LONG_LINK = 0x4b
const RECORDS = 0x78
const GLOBAL_RECORDS = 0x67
const EXTENSIONS = new Set([LONG_NAME, LONG_LINK, RECORDS, GLOBAL_RECORDS])

type Content = { type: 'file'; content: ByteReader } | { type: 'directory' } | { type: 'refused'; reason: string }

function contentOf(flag: number, name: string, extension: Extension, content: ByteReader): Content {
  if (extension.sparse === true) return { type: 'refused', reason: SPARSE }
  switch (String.fromCharCode(flag)) {
    case '\0':
    case '0':
    case '7':
      return name.endsWith('/') ? { type: 'directory' } : { type: 'file', content }
    case '1':
    case '2':
      return { type: 'refused', reason: 'It is a link, and links in archives are not followed.' }
    case '3':
    case '4':
    case '6':
      return { type: 'refused', reason: 'It is a device or a pipe, not a file.' }
    case '5':
      return { type: 'directory' }
    case 'S':
      return { type: 'refused', reason: SPARSE }
    default:
      return { type: 'refused', reason: 'It is no plain file.' }
  }
}

const SPARSE = 'It was packed as a sparse file (tar -S), which Heaptrail does not unpack: pack it again without -S.'

function readHeader(block: Uint8Array, extension: Extension): { name: string; size: number } {
  const isUstar = decodeName(block.subarray(257, 262)) === 'ustar'
  const prefix = isUstar && block[263] === 0x30 ? textAt(block, 345, 155) : ''
  const name = textAt(block, 0, 100)
  return {
    name: extension.name ?? (prefix === '' ? name : `${prefix}/${name}`),
    size: extension.size ?? numberAt(block, 124, 12),
  }
}

function readExtension(type: number, bytes: Uint8Array): Extension {
  if (type === LONG_LINK) return {}
  if (type === LONG_NAME) return { name: textAt(bytes, 0, bytes.length) }
  const found: { name?: string; size?: number; sparse?: boolean } = {}
  for (const [key, value] of paxRecords(bytes)) {
    if (key === 'path') found.name = value
    if (key === 'size' && /^\d{1,15}$/.test(value)) found.size = Number(value)
    if (key.startsWith('GNU.sparse.')) found.sparse = true
  }
  return found
}

/** Records are `length key=value\n`, the length counting itself. */
function* paxRecords(bytes: Uint8Array): Generator<[string, string]> {
  let at = 0
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at)
    const length = Number(decodeName(bytes.subarray(at, space)))
    if (space < 0 || !Number.isInteger(length) || length <= space - at) return
    const record = decodeName(bytes.subarray(space + 1, at + length - 1))
    const equals = record.indexOf('=')
    if (equals > 0) yield [record.slice(0, equals), record.slice(equals + 1)]
    at += length
  }
}

function isHeader(block: Uint8Array): boolean {
  const stated = numberAt(block, 148, 8)
  let sum = 8 * 0x20
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += block[i]
  return stated === sum
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length)
  const end = field.indexOf(0)
  return decodeName(end < 0 ? field : field.subarray(0, end))
}

/** Octal digits, or a big-endian number behind a set top bit (GNU, for files of 8 GB and more). */
function numberAt(bytes: Uint8Array, at: number, length: number): number {
  if (bytes[at] & 0x80) {
    let value = bytes[at] & 0x7f
    for (let i = 1; i < length; i++) value = value * 256 + bytes[at + i]
    return value <= Number.MAX_SAFE_INTEGER ? value : 0
  }
  const digits = textAt(bytes, at, length).trim()
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : 0
}
