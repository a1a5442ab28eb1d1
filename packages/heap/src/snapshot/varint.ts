/** Numbers of seven bits per byte, the low ones first (LEB128). */

/** Longest number: 53 bits. */
export const LONGEST_VARINT = 8

/** @param value 0 … 2^53 − 1. @returns the place behind it */
export function putVarint(bytes: Uint8Array, at: number, value: number): number {
  if (value < 128) {
    bytes[at] = value
    return at + 1
  }
  if (value < 16_384) {
    bytes[at] = value | 128
    bytes[at + 1] = value >>> 7
    return at + 2
  }
  return putLong(bytes, at, value)
}

function putLong(bytes: Uint8Array, from: number, value: number): number {
  let at = from
  let rest = value
  while (rest > 0x7fffffff) {
    bytes[at++] = (rest % 128) | 128
    rest = Math.floor(rest / 128)
  }
  let low = rest | 0
  while (low > 127) {
    bytes[at++] = (low & 127) | 128
    low >>>= 7
  }
  bytes[at++] = low
  return at
}

/** Small differences of either sign as small numbers. @param difference of 32 bits */
export function zigzag(difference: number): number {
  return ((difference << 1) ^ (difference >> 31)) >>> 0
}

/** Reads numbers one after the other from wherever a section located them. */
export class VarintReader {
  bytes: Uint8Array = new Uint8Array(0)
  at = 0

  start(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at
  }

  /** Up to 2^53 − 1. */
  next(): number {
    const { bytes } = this
    let byte = bytes[this.at++]
    if (byte < 128) return byte
    let value = byte & 127
    let shift = 7
    do {
      byte = bytes[this.at++]
      value = shift < 28 ? value | ((byte & 127) << shift) : value + (byte & 127) * 2 ** shift
      shift += 7
    } while (byte >= 128)
    return value
  }

  /** A zigzag difference. */
  nextSigned(): number {
    const value = this.next()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  skip(count: number) {
    const { bytes } = this
    let at = this.at
    for (let left = count; left > 0;) if (bytes[at++] < 128) left--
    this.at = at
  }
}
