import { valueSize } from './tags.ts'

/** A class sub-record as it stands in the dump; ids unsigned. */
export interface ClassDump {
  readonly id: bigint
  readonly superId: bigint
  readonly loaderId: bigint
  /** As the dump says it; JVMs disagree on what it means. */
  readonly instanceSize: number
  readonly statics: readonly { readonly nameId: bigint; readonly type: number; readonly value: number | bigint }[]
  readonly fields: readonly { readonly nameId: bigint; readonly type: number }[]
}

export function readId(view: DataView, at: number, identifierSize: number): bigint {
  return identifierSize === 8 ? view.getBigUint64(at) : BigInt(view.getUint32(at))
}

/** A basic value: references as id, longs as bigint, booleans as 0 or 1, chars as code unit. */
export function readValue(view: DataView, at: number, type: number, identifierSize: number): number | bigint {
  switch (type) {
    case 2:
      return readId(view, at, identifierSize)
    case 4:
      return view.getUint8(at)
    case 5:
      return view.getUint16(at)
    case 6:
      return view.getFloat32(at)
    case 7:
      return view.getFloat64(at)
    case 8:
      return view.getInt8(at)
    case 9:
      return view.getInt16(at)
    case 10:
      return view.getInt32(at)
    default:
      return view.getBigInt64(at)
  }
}

/** @param at offset of the sub-record's tag; the whole record must be in `view`, with valid types (as HeapCursor checks). */
export function readClassDump(view: DataView, at: number, identifierSize: number): ClassDump {
  const width = identifierSize
  const id = readId(view, at + 1, width)
  const superId = readId(view, at + 5 + width, width)
  const loaderId = readId(view, at + 5 + 2 * width, width)
  let next = at + 5 + 7 * width
  const instanceSize = view.getUint32(next)
  next += 4
  let entries = view.getUint16(next)
  next += 2
  for (; entries > 0; entries--) next += 3 + valueSize(view.getUint8(next + 2), width)
  const statics: { nameId: bigint; type: number; value: number | bigint }[] = []
  entries = view.getUint16(next)
  next += 2
  for (; entries > 0; entries--) {
    const type = view.getUint8(next + width)
    const value = readValue(view, next + width + 1, type, width)
    statics.push({ nameId: readId(view, next, width), type, value })
    next += width + 1 + valueSize(type, width)
  }
  const fields: { nameId: bigint; type: number }[] = []
  entries = view.getUint16(next)
  next += 2
  for (; entries > 0; entries--) {
    fields.push({ nameId: readId(view, next, width), type: view.getUint8(next + width) })
    next += width + 1
  }
  return { id, superId, loaderId, instanceSize, statics, fields }
}
