/** A growing buffer for big-endian values, the byte order of HPROF. */

/** Object, string and frame ids: `number` while it is exact, `bigint` for any 64-bit value. */
export type Id = number | bigint

export interface BytesWriter {
  /** Bytes written so far. */
  readonly length: number
  u1(value: number): void
  u2(value: number): void
  u4(value: number): void
  u8(value: number | bigint): void
  f4(value: number): void
  f8(value: number): void
  id(value: Id): void
  bytes(value: Uint8Array): void
  /** The bytes written so far, valid until the next write. */
  view(): Uint8Array
  clear(): void
}

/** @returns an empty buffer whose ids take `identifierSize` bytes. */
export function bytesWriter(identifierSize: 4 | 8, capacity = 4096): BytesWriter {
  let bytes = new Uint8Array(capacity)
  let view = new DataView(bytes.buffer)
  let length = 0

  function reserve(more: number): number {
    const at = length
    length += more
    if (length > bytes.length) {
      bytes = grown(bytes, length)
      view = new DataView(bytes.buffer)
    }
    return at
  }

  function u8(value: number | bigint): void {
    const at = reserve(8)
    if (typeof value === 'bigint') {
      view.setBigUint64(at, BigInt.asUintN(64, value))
    } else {
      view.setUint32(at, Math.floor(value / 0x1_0000_0000))
      view.setUint32(at + 4, value)
    }
  }

  // `reserve` may replace `view`, so it runs in a statement of its own.
  function u4(value: number): void {
    const at = reserve(4)
    view.setUint32(at, value)
  }

  return {
    get length() {
      return length
    },
    u1: (value) => {
      const at = reserve(1)
      bytes[at] = value
    },
    u2: (value) => {
      const at = reserve(2)
      view.setUint16(at, value)
    },
    u4,
    u8,
    f4: (value) => {
      const at = reserve(4)
      view.setFloat32(at, value)
    },
    f8: (value) => {
      const at = reserve(8)
      view.setFloat64(at, value)
    },
    id: (value) => (identifierSize === 8 ? u8(value) : u4(Number(value))),
    bytes: (value) => {
      const at = reserve(value.length)
      bytes.set(value, at)
    },
    view: () => bytes.subarray(0, length),
    clear: () => {
      length = 0
    },
  }
}

function grown(bytes: Uint8Array, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(least, bytes.length * 2))
  larger.set(bytes)
  return larger
}

/**
 * Modified UTF-8, as the JVM writes strings: every UTF-16 unit by itself, so that surrogates take three bytes each,
 * and U+0000 as two bytes.
 */
export function modifiedUtf8(text: string): Uint8Array {
  const bytes: number[] = []
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit !== 0 && unit < 0x80) bytes.push(unit)
    else if (unit < 0x800) bytes.push(0xc0 | (unit >> 6), 0x80 | (unit & 0x3f))
    else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f))
  }
  return Uint8Array.from(bytes)
}
