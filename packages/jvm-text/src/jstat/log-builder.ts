/** Collects the samples of a log in growing columns. */
import { GCUTIL_COLUMNS, type GcutilColumn, type Header } from './columns.ts'
import type { JstatLog, SkippedLine } from './log.ts'
import { findRestarts } from './restarts.ts'

const MAX_SKIPPED = 1000

export class LogBuilder {
  #rows = 0
  #capacity = 256
  /** Row → value; NaN where there is none. */
  readonly #columns = new Map<GcutilColumn, Float64Array>()
  /** Row → uptime in seconds; NaN without `-t`. */
  #seconds = new Float64Array(this.#capacity)
  #lines = new Uint32Array(this.#capacity)
  readonly #skipped: SkippedLine[] = []
  #skippedTotal = 0

  /** @param line is asked only for lines that are listed, not merely counted. */
  addSkipped(line: () => SkippedLine): void {
    if (++this.#skippedTotal <= MAX_SKIPPED) this.#skipped.push(line())
  }

  /** @param values those of the row, in the order of the header, the uptime first if it has one. */
  addRow(line: number, header: Extract<Header, { kind: 'gcutil' }>, values: Float64Array): void {
    if (this.#rows === this.#capacity) this.#grow()
    const row = this.#rows++
    const first = header.timestamp ? 1 : 0
    this.#lines[row] = line
    this.#seconds[row] = header.timestamp ? values[0]! : Number.NaN
    header.columns.forEach((name, index) => {
      this.#column(name)[row] = values[first + index]!
    })
  }

  #column(name: GcutilColumn): Float64Array {
    const known = this.#columns.get(name)
    if (known !== undefined) return known
    const column = new Float64Array(this.#capacity).fill(Number.NaN)
    this.#columns.set(name, column)
    return column
  }

  #grow(): void {
    this.#capacity *= 2
    for (const [name, column] of this.#columns) this.#columns.set(name, this.#widened(column))
    this.#seconds = this.#widened(this.#seconds)
    const lines = new Uint32Array(this.#capacity)
    lines.set(this.#lines)
    this.#lines = lines
  }

  #widened(column: Float64Array): Float64Array<ArrayBuffer> {
    const wider = new Float64Array(this.#capacity).fill(Number.NaN, column.length)
    wider.set(column)
    return wider
  }

  /** The log, or undefined when it has no row. */
  finish(): JstatLog | undefined {
    const rows = this.#rows
    if (rows === 0) return undefined
    const columns = GCUTIL_COLUMNS.filter((name) => this.#columns.has(name))
    const values = Object.fromEntries(columns.map((name) => [name, this.#columns.get(name)!.slice(0, rows)]))
    const seconds = this.#seconds.slice(0, rows)
    const axis = isAscending(seconds) ? 'seconds' : 'row'
    return {
      kind: 'jstat-log',
      rows,
      columns,
      values,
      axis,
      x: axis === 'seconds' ? seconds : Float64Array.from({ length: rows }, (_, row) => row + 1),
      lines: this.#lines.slice(0, rows),
      restarts: findRestarts(values, seconds),
      skipped: this.#skipped,
      skippedTotal: this.#skippedTotal,
    }
  }
}

/** False also when a value is NaN. */
function isAscending(values: Float64Array): boolean {
  return values.every((value, index) => value >= (index === 0 ? value : values[index - 1]!))
}
