/** Texts of strings and string builders, and names that are kept as char[]. */
import { NO_OBJECT } from '../../snapshot/snapshot.ts'
import type { Heap } from '../heap.ts'
import type { TextCoder } from '../messages.ts'
import { fieldOf, readArray, readElements, readInstance, referenceIn } from '../record.ts'

export interface HeapText {
  /** At most as many UTF-16 units as were asked for. */
  readonly text: string
  /** UTF-16 units in all. */
  readonly length: number
  readonly coder: TextCoder
}

/** Which class declares the fields. */
const DECLARED_IN = { string: 'java.lang.String', 'string-builder': 'java.lang.AbstractStringBuilder' } as const
const UTF16 = 1
const CHUNK = 8192

/** @returns undefined when the object is no string and no string builder, or its array is not in the dump. */
export function stringText(heap: Heap, index: number, most: number, first = 0): HeapText | undefined {
  const place = textPlace(heap, index)
  return place && arrayText(heap, place.array, most, place.slice, first)
}

export interface TextPlace {
  /** Index of the char[] or byte[]. */
  readonly array: number
  readonly slice: Slice
}

/** Where the characters of a string or string builder stand. */
export function textPlace(heap: Heap, index: number): TextPlace | undefined {
  const kind = heap.facts.kindOf(heap.snapshot.classOf(index))
  if (kind !== 'string' && kind !== 'string-builder') return undefined
  const record = readInstance(heap, index)
  if (record === undefined) return undefined
  const field = (name: string) => fieldOf(heap, record, DECLARED_IN[kind], name)
  const value = field('value')
  if (value?.type !== 2) return undefined
  const array = heap.snapshot.indexOf(referenceIn(heap, record, value))
  if (array === NO_OBJECT) return undefined
  const coder = field('coder')
  // Up to JDK 6 several strings could share one array; that of a builder is longer than its text.
  const offset = field('offset')
  const count = field('count')
  const slice = {
    utf16: coder !== undefined && record.view.getUint8(coder.offset) === UTF16,
    from: offset === undefined ? 0 : record.view.getInt32(offset.offset),
    count: count === undefined ? undefined : record.view.getInt32(count.offset),
  }
  return { array, slice }
}

/** Text of a String, or of a char[] as older JDKs keep names in. */
export function nameText(heap: Heap, index: number, most: number): string | undefined {
  const text =
    stringText(heap, index, most) ?? arrayText(heap, index, most, { utf16: false, from: 0, count: undefined })
  return text?.text
}

export interface Slice {
  /** For bytes: two per unit, in the byte order of the machine, which is taken to be little-endian. */
  readonly utf16: boolean
  readonly from: number
  readonly count: number | undefined
}

/** @param first UTF-16 units before those that are asked for */
function arrayText(heap: Heap, index: number, most: number, slice: Slice, first = 0): HeapText | undefined {
  const array = readArray(heap, index)
  if (array === undefined || (array.type !== 5 && array.type !== 8)) return undefined
  const units = array.type === 8 && slice.utf16 ? array.length >> 1 : array.length
  const from = Math.max(0, Math.min(slice.from, units))
  const length = Math.max(0, Math.min(slice.count ?? units, units - from))
  const perUnit = array.type === 8 && slice.utf16 ? 2 : 1
  const wanted = Math.max(0, Math.min(most, length - first))
  const view = readElements(heap, array, (from + first) * perUnit, wanted * perUnit)
  const coder = coderOf(array.type, slice)
  return { text: textOf(view, coder), length, coder }
}

function coderOf(type: number, { utf16 }: Slice): TextCoder {
  if (type === 5) return 'char'
  return utf16 ? 'utf-16' : 'latin-1'
}

/** The units of a char[], or of bytes as strings keep them. */
export function textOf(view: DataView, encoding: TextCoder): string {
  const units = encoding === 'latin-1' ? view.byteLength : view.byteLength >> 1
  const parts: string[] = []
  for (let start = 0; start < units; start += CHUNK) {
    const codes = new Uint16Array(Math.min(CHUNK, units - start))
    for (let unit = 0; unit < codes.length; unit++)
      codes[unit] =
        encoding === 'latin-1' ? view.getUint8(start + unit) : view.getUint16((start + unit) * 2, encoding === 'utf-16')
    parts.push(String.fromCharCode(...codes))
  }
  return parts.join('')
}
