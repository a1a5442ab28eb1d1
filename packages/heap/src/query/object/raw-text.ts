/** Texts and bytes of any length, page by page: strings, string builders, char[], byte[] and other primitive arrays. */
import type { BasicType } from '../../parsed-heap.ts'
import { BASIC_TYPES, primitiveText } from '../basic-types.ts'
import { type Heap, indexOfObject } from '../heap.ts'
import type { HexRow, ObjectId, Page, TextEncoding, TextPage, Window } from '../messages.ts'
import { QueryError } from '../query-error.ts'
import { type ArrayRecord, readArray, readElements } from '../record.ts'
import { stringText, textOf } from './text.ts'

declare class TextDecoder {
  constructor(label: 'utf-8', options?: { readonly fatal: true })
  decode(bytes: Uint8Array): string
}
declare function btoa(text: string): string

const CHAR = 5
const BYTE = 8
const HEX_ROW = 16
/** Bytes that are looked at to tell how a byte[] is to be read. */
const SAMPLE = 4096

/** @throws QueryError when the object has no text. */
export function textPage(
  heap: Heap,
  id: ObjectId,
  query: Window & { readonly encoding?: TextEncoding | undefined },
): TextPage {
  const index = indexOfObject(heap, id)
  const string = stringText(heap, index, query.limit, query.offset)
  if (string !== undefined) return unitsPage(string.text, query.offset, string.length)
  const array = readArray(heap, index)
  if (array?.type === CHAR) {
    return unitsPage(textOf(readElements(heap, array, query.offset, query.limit), 'char'), query.offset, array.length)
  }
  if (array?.type !== BYTE) throw new QueryError('bad-request', 'This object has no text.')
  const encoding = query.encoding ?? looksLike(heap, array)
  return { ...bytesPage(heap, array, query, encoding), offset: query.offset, total: array.length, encoding }
}

/** Half a surrogate pair at the end of a page belongs to the next one, which has its other half. */
function unitsPage(units: string, offset: number, total: number): TextPage {
  const isCut = units.length > 1 && offset + units.length < total && /[\ud800-\udbff]$/.test(units)
  const text = isCut ? units.slice(0, -1) : units
  return { text, offset, length: text.length, total, encoding: null }
}

/** A character of several bytes belongs to the page on which it begins. */
function bytesPage(
  heap: Heap,
  array: ArrayRecord,
  { offset, limit }: Window,
  encoding: TextEncoding,
): { text: string; length: number } {
  if (encoding === 'latin-1') {
    const text = textOf(readElements(heap, array, offset, limit), 'latin-1')
    return { text, length: text.length }
  }
  if (encoding === 'utf-16le') {
    const start = offset + (offset % 2)
    const view = readElements(heap, array, start, limit + (limit % 2))
    return { text: textOf(view, 'utf-16'), length: start - offset + view.byteLength }
  }
  const view = readElements(heap, array, offset, limit + 3)
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  const start = offset === 0 ? 0 : continuation(bytes, 0)
  const length = bytes.length <= limit ? bytes.length : limit + continuation(bytes, limit)
  return { text: new TextDecoder('utf-8').decode(bytes.subarray(start, length)), length: Math.min(length, limit) }
}

/** Bytes from a place on that continue a character of UTF-8, at most three. */
function continuation(bytes: Uint8Array, at: number): number {
  let count = 0
  while (count < 3 && at + count < bytes.length && (bytes[at + count] & 0xc0) === 0x80) count++
  return count
}

/** UTF-8 when the beginning is; two-byte characters when every other byte is zero, as of English text; else Latin-1. */
function looksLike(heap: Heap, array: ArrayRecord): TextEncoding {
  const view = readElements(heap, array, 0, SAMPLE)
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  const zeros = bytes.reduce((count, byte, at) => count + (byte === 0 && at % 2 === 1 ? 1 : 0), 0)
  if (bytes.length >= 4 && bytes.length % 2 === 0 && zeros > bytes.length / 3 && bytes[0] !== 0) return 'utf-16le'
  try {
    // The sample may end within a character.
    const end = array.length > SAMPLE ? lastBeginning(bytes) : bytes.length
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end))
    return 'utf-8'
  } catch {
    return 'latin-1'
  }
}

function lastBeginning(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > bytes.length - 4 && (bytes[end - 1] & 0xc0) === 0x80) end--
  return end - 1
}

/** Sixteen bytes in each row, as they stand in the dump. @throws QueryError when the object is no primitive array. */
export function hexRows(heap: Heap, id: ObjectId, { offset, limit }: Window): Page<HexRow> {
  const array = primitiveArray(heap, id)
  const width = BASIC_TYPES[array.type].bytes
  const perRow = HEX_ROW / width
  const view = readElements(heap, array, offset * perRow, limit * perRow)
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  const rows = Array.from({ length: Math.ceil(bytes.length / HEX_ROW) }, (_, row): HexRow => {
    const part = bytes.subarray(row * HEX_ROW, (row + 1) * HEX_ROW)
    return {
      at: (offset + row) * HEX_ROW,
      hex: Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join(' '),
      text: String.fromCharCode(...part.map((byte) => (byte >= 0x20 && byte < 0x7f ? byte : 0x2e))),
    }
  })
  return { total: Math.ceil((array.length * width) / HEX_ROW), offset, rows }
}

export interface ArrayPiece {
  /** Base64 of the bytes as they stand in the dump, or values with a line end behind each. */
  data: string
  /** Elements in all. */
  total: number
}

/** A stretch of a primitive array for a download. */
export function arrayPiece(heap: Heap, id: ObjectId, query: Window & { readonly as: 'bytes' | 'numbers' }): ArrayPiece {
  const array = primitiveArray(heap, id)
  const view = readElements(heap, array, query.offset, query.limit)
  return { data: query.as === 'bytes' ? base64(view) : lines(view, array.type), total: array.length }
}

function primitiveArray(heap: Heap, id: ObjectId): ArrayRecord {
  const array = readArray(heap, indexOfObject(heap, id))
  if (array === undefined || array.type === 2) throw new QueryError('bad-request', 'This object is no primitive array.')
  return array
}

function base64(view: DataView): string {
  return btoa(textOf(view, 'latin-1'))
}

function lines(view: DataView, type: BasicType): string {
  const width = BASIC_TYPES[type].bytes
  const count = view.byteLength / width
  return Array.from({ length: count }, (_, i) => `${primitiveText(type, view, i * width)}\n`).join('')
}
