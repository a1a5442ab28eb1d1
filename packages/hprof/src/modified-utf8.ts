/**
 * Decodes the JVM's modified UTF-8 (JVM specification §4.4.7): NUL as two bytes, characters beyond the
 * basic plane as two surrogates of three bytes each. Plain four-byte UTF-8 is accepted too, and damaged
 * bytes become U+FFFD, so that a name can always be shown.
 */
export function decodeModifiedUtf8(bytes: Uint8Array): string {
  const units: number[] = []
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at]
    const length = sequenceLength(lead)
    if (length === 1) units.push(lead)
    else pushSequence(units, bytes, at, length)
    at += length === 0 || !complete(bytes, at, length) ? 1 : length
    if (units.length > 4096) {
      text += String.fromCharCode(...units)
      units.length = 0
    }
  }
  return text + String.fromCharCode(...units)
}

function sequenceLength(lead: number): 0 | 1 | 2 | 3 | 4 {
  if (lead < 0x80) return 1
  if (lead >= 0xc0 && lead < 0xe0) return 2
  if (lead >= 0xe0 && lead < 0xf0) return 3
  if (lead >= 0xf0 && lead < 0xf8) return 4
  return 0
}

function complete(bytes: Uint8Array, at: number, length: number): boolean {
  if (at + length > bytes.length) return false
  for (let i = at + 1; i < at + length; i++) if ((bytes[i] & 0xc0) !== 0x80) return false
  return true
}

function pushSequence(units: number[], bytes: Uint8Array, at: number, length: 0 | 2 | 3 | 4): void {
  if (length === 0 || !complete(bytes, at, length)) {
    units.push(0xfffd)
    return
  }
  let code = bytes[at] & (0x7f >> length)
  for (let i = at + 1; i < at + length; i++) code = (code << 6) | (bytes[i] & 0x3f)
  if (length < 4) units.push(code)
  else units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff))
}
