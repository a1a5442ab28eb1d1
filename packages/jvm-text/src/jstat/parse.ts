/**
 * Reads logs of `jstat -gcutil` as people paste them: of JDK 6 to 25, with and without `-t`, with prompts, repeated
 * headers and other text in between, in the JVM's locale, cut off anywhere.
 */
import { type LinePlace, MAX_TEXT_BYTES, decodeText, linesOf } from '../text.ts'
import { type Header, readHeader, visible } from './columns.ts'
import { LogBuilder } from './log-builder.ts'
import type { JstatLog, NotJstat } from './log.ts'
import { readValues } from './values.ts'

type GcutilHeader = Extract<Header, { kind: 'gcutil' }>

/** More values than any row of jstat has. */
const MOST_VALUES = 32

export function parseJstat(bytes: Uint8Array): JstatLog | NotJstat {
  if (bytes.length > MAX_TEXT_BYTES)
    return refusal('The file is larger than any jstat log (128 MiB is the limit here).')
  const text = decodeText(bytes)
  const reader = new LogReader(text)
  for (const line of linesOf(text)) reader.readLine(line)
  return reader.finish()
}

/** Goes through the lines once; knows the header that stands above the current line. */
class LogReader {
  readonly #text: string
  readonly #log = new LogBuilder()
  readonly #values = new Float64Array(MOST_VALUES)
  #header: GcutilHeader | undefined
  /** As many words as the header has before its columns, e.g. a time of day below `TIME`. */
  #prefixWords: RegExp | undefined
  /** Why rows cannot be read now. */
  #noHeader = 'no header of jstat -gcutil stands above this row'
  #otherOption: { option: string; line: number } | undefined
  #cutHeader: number | undefined
  #gcutilHeaders = 0

  constructor(text: string) {
    this.#text = text
  }

  readLine(line: LinePlace): void {
    const comma = this.#header?.separator === 'comma'
    const count = readValues(this.#text, this.#startOfValues(line), line.end, comma, this.#values)
    if (count > 0) this.#readRow(line, count)
    else if (count < 0) this.#readWords(line)
  }

  /** Behind what grep or a script put before the columns, in the row as in the header. */
  #startOfValues({ start, end }: LinePlace): number {
    if (this.#header === undefined || this.#prefixWords === undefined) return start
    if (this.#text.startsWith(this.#header.prefix, start)) return start + this.#header.prefix.length
    return start + (this.#prefixWords.exec(this.#text.slice(start, end))?.[0].length ?? 0)
  }

  #readRow(line: LinePlace, count: number): void {
    const header = this.#header
    if (header === undefined) return this.#skip(line, this.#noHeader)
    const expected = header.columns.length + (header.timestamp ? 1 : 0)
    if (count < expected) return this.#skip(line, `cut off: ${count} of ${expected} values`)
    if (count > expected) return this.#skip(line, `${count} values where the header has ${expected} columns`)
    if (!line.ended && this.#lastValueIsCut(line)) return this.#skip(line, 'cut off within its last value')
    this.#log.addRow(line.number, header, this.#values)
  }

  /** jstat prints the last column, GCT, with three decimals. */
  #lastValueIsCut({ start, end }: LinePlace): boolean {
    const decimals = /[.,٫](\d*|[٠-٩]*)\s*$/.exec(visible(this.#text.slice(start, end)))?.[1]
    return decimals === undefined || decimals.length < 3
  }

  #readWords(line: LinePlace): void {
    const words = this.#text.slice(line.start, Math.min(line.end, line.start + 2000))
    const header = readHeader(words)
    if (header === undefined) return this.#skip(line, 'no sample: a prompt, a message or other text')
    switch (header.kind) {
      case 'gcutil':
        return this.#useHeader(header)
      case 'other-option':
        this.#header = undefined
        this.#otherOption ??= { option: header.option, line: line.number }
        this.#noHeader = `a sample of jstat -${header.option}, which is not charted`
        return this.#skip(line, `header of jstat -${header.option}, which is not charted`)
      case 'cut-off':
        this.#cutHeader ??= line.number
        return this.#skip(line, 'a header that is cut off')
    }
  }

  #useHeader(header: GcutilHeader): void {
    this.#gcutilHeaders++
    this.#header = header
    const words = header.prefix === '' ? 0 : header.prefix.split(' ').length
    this.#prefixWords = words === 0 ? undefined : new RegExp(`^(?:\\S+\\s+){${words}}`)
  }

  #skip({ start, end, number }: LinePlace, reason: string): void {
    // A line of nothing but blanks and control characters is empty to a person.
    if (end - start < 200 && visible(this.#text.slice(start, end)) === '') return
    this.#log.addSkipped(() => {
      // Cleaned first, then cut; control sequences are short.
      const text = visible(this.#text.slice(start, Math.min(end, start + 4000))).slice(0, 200)
      return { line: number, text, reason }
    })
  }

  finish(): JstatLog | NotJstat {
    const log = this.#log.finish()
    if (log !== undefined) return log
    const expected =
      'A log of `jstat -gcutil` was expected: a header line `S0 S1 E O … GCT` and rows of numbers below it.'
    if (this.#otherOption !== undefined) {
      const { option, line } = this.#otherOption
      return refusal(`This is a log of \`jstat -${option}\`; only logs of \`jstat -gcutil\` are charted so far.`, line)
    }
    if (this.#gcutilHeaders > 0)
      return refusal('There is a header of `jstat -gcutil`, but no complete row of numbers below it.')
    if (this.#cutHeader !== undefined) return refusal(`${expected} The header here is cut off.`, this.#cutHeader)
    if (this.#text.trim() === '') return refusal(`${expected} The file is empty.`)
    return refusal(`${expected} No such header was found.`)
  }
}

function refusal(message: string, line?: number): NotJstat {
  return { kind: 'not-jstat', message, line }
}
