/** Collects the rows of one class histogram. */
import type { Stamp } from '../stamp.ts'
import { readableClassName, splitModule } from './class-name.ts'
import type { ClassHistogram } from './histogram.ts'

export class HistogramBuilder {
  readonly #line: number
  readonly #counted: ClassHistogram['counted']
  readonly #pid: number | undefined
  readonly #stamp: Stamp | undefined
  readonly #names: string[] = []
  readonly #modules: string[] = []
  readonly #instances: number[] = []
  readonly #bytes: number[] = []
  readonly #ranks: number[] = []
  readonly #lines: number[] = []
  #total: ClassHistogram['total']

  constructor(
    line: number,
    command: { readonly counted: ClassHistogram['counted']; readonly pid: number | undefined } | undefined,
    stamp: Stamp | undefined,
  ) {
    this.#line = line
    this.#counted = command?.counted ?? 'unknown'
    this.#pid = command?.pid
    this.#stamp = stamp
  }

  get rows(): number {
    return this.#names.length
  }

  get lastRank(): number {
    return this.#ranks.at(-1) ?? 0
  }

  addRow(
    row: { readonly rank: number; readonly instances: number; readonly bytes: number; readonly className: string },
    line: number,
  ): void {
    const { name, module } = splitModule(row.className)
    this.#names.push(readableClassName(name))
    this.#modules.push(module ?? '')
    this.#instances.push(row.instances)
    this.#bytes.push(row.bytes)
    this.#ranks.push(row.rank)
    this.#lines.push(line)
  }

  setTotal(instances: number, bytes: number, line: number): void {
    this.#total = { instances, bytes, line }
  }

  /** Undefined when it has no row. */
  finish(): ClassHistogram | undefined {
    if (this.rows === 0) return undefined
    const sum = { instances: sumOf(this.#instances), bytes: sumOf(this.#bytes) }
    return {
      kind: 'class-histogram',
      rows: this.rows,
      names: this.#names,
      modules: this.#modules,
      instances: Float64Array.from(this.#instances),
      bytes: Float64Array.from(this.#bytes),
      ranks: Uint32Array.from(this.#ranks),
      lines: Uint32Array.from(this.#lines),
      sum,
      total: this.#total,
      completeness: completeness(sum, this.#total),
      counted: this.#counted,
      pid: this.#pid,
      stamp: this.#stamp === undefined ? undefined : { kind: this.#stamp.kind, milliseconds: this.#stamp.milliseconds },
      line: this.#line,
    }
  }
}

function completeness(sum: ClassHistogram['sum'], total: ClassHistogram['total']): ClassHistogram['completeness'] {
  if (total === undefined) return 'no-total'
  return total.instances === sum.instances && total.bytes === sum.bytes ? 'complete' : 'differs'
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
