import { HeapCursor } from '@heaptrail/hprof/heap-cursor'
import { Sub, primitiveSize } from '@heaptrail/hprof/tags'
import { LAST_REFERENCE, LENGTH_IN_HEAD, LENGTH_IN_RUN, NO_REFERENCES } from '../parsed-heap.ts'
import { type ClassTable, classNumber } from './class-table.ts'
import { type IdIndex, type IdIndexData, openIdIndex } from './id-index.ts'
import type { PassThread } from './pass-thread.ts'
import { RunWriter } from './run-writer.ts'
import { STRETCH, type Units, unitCount } from './units.ts'

/** The columns over ranks that the second pass fills; see ParsedHeap. */
export interface Columns {
  readonly heads: Int32Array
  readonly positionLow: Uint32Array
  readonly positionHigh: Uint8Array | undefined
  readonly targets: Uint32Array
  /** One entry: blocks of `targets` that are taken. */
  readonly blocks: Int32Array
}

export interface ReferencesInput {
  readonly identifierSize: 4 | 8
  readonly units: Units
  readonly ids: IdIndexData
  readonly classes: ClassTable
  readonly columns: Columns
  /** Some ids occur twice: the first one in the dump wins. Needs one thread that gets the units in order. */
  readonly duplicates: boolean
}

export interface ReferencesResult {
  readonly written: number
  /** References to ids that are no object. */
  readonly dangling: number
  /** Instances whose values are fewer or more bytes than their class asks for. */
  readonly misfits: number
}

/** Second pass: class, length, position and references of every object but the classes. */
export function readReferences(input: ReferencesInput, thread: PassThread): ReferencesResult {
  const reader = new ReferenceReader(input, new HeapCursor(thread.source, input.identifierSize))
  const { first, bounds } = input.units
  const count = unitCount(input.units)
  for (let next = thread.next(); next >= 0 && next < count; next = thread.next()) {
    // What the first pass read last is read first: of a dump larger than the page cache that part is still there.
    const unit = input.duplicates ? next : count - 1 - next
    for (let range = first[unit]; range < first[unit + 1]; range++) {
      reader.range(bounds[range * 2], bounds[range * 2 + 1])
      thread.advance(bounds[range * 2 + 1] - bounds[range * 2])
    }
  }
  return { written: reader.runs.written, dangling: reader.dangling, misfits: reader.misfits }
}

class ReferenceReader {
  dangling = 0
  misfits = 0
  readonly runs: RunWriter
  private readonly cursor: HeapCursor
  private readonly ids: IdIndex
  private readonly classes: ClassTable
  private readonly columns: Columns
  private readonly duplicates: boolean
  private readonly width: 4 | 8

  constructor(input: ReferencesInput, cursor: HeapCursor) {
    this.cursor = cursor
    this.ids = openIdIndex(input.ids)
    this.classes = input.classes
    this.columns = input.columns
    this.duplicates = input.duplicates
    this.width = input.identifierSize
    this.runs = new RunWriter(input.columns)
  }

  range(from: number, end: number): void {
    const { cursor } = this
    cursor.open(from, end)
    cursor.skipTo(this.window())
    while (cursor.next()) {
      this.record()
      cursor.skipTo(this.window())
    }
  }

  /**
   * Reads on in the window while there are only instances and arrays that lie in it as a whole. The rest is the cursor's.
   * @returns where the cursor is to go on
   */
  private window(): number {
    const { offset, lastSafe } = this.cursor
    if (this.duplicates) return offset
    for (let at = offset; ;) {
      const end = Math.min(lastSafe, at + STRETCH)
      at = this.stretch(at, end)
      if (at <= end || at > lastSafe) return at
    }
  }

  /** The same of what begins from place `from` of the window on, up to `last`. @returns the place of what follows */
  // oxlint-disable-next-line max-lines-per-function -- the hot loop of the parse: a call per object would cost
  private stretch(from: number, last: number): number {
    const { cursor, ids, classes, width } = this
    const { firstOffset, offsets, primitive } = classes
    const { heads, positionLow, positionHigh, targets } = this.columns
    const { bytes, view, start } = cursor.window
    const { filledTo } = cursor
    const header = 2 * width + 9
    let at = from
    while (at <= last) {
      const tag = bytes[at]
      const rank = ids.rankOf(width === 8 ? view.getInt32(at + 1) : 0, view.getInt32(at + width - 3))
      if (rank <= 0) break
      let next = at
      let begin = NO_REFERENCES
      if (tag === Sub.instanceDump) {
        const count = view.getInt32(at + 2 * width + 5)
        next = at + header + count
        if (count < 0 || next > filledTo) break
        const number = classNumber(classes, width === 8 ? view.getInt32(at + 13) : 0, view.getInt32(at + 2 * width + 1))
        const from = firstOffset[number]
        const to = firstOffset[number + 1]
        if (from !== to) {
          if (offsets[to - 1] + width > count) break
          begin = this.runs.reserveHere(to - from)
          if (begin < 0) break
          let end = begin
          for (let i = from; i < to; i++) {
            const value = at + header + offsets[i]
            const low = view.getInt32(value + width - 4)
            const high = width === 8 ? view.getInt32(value) : 0
            if ((low | high) === 0) continue
            const target = ids.rankOf(high, low)
            if (target < 0) this.dangling++
            else targets[end++] = target
          }
          begin = this.endRun(begin, end)
        }
        heads[2 * rank + 1] = number
      } else if (tag === Sub.primitiveArrayDump) {
        const count = view.getInt32(at + width + 5)
        const type = bytes[at + width + 9]
        const size = primitiveSize(type)
        if (size === 0 || count < 0 || count > filledTo) break
        next = at + width + 10 + count * size
        if (next > filledTo) break
        begin = count
        heads[2 * rank + 1] = primitive[type] | LENGTH_IN_HEAD
      } else if (tag === Sub.objectArrayDump) {
        const count = view.getInt32(at + width + 5)
        if (count < 0 || count > filledTo) break
        next = at + header + count * width
        if (next > filledTo) break
        const number = classNumber(classes, width === 8 ? view.getInt32(at + 17) : 0, view.getInt32(at + 2 * width + 5))
        begin = this.runs.reserveHere(count + 1)
        if (begin < 0) break
        targets[begin] = count
        begin = this.endRun(begin, this.elements(at + header, next, begin + 1))
        heads[2 * rank + 1] = number | LENGTH_IN_RUN
      } else break
      heads[2 * rank] = begin
      const position = start + at
      positionLow[rank] = position
      if (positionHigh !== undefined) positionHigh[rank] = position / 2 ** 32
      at = next
    }
    return at
  }

  /** The sub-record at which the cursor stands. */
  private record(): void {
    switch (this.cursor.tag) {
      case Sub.instanceDump:
        this.instance()
        break
      case Sub.primitiveArrayDump:
      case Sub.primitiveArrayNoData:
        this.primitiveArray()
        break
      case Sub.objectArrayDump:
        this.objectArray()
        break
    }
  }

  private instance(): void {
    const { cursor } = this
    const number = classNumber(this.classes, cursor.classHigh, cursor.classLow)
    const rank = this.place(number)
    if (rank < 0) return
    const from = this.classes.firstOffset[number]
    const to = this.classes.firstOffset[number + 1]
    if (from === to) {
      this.columns.heads[2 * rank] = NO_REFERENCES
      return
    }
    cursor.load()
    this.columns.heads[2 * rank] = this.fields(from, to)
  }

  /** Writes the references of the current instance. @returns where its run begins. */
  private fields(from: number, to: number): number {
    const { cursor, ids, width } = this
    const { offsets } = this.classes
    const { view } = cursor.window
    const { targets } = this.columns
    const begin = this.runs.reserve(to - from)
    let at = begin
    for (let i = from; i < to; i++) {
      if (offsets[i] + width > cursor.count) {
        this.misfits++
        break
      }
      const value = cursor.dataAt + offsets[i]
      const low = view.getInt32(value + width - 4)
      const high = width === 8 ? view.getInt32(value) : 0
      if ((low | high) === 0) continue
      const target = ids.rankOf(high, low)
      if (target < 0) this.dangling++
      else targets[at++] = target
    }
    return this.endRun(begin, at)
  }

  private objectArray(): void {
    const { cursor, width } = this
    const rank = this.place(classNumber(this.classes, cursor.classHigh, cursor.classLow) | LENGTH_IN_RUN)
    if (rank < 0) return
    const { count } = cursor
    const begin = this.runs.reserve(count + 1)
    let at = begin
    this.columns.targets[at++] = count
    for (let index = 0; index < count;) {
      const there = Math.min(cursor.elements(index), STRETCH / width)
      if (there === 0) break
      at = this.elements(cursor.dataAt, cursor.dataAt + there * width, at)
      index += there
    }
    this.columns.heads[2 * rank] = this.endRun(begin, at)
  }

  /** Writes the references from place `from` of the window on to entry `begin` and following. @returns the entry behind them */
  private elements(from: number, to: number, begin: number): number {
    const { ids, width } = this
    const { view } = this.cursor.window
    const { targets } = this.columns
    let at = begin
    for (let value = from; value < to; value += width) {
      const low = view.getInt32(value + width - 4)
      const high = width === 8 ? view.getInt32(value) : 0
      if ((low | high) === 0) continue
      const target = ids.rankOf(high, low)
      if (target < 0) this.dangling++
      else targets[at++] = target
    }
    return at
  }

  private primitiveArray(): void {
    const rank = this.place(this.classes.primitive[this.cursor.elementType] | LENGTH_IN_HEAD)
    if (rank >= 0) this.columns.heads[2 * rank] = this.cursor.count
  }

  private endRun(begin: number, at: number): number {
    if (at === begin) return NO_REFERENCES
    this.columns.targets[at - 1] |= LAST_REFERENCE
    this.runs.advance(at)
    return begin
  }

  /**
   * Notes class and position of the current object.
   * @param number of the class, and where its length stands
   * @returns its rank, or −1 when it is to be left out
   */
  private place(number: number): number {
    const { cursor, columns } = this
    const rank = this.ids.rankOf(cursor.idHigh, cursor.idLow)
    if (rank <= 0) return -1
    if (this.duplicates && (columns.positionLow[rank] !== 0 || (columns.positionHigh?.[rank] ?? 0) !== 0)) return -1
    const position = cursor.position()
    columns.heads[2 * rank + 1] = number
    columns.positionLow[rank] = position
    if (columns.positionHigh !== undefined) columns.positionHigh[rank] = position / 2 ** 32
    return rank
  }
}
