/** Tells what kind of evidence a text is, by its content alone. */
import { readHeader } from './jstat/header.ts'
import { MAX_TEXT_BYTES, decodeText, linesOf, visible } from './text.ts'

export type TextKind = 'jstat-log' | 'class-histogram' | 'top-output' | 'unknown'

const HISTOGRAM_HEADER = /^num\s+#instances\s+#bytes\s+class name/
const TOP_HEADER = /^top - \d|^PID\s+USER\b.*%CPU\b.*\bCOMMAND\b/

/**
 * The kind of a text, or of its beginning. A text that holds several kinds, as a report about an incident does, is a
 * jstat log when it has a header of jstat, otherwise what comes first in it.
 */
export function tellTextKind(bytes: Uint8Array): TextKind {
  if (bytes.length > MAX_TEXT_BYTES) return 'unknown'
  const text = decodeText(bytes)
  let found: TextKind = 'unknown'
  for (const { start, end } of linesOf(text)) {
    const words = text.slice(start, Math.min(end, start + 2000))
    const header = readHeader(words)
    if (header !== undefined && header.kind !== 'cut-off') return 'jstat-log'
    if (found !== 'unknown') continue
    const line = visible(words)
    if (HISTOGRAM_HEADER.test(line)) found = 'class-histogram'
    else if (TOP_HEADER.test(line)) found = 'top-output'
  }
  return found
}
