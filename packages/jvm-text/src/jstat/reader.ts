/** Goes through the lines of a text once and puts each sample below the header it belongs to. */
import { type Stamp, readStamp } from '../stamp.ts'
import { type LinePlace, SkippedLines, visible } from '../text.ts'
import { type KnownCauses, causesOf } from './causes.ts'
import { COUNTERS, unitOf } from './columns.ts'
import { readCommand } from './command.ts'
import { type JstatHeader, headerAboveRow, readHeader } from './header.ts'
import type { JstatCommand } from './log.ts'
import { RowPrefix, lastingPrefix } from './prefix.ts'
import { SampleTable } from './table.ts'
import { type RowValues, readValues } from './values.ts'

/** More values than any row of jstat has. */
const MOST_VALUES = 40

/** A header with the way to read the rows below it. */
interface Section {
  readonly header: JstatHeader
  readonly prefix: RowPrefix
  readonly table: SampleTable
  readonly comma: boolean
  readonly causes: KnownCauses
  /** Length of the longest line so far: a last line that is shorter was cut off. */
  longest: number
}

export class LogReader {
  readonly tables: SampleTable[] = []
  readonly skipped = new SkippedLines()
  /** A header of an option that says nothing about collections. */
  otherOption: { option: string; line: number } | undefined
  /** The line of a header that is cut off. */
  cutHeader: number | undefined
  readonly #text: string
  readonly #row: RowValues = { values: new Float64Array(MOST_VALUES), count: 0, at: 0 }
  /** The latest first; the first is the one above the current line. */
  #sections: Section[] = []
  #command: JstatCommand | undefined
  /** Why rows cannot be read now. */
  #noHeader = 'no header of jstat stands above this row'
  #stamp: Stamp | undefined
  /** A time that stands alone in a line above: when the next sample was taken. */
  #lineStamp: Stamp | undefined

  constructor(text: string) {
    this.#text = text
  }

  readLine(line: LinePlace): void {
    const [latest] = this.#sections
    const section = latest === undefined ? undefined : this.#sectionOf(latest, line)
    if (section === undefined) this.#readWithoutHeader(line)
    else if (this.#isRow(section, line)) this.#addRow(section, line)
    else this.#readOther(section, line)
  }

  /** The one whose file name, or whatever grep prints, stands before the line; mostly the latest. */
  #sectionOf(latest: Section, { start }: LinePlace): Section {
    if (this.#sections.length === 1 || latest.prefix.isOwn(this.#text, start)) return latest
    return this.#sections.find(({ prefix }) => prefix.isOwn(this.#text, start)) ?? latest
  }

  /** Tries what the rows below a header may look like; leaves the values in `#row`, a time before them in `#stamp`. */
  #isRow(section: Section, { start, end }: LinePlace): boolean {
    const { prefix } = section
    const exact = prefix.exactEnd(this.#text, start)
    this.#stamp = undefined
    if (this.#hasValuesAt(section, exact, end)) {
      if (exact > start) this.#stamp = prefix.stampWithin(this.#text, start, exact)
      return true
    }
    const stamp = readStamp(this.#text, start)
    if (stamp !== undefined && stamp.end < end && this.#hasValuesBehind(section, stamp.end, end)) {
      this.#stamp = stamp
      return true
    }
    const behindWords = prefix.wordsEnd(this.#text, start, end)
    if (behindWords < 0 || !this.#hasValuesAt(section, behindWords, end)) return false
    this.#stamp = prefix.stampWithin(this.#text, start, behindWords)
    return true
  }

  #hasValuesAt(section: Section, at: number, end: number): boolean {
    readValues(this.#text, at, end, section.comma, MOST_VALUES, this.#row)
    return this.#isWhole(section, end)
  }

  /** @param at where a time ends. */
  #hasValuesBehind(section: Section, at: number, end: number): boolean {
    if (this.#hasValuesAt(section, at + (this.#text[at] === ',' ? 1 : 0), end)) return true
    const missing = section.header.columns.length - this.#row.count
    if (section.header.columns[0] !== 'Timestamp' || missing !== 1 || this.#row.at < end) return false
    // The column that is called Timestamp holds the time instead of the uptime.
    this.#row.values.copyWithin(1, 0, this.#row.count++)
    this.#row.values[0] = Number.NaN
    return true
  }

  #isWhole({ header }: Section, end: number): boolean {
    if (header.texts.length === 0) return this.#row.count === header.columns.length && this.#row.at >= end
    return this.#row.count === header.columns.length && this.#row.at < end
  }

  #addRow(section: Section, line: LinePlace): void {
    const { header, table } = section
    if (!line.ended && this.#isCut(section, line)) {
      return this.skipped.add(this.#text, line, 'cut off within its last value')
    }
    section.longest = Math.max(section.longest, line.end - line.start)
    const words = header.texts.length === 0 ? '' : visible(this.#text.slice(this.#row.at, line.end))
    table.addRow(line.number, this.#row.values, words === '' ? [] : causesOf(words, header.separator, section.causes))
    const stamp = this.#stamp ?? this.#lineStamp
    if (stamp !== undefined) table.setStamp(stamp.kind, stamp.milliseconds)
    this.#lineStamp = undefined
  }

  /** jstat prints seconds with three decimals and percentages with two, and fills up to the width of the header. */
  #isCut({ header, longest }: Section, { start, end }: LinePlace): boolean {
    if (header.texts.length > 0) return false
    const last = header.columns.at(-1)
    const unit = last === undefined || last === 'Timestamp' ? 'count' : unitOf(last)
    const decimals = /[.,٫]([^.,٫\s"]*)["\s]*$/.exec(visible(this.#text.slice(start, end)))?.[1]?.length ?? 0
    if (unit === 'seconds') return decimals < 3 && !Number.isNaN(this.#row.values[this.#row.count - 1])
    return unit === 'count' && end - start < longest
  }

  #readOther(section: Section, line: LinePlace): void {
    const { count, at } = this.#row
    const other = this.#sections.find((candidate) => candidate !== section && this.#isNextOf(candidate, line))
    if (other !== undefined) return this.#addRow(other, line)
    if (this.#readHeaderOrCommand(line)) return
    // Values as the header above reads them, not as the last section that was tried.
    const expected = section.header.columns.length
    if (count === 0) return this.skipped.add(this.#text, line, 'no sample: a prompt, a message or other text')
    if (count < expected) return this.skipped.add(this.#text, line, cutReason(count, expected, at < line.end))
    if (section.header.texts.length > 0) {
      return this.skipped.add(this.#text, line, 'cut off: the cause of the collection is missing')
    }
    const reason =
      at < line.end ? `other text behind ${count} values` : `${count} values where the header has ${expected} columns`
    this.skipped.add(this.#text, line, reason)
  }

  /** Whether the line goes on with the counters below an earlier header, as when two jstats write into one terminal. */
  #isNextOf(section: Section, line: LinePlace): boolean {
    const { table } = section
    if (table.rows === 0 ? !this.#hasJustBegun(section) : false) return false
    if (!this.#isRow(section, line)) return false
    return section.header.columns.every((name, index) => {
      if (table.rows === 0) return true
      const before = table.columns[index]![table.rows - 1]!
      const now = this.#row.values[index]!
      if (name !== 'Timestamp' && !COUNTERS.includes(name)) return true
      return Number.isNaN(before) ? Number.isNaN(now) : now >= before
    })
  }

  /** No row stands between its header and the one that came last. */
  #hasJustBegun(section: Section): boolean {
    const index = this.#sections.indexOf(section)
    return this.#sections.slice(0, index).every(({ table }) => table.rows === 0)
  }

  #readWithoutHeader(line: LinePlace): void {
    if (this.#readHeaderOrCommand(line)) return
    const raw = this.#text.slice(line.start, Math.min(line.end, line.start + 500))
    readValues(this.#text, line.start, line.end, false, MOST_VALUES, this.#row)
    const isRow = this.#row.count > 0 && this.#row.at >= line.end
    const header = isRow && this.otherOption === undefined ? headerAboveRow(raw) : undefined
    if (header !== undefined) {
      this.#useHeader(header, true)
      return this.readLine(line)
    }
    this.skipped.add(this.#text, line, isRow ? this.#noHeader : 'no sample: a prompt, a message or other text')
  }

  /** @returns whether the line needs no more attention. */
  #readHeaderOrCommand(line: LinePlace): boolean {
    const raw = this.#text.slice(line.start, Math.min(line.end, line.start + 2000))
    const header = readHeader(raw)
    if (header === undefined) {
      const words = visible(raw)
      this.#command = readCommand(words, line.number) ?? this.#command
      const stamp = readStamp(words, 0)
      if (stamp === undefined || stamp.end < words.length) return false
      this.#lineStamp = stamp
      return true
    }
    switch (header.kind) {
      case 'header':
        this.#useHeader(header, false)
        return true
      case 'other-option':
        this.#sections = []
        this.otherOption ??= { option: header.option, line: line.number }
        this.#noHeader = `a sample of jstat -${header.option}, which says nothing about collections`
        this.skipped.add(this.#text, line, `header of jstat -${header.option}, which says nothing about collections`)
        return true
      case 'cut-off':
        this.cutHeader ??= line.number
        this.skipped.add(this.#text, line, 'a header that is cut off')
        return true
    }
  }

  #useHeader(header: JstatHeader, assumed: boolean): void {
    const prefix = lastingPrefix(header.prefix)
    const known = this.tables.find(
      (table) =>
        table.prefix === prefix && table.header.separator === header.separator && sameColumns(table.header, header),
    )
    const table = known ?? new SampleTable(header, prefix, assumed)
    if (known === undefined) this.tables.push(table)
    table.marks.push({ row: table.rows, command: this.#command })
    this.#command = undefined
    const comma = header.separator === 'comma'
    const section = { header, prefix: new RowPrefix(header), table, comma, causes: new Map(), longest: 0 }
    this.#sections = [section, ...this.#sections.filter((other) => other.table !== table)].slice(0, 8)
  }
}

function sameColumns(a: JstatHeader, b: JstatHeader): boolean {
  return a.option === b.option && a.columns.join(' ') === b.columns.join(' ')
}

function cutReason(count: number, expected: number, hasText: boolean): string {
  return hasText ? `cut off by other text: ${count} of ${expected} values` : `cut off: ${count} of ${expected} values`
}
