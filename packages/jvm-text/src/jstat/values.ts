/** Reads the values of one row straight out of the text: a long log has millions of them. */

const SPACE = 32
const MINUS = 45
const COMMA = 44
const POINT = 46
const ESCAPE = 27
const BRACKET = 91
const ARABIC_POINT = 0x66b

/**
 * Reads the values between `start` and `end` into `values`. A `-` or `NaN` is NaN; decimals follow a point, a comma
 * (unless commas separate), or the Arabic separator, as the locale of the JVM wrote them.
 * @returns how many values there are (counting on when `values` is full), or −1 when something there is no value.
 */
export function readValues(text: string, start: number, end: number, comma: boolean, values: Float64Array): number {
  let count = 0
  let at = start
  for (;;) {
    at = skipBlank(text, at, end)
    if (at >= end) return count
    const behind = valueEnd(text, at, end, comma)
    if (behind < 0) return -1
    if (count < values.length) values[count] = parseValue(text, at, behind)
    count++
    at = comma ? skipComma(text, behind, end) : behind
    if (at < 0) return -1
  }
}

/** Blanks, tabs, NUL bytes and terminal colours. */
function skipBlank(text: string, from: number, end: number): number {
  let at = from
  for (; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === ESCAPE && text.charCodeAt(at + 1) === BRACKET) {
      at += 2
      while (at < end && !isLetter(text.charCodeAt(at))) at++
    } else if (code > SPACE && code !== 0xa0 && code !== 0x202f) break
  }
  return at
}

function skipComma(text: string, from: number, end: number): number {
  const at = skipBlank(text, from, end)
  if (at >= end) return end
  return text.charCodeAt(at) === COMMA ? at + 1 : -1
}

/** Where the value that begins at `from` ends, or −1 when none does. */
function valueEnd(text: string, from: number, end: number, comma: boolean): number {
  if (text.startsWith('NaN', from)) return from + 3
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

function endsValue(code: number, comma: boolean): boolean {
  return code <= SPACE || code === 0xa0 || code === 0x202f || (comma && code === COMMA)
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

/** ASCII, Arabic-Indic and extended Arabic-Indic digits; −1 for everything else. */
function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  if (code >= 0x660 && code <= 0x669) return code - 0x660
  if (code >= 0x6f0 && code <= 0x6f9) return code - 0x6f0
  return -1
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}
