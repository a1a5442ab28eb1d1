/** Reads class histograms of `jmap -histo` and `jcmd GC.class_histogram`, of JDK 5 to 25, cut off or several in a text. */
import { type Stamp, readStamp } from '../stamp.ts'
import { type LinePlace, MAX_TEXT_BYTES, SkippedLines, decodeText, linesOf, visible } from '../text.ts'
import { HistogramBuilder } from './builder.ts'
import type { ClassHistogram, ClassHistograms, NotHistogram } from './histogram.ts'
import { type HistogramLine, readHistogramCommand, readHistogramLine } from './lines.ts'

/** Longer lines are no class names. */
const LONGEST_LINE = 70_000

export function parseHistograms(bytes: Uint8Array): ClassHistograms | NotHistogram {
  if (bytes.length > MAX_TEXT_BYTES)
    return refusal('The file is larger than any class histogram (128 MiB is the limit here).')
  const text = decodeText(bytes)
  const reader = new HistogramReader(text)
  for (const line of linesOf(text)) reader.readLine(line)
  const histograms = reader.finish()
  if (histograms.length === 0) return refuse(reader, text)
  return {
    kind: 'class-histograms',
    histograms,
    skipped: reader.skipped.listed,
    skippedTotal: reader.skipped.total,
  }
}

class HistogramReader {
  readonly skipped = new SkippedLines()
  /** The line of the first header. */
  firstHeader: number | undefined
  readonly #text: string
  readonly #done: ClassHistogram[] = []
  #builder: HistogramBuilder | undefined
  #prefix = ''
  /** What the lines before the next histogram say about it. */
  #command: ReturnType<typeof readHistogramCommand>
  #stamp: Stamp | undefined

  constructor(text: string) {
    this.#text = text
  }

  readLine(place: LinePlace): void {
    const { start, end } = place
    const raw = visible(this.#text.slice(start, Math.min(end, start + LONGEST_LINE)))
    const line = this.#prefix !== '' && raw.startsWith(this.#prefix) ? raw.slice(this.#prefix.length).trim() : raw
    const content = readHistogramLine(line)
    if (content === undefined) return this.#readWords(line, place)
    this.#readContent(content, place)
  }

  #readContent(content: HistogramLine, place: LinePlace): void {
    switch (content.kind) {
      case 'header':
        this.firstHeader ??= place.number
        this.#prefix = content.prefix
        return this.#begin(place.number)
      case 'row':
        return this.#addRow(content, place)
      case 'cut-row':
        return this.skipped.add(this.#text, place, 'cut off: the class is missing')
      case 'total':
        if (this.#builder === undefined || this.#builder.rows === 0)
          return this.skipped.add(this.#text, place, 'a total without rows above it')
        this.#builder.setTotal(content.instances, content.bytes, place.number)
        return this.#end()
      case 'rule':
        // The rule below the header; elsewhere it separates what is nothing of ours.
        return undefined
    }
  }

  #addRow(row: Extract<HistogramLine, { kind: 'row' }>, place: LinePlace): void {
    if (!place.ended && isCutName(row.className)) {
      return this.skipped.add(this.#text, place, 'cut off within the name of the class')
    }
    const last = this.#builder?.lastRank ?? 0
    // Without a header, and without a total before, the numbers tell where another histogram begins.
    if (this.#builder === undefined || row.rank <= last) {
      if (row.rank !== 1 && this.#builder !== undefined)
        return this.skipped.add(this.#text, place, `row ${row.rank} follows row ${last}`)
      this.#begin(place.number)
    }
    this.#builder?.addRow(row, place.number)
  }

  #begin(line: number): void {
    this.#end()
    this.#builder = new HistogramBuilder(line, this.#command, this.#stamp)
    this.#command = undefined
    this.#stamp = undefined
  }

  #end(): void {
    const histogram = this.#builder?.finish()
    if (histogram !== undefined) this.#done.push(histogram)
    this.#builder = undefined
  }

  #readWords(line: string, place: LinePlace): void {
    const words = line.slice(0, 500)
    if (words === `${(this.#builder?.lastRank ?? -1) + 1}:`) {
      return this.skipped.add(this.#text, place, 'cut off: the class is missing')
    }
    const command = readHistogramCommand(words)
    if (command !== undefined) this.#command = mergedCommand(command, this.#command)
    const stamp = readStamp(words, 0)
    if (stamp !== undefined && stamp.kind !== 'time-of-day') this.#stamp = stamp
    // jcmd's line with the process is part of its output.
    if (/^\d+:$/.test(words) && command !== undefined) return
    this.skipped.add(this.#text, place, 'no row: a prompt, a message or other text')
  }

  finish(): ClassHistogram[] {
    this.#end()
    return this.#done
  }
}

/** The process that jcmd prints belongs to the command above it. */
function mergedCommand(
  found: NonNullable<ReturnType<typeof readHistogramCommand>>,
  before: ReturnType<typeof readHistogramCommand>,
): NonNullable<ReturnType<typeof readHistogramCommand>> {
  return found.counted === 'unknown' && before !== undefined ? { ...before, pid: found.pid } : found
}

/** An array class ends in a semicolon, a module in a bracket; other names may be whole or not, which nobody can tell. */
function isCutName(name: string): boolean {
  return /^\[*$/.test(name) || /^\[+L[^;]*$/.test(name) || /\s\([^)]*$/.test(name)
}

const EXPECTED =
  'A class histogram of `jmap -histo` or `jcmd GC.class_histogram` was expected: a header line `num #instances #bytes class name` and rows like `1: 34943 2675903544 [B` below it.'

function refuse({ firstHeader }: HistogramReader, text: string): NotHistogram {
  if (firstHeader !== undefined) {
    return refusal('There is the header of a class histogram, but no complete row below it.', firstHeader)
  }
  return refusal(text.trim() === '' ? `${EXPECTED} The file is empty.` : `${EXPECTED} There is none.`)
}

function refusal(message: string, line?: number): NotHistogram {
  return { kind: 'not-histogram', message, line }
}
