/**
 * A heap dump taken apart into records and sub-records, to be put together again in another way. Knows the format on
 * its own, so that the mutations do not depend on what the engine takes for a record.
 */

export interface Part {
  readonly tag: number
  /** Body of a record; of a heap record its sub-records, tags included. */
  body: Uint8Array | Uint8Array[]
  /** Written instead of the real length. */
  length: number | undefined
}

export interface Parts {
  readonly head: Uint8Array
  readonly identifierSize: 4 | 8
  readonly records: Part[]
  /** What follows the last record. */
  readonly tail: Uint8Array
}

const RECORD_HEAD = 9
const VALUE_BYTES = [0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8]

/** @returns undefined when the bytes do not begin like a dump. */
export function takeApart(bytes: Uint8Array): Parts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const zero = bytes.indexOf(0)
  if (zero < 0 || zero > 40 || bytes.length < zero + 13) return undefined
  const identifierSize = view.getUint32(zero + 1)
  if (identifierSize !== 4 && identifierSize !== 8) return undefined
  const records: Part[] = []
  let at = zero + 13
  while (at + RECORD_HEAD <= bytes.length) {
    const tag = bytes[at]
    const stated = view.getUint32(at + 5)
    const isHeap = tag === 0x0c || tag === 0x1c
    const length = isHeap && stated === 0 ? bytes.length - at - RECORD_HEAD : stated
    if (at + RECORD_HEAD + length > bytes.length) break
    const body = bytes.subarray(at + RECORD_HEAD, at + RECORD_HEAD + length)
    records.push({
      tag,
      body: isHeap ? subRecords(body, identifierSize) : body,
      length: stated === length ? undefined : stated,
    })
    at += RECORD_HEAD + length
  }
  return { head: bytes.subarray(0, zero + 13), identifierSize, records, tail: bytes.subarray(at) }
}

export function putTogether({ head, records, tail }: Parts): Uint8Array {
  const pieces: Uint8Array[] = [head]
  for (const { tag, body, length } of records) {
    const bodies = Array.isArray(body) ? body : [body]
    const start = new Uint8Array(RECORD_HEAD)
    start[0] = tag
    const real = bodies.reduce((sum, one) => sum + one.length, 0)
    new DataView(start.buffer).setUint32(5, (length ?? real) >>> 0)
    pieces.push(start, ...bodies)
  }
  return joined([...pieces, tail])
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

/** Splits a heap record; what cannot be understood is one last piece. */
function subRecords(body: Uint8Array, width: number): Uint8Array[] {
  const pieces: Uint8Array[] = []
  let at = 0
  while (at < body.length) {
    const size = subRecordSize(body, at, width)
    if (size === undefined || at + size > body.length) {
      pieces.push(body.subarray(at))
      break
    }
    pieces.push(body.subarray(at, at + size))
    at += size
  }
  return pieces
}

/** Bytes of the sub-record at `at`, tag included; undefined when it is none, or is cut off. */
export function subRecordSize(bytes: Uint8Array, at: number, width: number): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  try {
    return sizeOf(view, at, width)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function sizeOf(view: DataView, at: number, width: number): number | undefined {
  const tag = view.getUint8(at)
  const value = (type: number): number => (type === 2 ? width : (VALUE_BYTES[type] ?? 0))
  switch (tag) {
    case 0x20:
      return classSize(view, at, width, value)
    case 0x21:
      return 9 + 2 * width + view.getUint32(at + 5 + 2 * width)
    case 0x22:
      return 9 + 2 * width + width * view.getUint32(at + 5 + width)
    case 0x23:
      return 10 + width + view.getUint32(at + 5 + width) * value(view.getUint8(at + 9 + width))
    case 0xc3:
      return 10 + width
    case 0x01:
      return 1 + 2 * width
    case 0x02:
    case 0x03:
    case 0x08:
    case 0x8e:
      return 9 + width
    case 0x04:
    case 0x06:
    case 0xfe:
      return 5 + width
    case 0x05:
    case 0x07:
    case 0x89:
    case 0x8a:
    case 0x8b:
    case 0x8c:
    case 0x8d:
    case 0x90:
    case 0xff:
      return 1 + width
    default:
      return undefined
  }
}

function classSize(view: DataView, at: number, width: number, value: (type: number) => number): number {
  let end = at + 9 + 7 * width
  for (const nameBytes of [2, width]) {
    let entries = view.getUint16(end)
    end += 2
    for (; entries > 0; entries--) end += nameBytes + 1 + value(view.getUint8(end + nameBytes))
  }
  return end + 2 + view.getUint16(end) * (width + 1) - at
}
