/** Reads the values of one row straight out of the text: a long log has millions of them. */

const SPACE = 32
const MINUS = 45
const COMMA = 44
const POINT = 46
const ESCAPE = 27
const SEMICOLON = 59
const BAR = 124
const QUOTE = 34
const QUESTION_MARK = 63
const LETTER_N = 78
const NO_BREAK = 0xa0
const NARROW_NO_BREAK = 0x202f
const REPLACEMENT = 0xfffd
const INFINITY_SIGN = 0x221e
const ARABIC_POINT = 0x66b

/** What stands in a row. */
export interface RowValues {
  readonly values: Float64Array
  count: number
  /** The first character that belongs to no value; the end of the row when all do. */
  at: number
}

/**
 * Reads the values that begin at `start`. A `-` or `NaN` is NaN; decimals follow a point, a comma (unless commas
 * separate), or the Arabic separator, as the locale of the JVM wrote them.
 * @param limit values read, at most.
 */
export function readValues(
  text: string,
  start: number,
  end: number,
  comma: boolean,
  limit: number,
  row: RowValues,
): void {
  row.count = 0
  row.at = skipBlank(text, start, end)
  while (row.count < limit && row.at < end) {
    const behind = valueEnd(text, row.at, end, comma)
    if (behind < 0) return
    row.values[row.count++] = parseValue(text, row.at, behind)
    row.at = skipBlank(text, behind, end)
    if (comma && row.at < end && text.charCodeAt(row.at) === COMMA) row.at = skipBlank(text, row.at + 1, end)
  }
}

/** Blanks, tabs, NUL bytes, the borders of tables and terminal colours. */
function skipBlank(text: string, from: number, end: number): number {
  let at = from
  for (; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === ESCAPE) {
      at++
      while (at < end && !isLetter(text.charCodeAt(at))) at++
    } else if (!isBlank(code)) break
  }
  return at
}

function isBlank(code: number): boolean {
  return (
    code <= SPACE ||
    code === SEMICOLON ||
    code === BAR ||
    code === QUOTE ||
    code === NO_BREAK ||
    code === NARROW_NO_BREAK
  )
}

/** Where the value that begins at `from` ends, or −1 when none does. */
function valueEnd(text: string, from: number, end: number, comma: boolean): number {
  const unknown = unknownEnd(text, from)
  if (unknown > 0) return unknown < end && !endsValue(text.charCodeAt(unknown), comma) ? -1 : unknown
  let at = text.charCodeAt(from) === MINUS ? from + 1 : from
  let separators = 0
  let digits = 0
  for (; at < end; at++) {
    const code = text.charCodeAt(at)
    if (digitOf(code) >= 0) digits++
    else if (code === POINT || code === ARABIC_POINT || (code === COMMA && !comma)) separators++
    else break
  }
  if (at < end && !endsValue(text.charCodeAt(at), comma)) return -1
  if (separators > 1 || digits > 15) return -1
  const loneMinus = at === from + 1 && text.charCodeAt(from) === MINUS
  return digits > 0 || loneMinus ? at : -1
}

/** Java prints what is no number as NaN, a question mark, or the character that stands for an unknown one. */
function unknownEnd(text: string, from: number): number {
  const code = text.charCodeAt(from)
  if (code === QUESTION_MARK || code === REPLACEMENT || code === INFINITY_SIGN) return from + 1
  return code === LETTER_N && text.startsWith('NaN', from) ? from + 3 : -1
}

function endsValue(code: number, comma: boolean): boolean {
  return isBlank(code) || code === ESCAPE || (comma && code === COMMA)
}

/** At most 15 digits, so that both operands are exact and the quotient is rounded once, as `Number` would. */
function parseValue(text: string, start: number, end: number): number {
  let digits = 0
  let seen = 0
  let scale = 1
  let behindPoint = false
  for (let at = start; at < end; at++) {
    const digit = digitOf(text.charCodeAt(at))
    if (digit >= 0) {
      digits = digits * 10 + digit
      seen++
      if (behindPoint) scale *= 10
    } else if (text.charCodeAt(at) !== MINUS) behindPoint = true
  }
  if (seen === 0) return Number.NaN
  return text.charCodeAt(start) === MINUS ? -digits / scale : digits / scale
}

/** The digit 0 of the scripts in which Java prints numbers: Arabic, Persian, Devanagari, Bengali, Thai, Burmese. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0x1040]

/** −1 for what is no digit. */
function digitOf(code: number): number {
  if (code < 128) return code >= 48 && code <= 57 ? code - 48 : -1
  const zero = ZEROS.find((first) => code >= first && code <= first + 9)
  return zero === undefined ? -1 : code - zero
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}
