/** Bytes of unknown origin as text, and text as lines. */

/** Longer texts are refused: nobody samples for so long, and a string cannot hold much more. */
export const MAX_TEXT_BYTES = 128 * 2 ** 20

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/**
 * Decodes UTF-8 and UTF-16 of either byte order, with or without a byte order mark. Never throws:
 * what is no text in the encoding becomes U+FFFD.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes)
}

function encodingOf(bytes: Uint8Array): Encoding {
  const first = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)
  if (first === 0xfffe) return 'utf-16le'
  if (first === 0xfeff) return 'utf-16be'
  // Without a mark: ASCII in UTF-16 has a zero in nearly every second byte.
  const sample = bytes.subarray(0, 1024)
  const zeros = [0, 0]
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index & 1]! += 1
  })
  const [even = 0, odd = 0] = zeros
  const most = sample.length * 0.35
  if (odd > most && even < most / 4) return 'utf-16le'
  if (even > most && odd < most / 4) return 'utf-16be'
  return 'utf-8'
}

/** One line of a text: where it lies, its number from 1, and whether a line end follows. */
export interface LinePlace {
  readonly start: number
  /** Behind its last character, before the line end. */
  readonly end: number
  readonly number: number
  readonly ended: boolean
}

/** The lines of a text whose lines end in LF, CR LF or CR, mixed if need be. A last line without an end counts, an empty one does not. */
export function* linesOf(text: string): Generator<LinePlace> {
  const LF = 10
  const CR = 13
  const onlyLf = !text.includes('\r')
  let start = 0
  for (let number = 1; start < text.length; number++) {
    let end = onlyLf ? text.indexOf('\n', start) : start
    if (onlyLf && end === -1) end = text.length
    if (!onlyLf) while (end < text.length && text.charCodeAt(end) !== LF && text.charCodeAt(end) !== CR) end++
    yield { start, end, number, ended: end < text.length }
    start = text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? end + 2 : end + 1
  }
}

/** Terminal colours, titles and modes, and NUL bytes, which holes in a file leave. */
// oxlint-disable-next-line no-control-regex -- exactly the control characters are meant
const INVISIBLE = /\u001b(?:\[[0-9;?]*[A-Za-z]|[()][0-9A-Z]|\][^\u0007\u001b]{0,200}(?:\u0007|\u001b\\)|[=>])|\u0000/g

/** A line as a person sees it. */
export function visible(line: string): string {
  const isPlain = !line.includes('\u001b') && !line.includes('\u0000')
  return isPlain ? line.trim() : line.replace(INVISIBLE, '').trim()
}

/** A line that says nothing to a reader of tables. */
export interface SkippedLine {
  /** From 1. */
  readonly line: number
  /** At most 200 UTF-16 units of it. */
  readonly text: string
  /** Why it is no part of a table: a sentence. */
  readonly reason: string
}

const MAX_SKIPPED = 1000

/** Collects skipped lines: the first 1,000 are listed, all are counted. */
export class SkippedLines {
  readonly listed: SkippedLine[] = []
  total = 0

  add(text: string, { start, end, number }: LinePlace, reason: string): void {
    // A line of nothing but blanks and control characters is empty to a person.
    if (end - start < 200 && visible(text.slice(start, end)) === '') return
    if (++this.total > MAX_SKIPPED) return
    // Cleaned first, then cut; control sequences are short.
    const shown = visible(text.slice(start, Math.min(end, start + 4000))).slice(0, 200)
    this.listed.push({ line: number, text: shown, reason })
  }
}
