/** Collects the samples below equal headers in growing columns. */
import type { StampKind } from '../stamp.ts'
import type { JstatHeader } from './header.ts'
import type { JstatCommand } from './log.ts'

/** A header, before the row (from 0) that comes next. */
export interface HeaderMark {
  readonly row: number
  readonly command: JstatCommand | undefined
}

export class SampleTable {
  readonly header: JstatHeader
  /** What stands before the columns of its rows, without times. */
  readonly prefix: string
  readonly headerAssumed: boolean
  readonly marks: HeaderMark[] = []
  rows = 0
  /** Column of the header → row → value. */
  columns: Float64Array[]
  lines = new Uint32Array(256)
  /** Row → time printed before it; undefined until a row has one. */
  stamps: Float64Array | undefined
  stampKind: StampKind | undefined
  /** Column with words → row → words. */
  readonly texts: string[][]

  constructor(header: JstatHeader, prefix: string, headerAssumed: boolean) {
    this.header = header
    this.prefix = prefix
    this.headerAssumed = headerAssumed
    this.columns = header.columns.map(() => new Float64Array(256))
    this.texts = header.texts.map(() => [])
  }

  /** @param values those of the row, in the order of the header. */
  addRow(line: number, values: Float64Array, texts: readonly string[]): void {
    if (this.rows === this.lines.length) this.#grow()
    const row = this.rows++
    this.lines[row] = line
    const { columns } = this
    for (let index = 0; index < columns.length; index++) columns[index]![row] = values[index]!
    this.texts.forEach((column, index) => column.push(texts[index] ?? ''))
  }

  /** Of the row added last. */
  setStamp(kind: StampKind, milliseconds: number): void {
    this.stampKind ??= kind
    // Two clocks are no clock.
    if (kind !== this.stampKind) return
    this.stamps ??= new Float64Array(this.lines.length).fill(Number.NaN)
    this.stamps[this.rows - 1] = milliseconds
  }

  #grow(): void {
    const capacity = this.lines.length * 2
    this.columns = this.columns.map((column) => widened(column, capacity))
    if (this.stamps !== undefined) this.stamps = widened(this.stamps, capacity)
    const lines = new Uint32Array(capacity)
    lines.set(this.lines)
    this.lines = lines
  }
}

function widened(column: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(capacity).fill(Number.NaN, column.length)
  wider.set(column)
  return wider
}
