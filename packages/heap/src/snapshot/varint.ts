/** Reads LEB128 numbers one after the other from wherever a section located them. */
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
