/** Tells what kinds of evidence a text holds, by its content alone. */
import { readHistogramLine } from './histogram/lines.ts'
import { headerAboveRow, readHeader } from './jstat/header.ts'
import { MAX_TEXT_BYTES, decodeText, linesOf, visible } from './text.ts'
import { readColumns, readHead, readRow } from './top/lines.ts'

export type TextKind = 'jstat-log' | 'class-histogram' | 'top-output' | 'unknown'

/** A kind of evidence that stands in a text. */
export interface FoundKind {
  readonly kind: Exclude<TextKind, 'unknown'>
  /** `certain`: a header, and a row below it. `likely`: a header alone, or rows whose header is missing. */
  readonly confidence: 'certain' | 'likely'
  /** The first line that shows it, from 1. */
  readonly line: number
}

/**
 * The kind of a text, or of its beginning. A text that holds several kinds, as a report about an incident does, is a
 * jstat log when it has a header of jstat, otherwise what comes first in it; `tellTextKinds` names them all.
 */
export function tellTextKind(bytes: Uint8Array): TextKind {
  const found = tellTextKinds(bytes)
  return (found.find(({ kind }) => kind === 'jstat-log') ?? found[0])?.kind ?? 'unknown'
}

/** All kinds of a text, or of its beginning, each once, by first line; a Markdown report may hold several. */
export function tellTextKinds(bytes: Uint8Array): FoundKind[] {
  if (bytes.length > MAX_TEXT_BYTES) return []
  const text = decodeText(bytes)
  const seekers = [seekJstat(), seekHistogram(), seekTop()]
  for (const { start, end, number } of linesOf(text)) {
    const line = visible(text.slice(start, Math.min(end, start + 2000)))
    if (line !== '') for (const seeker of seekers) seeker.look(line, number)
    if (seekers.every(({ found }) => found?.confidence === 'certain')) break
  }
  return seekers.flatMap(({ found }) => found ?? []).sort((a, b) => a.line - b.line)
}

/** Looks for one kind, line by line. */
interface Seeker {
  found: FoundKind | undefined
  look(line: string, number: number): void
}

function seekJstat(): Seeker {
  let columns = 0
  return seeker('jstat-log', (line) => {
    const header = readHeader(line)
    if (header !== undefined && header.kind !== 'cut-off') {
      columns = header.kind === 'header' ? header.columns.length : Number.POSITIVE_INFINITY
      return 'likely'
    }
    if (columns > 0) return numbersIn(line) >= columns ? 'certain' : undefined
    return headerAboveRow(line) === undefined ? undefined : 'likely'
  })
}

/** Words of a row that are values, in whatever digits; a stamp before them may add some. */
function numbersIn(line: string): number {
  return line.split(/[\s,;|"]+/).filter((word) => /^(?:-|NaN|[\p{Nd}.,٫]+)$/u.test(word)).length
}

function seekHistogram(): Seeker {
  let hasHeader = false
  let rows = 0
  return seeker('class-histogram', (line) => {
    const content = readHistogramLine(line)
    if (content?.kind === 'header') {
      hasHeader = true
      return 'likely'
    }
    if (content?.kind !== 'row') return undefined
    rows++
    if (hasHeader) return 'certain'
    return rows >= 3 ? 'likely' : undefined
  })
}

function seekTop(): Seeker {
  let titles: readonly string[] | undefined
  return seeker('top-output', (line, number) => {
    const columns = readColumns(line)
    if (columns !== undefined) {
      titles = columns.titles
      return 'likely'
    }
    if (titles !== undefined && readRow(line, titles, number).kind === 'row') return 'certain'
    return readHead(line)?.isFirst === true ? 'likely' : undefined
  })
}

/** @param judge what a line adds; it is asked until the kind is certain. */
function seeker(
  kind: FoundKind['kind'],
  judge: (line: string, number: number) => FoundKind['confidence'] | undefined,
): Seeker {
  const state: Seeker = {
    found: undefined,
    look(line, number) {
      if (state.found?.confidence === 'certain') return
      const confidence = judge(line, number)
      if (confidence !== undefined) state.found = { kind, confidence, line: state.found?.line ?? number }
    },
  }
  return state
}
