/** Texts of java.lang.String objects and names that are kept as char[]. */
import { NO_OBJECT } from '../snapshot/snapshot.ts'
import type { Heap } from './heap.ts'
import { fieldOf, readArray, readElements, readInstance, referenceIn } from './record.ts'

export interface HeapText {
  /** At most as many UTF-16 units as were asked for. */
  readonly text: string
  /** UTF-16 units in all. */
  readonly length: number
}

const STRING = 'java.lang.String'
const UTF16 = 1
const CHUNK = 8192

/** @returns undefined when the object is no string or its array is not in the dump. */
export function stringText(heap: Heap, index: number, most: number): HeapText | undefined {
  if (heap.facts.kindOf(heap.snapshot.classOf(index)) !== 'string') return undefined
  const record = readInstance(heap, index)
  if (record === undefined) return undefined
  const value = fieldOf(heap, record, STRING, 'value')
  if (value?.type !== 2) return undefined
  const array = heap.snapshot.indexOf(referenceIn(heap, record, value))
  if (array === NO_OBJECT) return undefined
  const coder = fieldOf(heap, record, STRING, 'coder')
  // Up to JDK 6 several strings could share one array.
  const offset = fieldOf(heap, record, STRING, 'offset')
  const count = fieldOf(heap, record, STRING, 'count')
  return arrayText(heap, array, most, {
    utf16: coder !== undefined && record.view.getUint8(coder.offset) === UTF16,
    from: offset === undefined ? 0 : record.view.getInt32(offset.offset),
    count: count === undefined ? undefined : record.view.getInt32(count.offset),
  })
}

/** Text of a String, or of a char[] as older JDKs keep names in. */
export function nameText(heap: Heap, index: number, most: number): string | undefined {
  const text =
    stringText(heap, index, most) ?? arrayText(heap, index, most, { utf16: false, from: 0, count: undefined })
  return text?.text
}

interface Slice {
  /** For bytes: two per unit, in the byte order of the machine, which is taken to be little-endian. */
  readonly utf16: boolean
  readonly from: number
  readonly count: number | undefined
}

function arrayText(heap: Heap, index: number, most: number, slice: Slice): HeapText | undefined {
  const array = readArray(heap, index)
  if (array === undefined || (array.type !== 5 && array.type !== 8)) return undefined
  const units = array.type === 8 && slice.utf16 ? array.length >> 1 : array.length
  const from = Math.max(0, Math.min(slice.from, units))
  const length = Math.max(0, Math.min(slice.count ?? units, units - from))
  const perUnit = array.type === 8 && slice.utf16 ? 2 : 1
  const view = readElements(heap, array, from * perUnit, Math.min(length, most) * perUnit)
  const parts: string[] = []
  for (let start = 0; start < Math.min(length, most); start += CHUNK) {
    const codes = new Uint16Array(Math.min(CHUNK, Math.min(length, most) - start))
    for (let unit = 0; unit < codes.length; unit++) {
      if (array.type === 5) codes[unit] = view.getUint16((start + unit) * 2)
      else codes[unit] = perUnit === 2 ? view.getUint16((start + unit) * 2, true) : view.getUint8(start + unit)
    }
    parts.push(String.fromCharCode(...codes))
  }
  return { text: parts.join(''), length }
}
