import { HeapCursor } from '@heaptrail/hprof/heap-cursor'
import { Sub } from '@heaptrail/hprof/tags'
import { type ClassUses, ClassUseCounter } from './class-uses.ts'
import type { PassThread } from './pass-thread.ts'
import { RootList } from './root-list.ts'
import { SlotBitmap, type SlotPages } from './slot-bitmap.ts'
import { type Units, unitCount } from './units.ts'

export interface ScanInput {
  readonly identifierSize: 4 | 8
  readonly units: Units
  /**
   * The last range's end is not to be trusted: when its last sub-record reaches beyond, or a heap record begins
   * before it, read on up to this byte. 0 when all ranges are sure.
   */
  readonly openEnd: number
}

/** How reading of one range ended, where that was not exactly at its end, or where it may be split. */
export interface RangeOutcome {
  readonly range: number
  /** Byte up to which sub-records were read. */
  readonly end: number
  /** Sub-record boundaries inside, at which the range may be divided. */
  readonly splits: readonly number[]
  /** Why not all of the range could be read. */
  readonly damage: string | undefined
}

/** What one thread found out about its units. */
export interface ScanResult {
  readonly objects: number
  /** Basic type → arrays of it. */
  readonly primitive: Float64Array
  readonly pages: SlotPages
  readonly unaligned: number
  readonly duplicates: number
  readonly zeroIds: number
  /** The ids fit no bitmap of slots; `pages` is incomplete. */
  readonly sparse: boolean
  /** Positions of class sub-records. */
  readonly classes: Float64Array
  readonly roots: Int32Array
  readonly droppedRoots: number
  readonly uses: ClassUses
  /** More classes, or ids in the place of classes, than any JVM has. */
  readonly tooManyClasses: boolean
  readonly outcomes: readonly RangeOutcome[]
}

/** More classes than any JVM has loaded. */
const MOST_CLASSES = 1_000_000
/** Damage of a range that the file cuts off. */
export const FILE_ENDS = 'The file ends in the middle of its heap'
/** A range is divided after so many bytes. */
const SPLIT_BYTES = 8 << 20
const CHECK_EVERY = 1 << 12

/**
 * First pass: which slots of the heap hold an object, where the classes are, the roots, and how often each class
 * is used. Values and elements are stepped over.
 */
export function scanUnits(input: ScanInput, thread: PassThread): ScanResult {
  const scan = new Scan(input, thread)
  const count = unitCount(input.units)
  for (let unit = thread.next(); unit >= 0 && unit < count; unit = thread.next()) {
    const { first, bounds } = input.units
    for (let range = first[unit]; range < first[unit + 1]; range++) {
      scan.range(range, bounds[range * 2], bounds[range * 2 + 1])
    }
  }
  return scan.result()
}

/** State of one thread's first pass. */
export class Scan {
  private readonly input: ScanInput
  private readonly thread: PassThread
  private readonly cursor: HeapCursor
  private readonly bitmap = new SlotBitmap()
  private readonly uses = new ClassUseCounter()
  private readonly roots = new RootList()
  private readonly primitive = new Float64Array(12)
  private readonly classes: number[] = []
  private readonly outcomes: RangeOutcome[] = []
  private splits: number[] = []
  private splitAt = 0
  private zeroIds = 0

  constructor(input: ScanInput, thread: PassThread) {
    this.input = input
    this.thread = thread
    this.cursor = new HeapCursor(thread.source, input.identifierSize)
  }

  range(range: number, from: number, end: number): RangeOutcome {
    this.splits = []
    this.splitAt = from + SPLIT_BYTES
    this.cursor.open(from, end)
    this.walk(from)
    const open = this.input.openEnd > 0 && (range + 1) * 2 === this.input.units.bounds.length
    const on = open ? this.goesOnAt(end) : undefined
    if (on !== undefined) {
      this.cursor.open(on, this.input.openEnd)
      this.walk(on)
    }
    const outcome =
      on === end && this.stoppedAt(end)
        ? { range, end, splits: this.splits, damage: undefined }
        : this.outcome(range, on === undefined ? end : this.input.openEnd, open)
    if (open || outcome.damage !== undefined || outcome.splits.length > 0) this.outcomes.push(outcome)
    return outcome
  }

  /** Where a range of unknown length goes on: at its declared end, or with the sub-record that crosses it. */
  private goesOnAt(end: number): number | undefined {
    const { stop } = this.cursor
    if (stop.kind === 'cut') return stop.byte
    return stop.kind === 'end' && end < this.input.openEnd ? end : undefined
  }

  /** What stands at the declared end is no sub-record: then the heap ends there, whatever follows. */
  private stoppedAt(byte: number): boolean {
    const { stop } = this.cursor
    return stop.kind === 'damaged' && stop.byte === byte
  }

  result(): ScanResult {
    return {
      objects: this.bitmap.objects,
      primitive: this.primitive,
      pages: this.bitmap.pages(),
      unaligned: this.bitmap.unaligned,
      duplicates: this.bitmap.duplicates,
      zeroIds: this.zeroIds,
      sparse: this.bitmap.sparse,
      classes: Float64Array.from(this.classes),
      roots: this.roots.result(),
      droppedRoots: this.roots.dropped,
      uses: this.uses.result(),
      tooManyClasses: this.uses.tooMany || this.classes.length === MOST_CLASSES,
      outcomes: this.outcomes,
    }
  }

  private walk(from: number): void {
    const { cursor, uses } = this
    let done = from
    let check = CHECK_EVERY
    while (cursor.next()) {
      if (--check === 0) {
        done = this.checkpoint(done)
        check = CHECK_EVERY
      }
      switch (cursor.tag) {
        case Sub.instanceDump:
          uses.instance(cursor.classHigh, cursor.classLow, cursor.count)
          this.object()
          break
        case Sub.primitiveArrayDump:
        case Sub.primitiveArrayNoData:
          this.primitive[cursor.elementType]++
          this.object()
          break
        case Sub.objectArrayDump:
          uses.array(cursor.classHigh, cursor.classLow, cursor.count)
          this.object()
          break
        case Sub.classDump:
          if (this.classes.length < MOST_CLASSES) this.classes.push(cursor.position())
          this.object()
          break
        case Sub.unreachable:
        case Sub.heapDumpInfo:
          break
        default:
          this.roots.add(cursor)
      }
    }
    this.advance(done)
  }

  private object(): void {
    const { idHigh, idLow } = this.cursor
    if ((idHigh | idLow) === 0) this.zeroIds++
    else this.bitmap.add(idHigh, idLow)
  }

  /** A sub-record was read: a place to divide the range. */
  private checkpoint(done: number): number {
    const position = this.cursor.position()
    if (position >= this.splitAt) {
      this.splits.push(position)
      this.splitAt = position + SPLIT_BYTES
    }
    return this.advance(done)
  }

  private advance(done: number): number {
    const position = this.cursor.position()
    this.thread.advance(Math.max(0, position - done))
    return Math.max(position, done)
  }

  private outcome(range: number, end: number, open: boolean): RangeOutcome {
    const { stop } = this.cursor
    const { splits } = this
    switch (stop.kind) {
      case 'end':
        return { range, end, splits, damage: undefined }
      case 'next-record':
        return {
          range,
          end: stop.byte,
          splits,
          damage: open ? undefined : 'A record begins in the middle of a heap segment',
        }
      case 'cut':
        return {
          range,
          end: stop.byte,
          splits,
          damage: open ? FILE_ENDS : 'A sub-record reaches beyond its heap segment',
        }
      case 'damaged':
        return { range, end: stop.byte, splits, damage: stop.message }
    }
  }
}
