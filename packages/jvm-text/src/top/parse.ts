/** Reads output of top: of batch mode and copied from a terminal, of processes and of threads, old and new. */
import { type LinePlace, MAX_TEXT_BYTES, SkippedLines, decodeText, linesOf, visible } from '../text.ts'
import { type TopColumns, type TopHead, readColumns, readHead, readRow } from './lines.ts'
import type { NotTop, TopOutput, TopRow, TopSample } from './output.ts'
import { processesOf } from './processes.ts'

const LONGEST_LINE = 20_000

export function parseTop(bytes: Uint8Array): TopOutput | NotTop {
  if (bytes.length > MAX_TEXT_BYTES)
    return refusal('The file is larger than any output of top (128 MiB is the limit here).')
  const text = decodeText(bytes)
  const reader = new TopReader(text)
  for (const line of linesOf(text)) reader.readLine(line)
  const samples = reader.finish()
  if (samples.length === 0) return refuse(reader, text)
  return {
    kind: 'top-output',
    samples,
    processes: processesOf(samples),
    skipped: reader.skipped.listed,
    skippedTotal: reader.skipped.total,
  }
}

interface OpenSample {
  readonly line: number
  timeOfDay: number | undefined
  memoryBytes: TopSample['memoryBytes']
  threads: boolean
  /** Undefined until the titles come. */
  columns: TopColumns | undefined
  readonly rows: TopRow[]
}

class TopReader {
  readonly skipped = new SkippedLines()
  /** The line of the first titles. */
  firstColumns: number | undefined
  readonly #text: string
  readonly #samples: TopSample[] = []
  #open: OpenSample | undefined
  #prefix = ''

  constructor(text: string) {
    this.#text = text
  }

  readLine(place: LinePlace): void {
    const raw = visible(this.#text.slice(place.start, Math.min(place.end, place.start + LONGEST_LINE)))
    const line = this.#prefix !== '' && raw.startsWith(this.#prefix) ? raw.slice(this.#prefix.length).trim() : raw
    const columns = readColumns(line)
    if (columns !== undefined) return this.#useColumns(columns, place.number)
    const head = readHead(line)
    if (head !== undefined) return this.#useHead(head, place.number)
    this.#readRow(line, place)
  }

  #useHead(head: TopHead, line: number): void {
    // Below the titles only rows come: a head line there begins the next screen.
    if (this.#open === undefined || head.isFirst || this.#open.columns !== undefined) this.#begin(line)
    const open = this.#open
    if (open === undefined) return
    open.timeOfDay ??= head.timeOfDay
    if (head.threads === true) open.threads = true
    if (head.memoryBytes !== undefined) open.memoryBytes = head.memoryBytes
  }

  #useColumns(columns: TopColumns, line: number): void {
    this.firstColumns ??= line
    if (columns.prefix !== '') this.#prefix = columns.prefix
    if (this.#open === undefined || this.#open.columns !== undefined) this.#begin(line)
    if (this.#open !== undefined) this.#open.columns = columns
  }

  #readRow(line: string, place: LinePlace): void {
    const open = this.#open
    if (open?.columns !== undefined) {
      const reading = readRow(line, open.columns.titles, place.number)
      if (reading.kind === 'row') {
        open.rows.push(reading.row)
        return
      }
      if (reading.kind === 'cut-off') {
        const expected = open.columns.titles.length + 1
        return this.skipped.add(this.#text, place, `cut off: ${reading.fields} of ${expected} columns`)
      }
    }
    this.skipped.add(this.#text, place, 'no process: a prompt, a message or other text')
  }

  #begin(line: number): void {
    this.#end()
    this.#open = {
      line,
      timeOfDay: undefined,
      memoryBytes: { total: undefined, free: undefined },
      threads: false,
      columns: undefined,
      rows: [],
    }
  }

  #end(): void {
    if (this.#open === undefined || this.#open.rows.length === 0) return
    const { line, timeOfDay, memoryBytes, threads, rows } = this.#open
    this.#samples.push({ line, timeOfDay, memoryBytes, threads, rows })
  }

  finish(): TopSample[] {
    this.#end()
    this.#open = undefined
    return this.#samples
  }
}

const EXPECTED =
  'Output of top was expected: titles like `PID USER PR NI VIRT RES SHR S %CPU %MEM TIME+ COMMAND` and a row for each process below them.'

function refuse({ firstColumns }: TopReader, text: string): NotTop {
  if (firstColumns !== undefined) {
    return refusal('There are the titles of top, but no complete row below them.', firstColumns)
  }
  return refusal(text.trim() === '' ? `${EXPECTED} The file is empty.` : `${EXPECTED} There are none.`)
}

function refusal(message: string, line?: number): NotTop {
  return { kind: 'not-top', message, line }
}
