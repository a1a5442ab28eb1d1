/** Text of a heap as it can be shown: what would change a line, its direction, or could not be seen, is written out. */

/** Controls, line and paragraph separators, marks of direction, halves of surrogate pairs, a byte order mark. */
const UNSAFE =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

export interface TextSegment {
  readonly text: string
  /** Stands for a character that is not shown itself. */
  readonly isEscape: boolean
}

/** @param keeps characters that stay as they are: line ends in a block of text */
export function safeSegments(text: string, keeps = ''): TextSegment[] {
  const segments: TextSegment[] = []
  let end = 0
  for (const { 0: character, index } of text.matchAll(UNSAFE)) {
    if (keeps.includes(character)) continue
    if (index > end) segments.push({ text: text.slice(end, index), isEscape: false })
    segments.push({ text: escaped(character), isEscape: true })
    end = index + character.length
  }
  if (end < text.length) segments.push({ text: text.slice(end), isEscape: false })
  return segments
}

function escaped(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** For a row of fixed height. */
export function oneLine(text: string): string {
  return text.replace(UNSAFE, escaped)
}
