import { HeapCursor, LARGEST_INSTANCE } from '@heaptrail/hprof/heap-cursor'
import { Sub, primitiveSize } from '@heaptrail/hprof/tags'
import { type ClassUses, ClassUseCounter } from './class-uses.ts'
import { type ArrayRow, LargestArrays } from './largest-arrays.ts'
import type { PassThread } from './pass-thread.ts'
import { type RangeOutcome, rangeOutcome } from './range-outcome.ts'
import { RootList } from './root-list.ts'
import { SlotBitmap, type SlotPages } from './slot-bitmap.ts'
import { STRETCH, type Units, unitCount } from './units.ts'

export interface ScanInput {
  readonly identifierSize: 4 | 8
  readonly units: Units
  /**
   * The last range's end is not to be trusted: when its last sub-record reaches beyond, or a heap record begins
   * before it, read on up to this byte. 0 when all ranges are sure.
   */
  readonly openEnd: number
}

/** How many objects of which kind. */
export interface ScanCounts {
  readonly objects: number
  /** Basic type → arrays of it, and the bytes of their elements, those of each array rounded up to 8. */
  readonly primitive: Float64Array
  readonly primitiveBytes: Float64Array
  readonly uses: ClassUses
  /** Of primitives and of references, so many of each. */
  readonly largestArrays: readonly ArrayRow[]
  /** Positions of class sub-records. */
  readonly classes: Float64Array
}

/** What one thread found out about its units. */
export interface ScanResult extends ScanCounts {
  readonly pages: SlotPages
  readonly unaligned: number
  readonly duplicates: number
  readonly zeroIds: number
  /** The ids fit no bitmap of slots; `pages` is incomplete. */
  readonly sparse: boolean
  readonly roots: Int32Array
  readonly droppedRoots: number
  /** More classes, or ids in the place of classes, than any JVM has. */
  readonly tooManyClasses: boolean
  readonly outcomes: readonly RangeOutcome[]
}

/** More classes than any JVM has loaded. */
const MOST_CLASSES = 1_000_000
/** A range is divided after so many bytes. */
const SPLIT_BYTES = 8 << 20

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
  private readonly primitiveBytes = new Float64Array(12)
  private readonly primitiveArrays = new LargestArrays()
  private readonly objectArrays = new LargestArrays()
  private readonly classes: number[] = []
  private readonly outcomes: RangeOutcome[] = []
  private splits: number[] = []
  /** A position: see HeapCursor. */
  private splitAt = -0
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
        : rangeOutcome(
            this.cursor.stop,
            { range, end: on === undefined ? end : this.input.openEnd, splits: this.splits },
            open,
          )
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

  /** So far. Cheap enough to be asked for while the pass is under way. */
  counts(): ScanCounts {
    return {
      objects: this.bitmap.objects,
      primitive: this.primitive,
      primitiveBytes: this.primitiveBytes,
      uses: this.uses.result(),
      largestArrays: [...this.primitiveArrays.result(), ...this.objectArrays.result()],
      classes: Float64Array.from(this.classes),
    }
  }

  result(): ScanResult {
    return {
      ...this.counts(),
      pages: this.bitmap.pages(),
      unaligned: this.bitmap.unaligned,
      duplicates: this.bitmap.duplicates,
      zeroIds: this.zeroIds,
      sparse: this.bitmap.sparse,
      roots: this.roots.result(),
      droppedRoots: this.roots.dropped,
      tooManyClasses: this.uses.tooMany || this.classes.length === MOST_CLASSES,
      outcomes: this.outcomes,
    }
  }

  private walk(from: number): void {
    const { cursor } = this
    let done = from
    cursor.skipTo(this.window())
    while (cursor.next()) {
      done = this.checkpoint(done)
      this.record()
      cursor.skipTo(this.window())
    }
    this.advance(done)
  }

  /**
   * Reads on in the window while there are only instances and arrays. Everything else is left to the cursor.
   * @returns where the cursor is to go on
   */
  private window(): number {
    const { offset, lastSafe } = this.cursor
    for (let at = offset; ;) {
      const end = Math.min(lastSafe, at + STRETCH)
      at = this.stretch(at, end)
      if (at <= end || at > lastSafe) return at
    }
  }

  /** The same of what begins from place `from` of the window on, up to `last`. @returns the place of what follows */
  private stretch(from: number, last: number): number {
    const { cursor, primitive, primitiveBytes } = this
    const { bytes, view } = cursor.window
    const width = this.input.identifierSize
    const header = 2 * width + 9
    const { filledTo } = cursor
    let at = from
    while (at <= last) {
      const tag = bytes[at]
      const high = width === 8 ? view.getInt32(at + 1) : 0
      const low = view.getInt32(at + width - 3)
      let next = at
      if (tag === Sub.instanceDump) {
        const count = view.getInt32(at + 2 * width + 5)
        if (count < 0 || count > LARGEST_INSTANCE) break
        next = at + header + count
        if (next > filledTo) break
        this.uses.instance(width === 8 ? view.getInt32(at + 13) : 0, view.getInt32(at + 2 * width + 1), count)
      } else if (tag === Sub.primitiveArrayDump) {
        const count = view.getInt32(at + width + 5)
        const type = bytes[at + width + 9]
        const size = primitiveSize(type)
        if (size === 0 || count < 0 || count > filledTo) break
        next = at + width + 10 + count * size
        if (next > filledTo) break
        primitive[type]++
        primitiveBytes[type] += (count * size + 7) & ~7
        if (count * size >= this.primitiveArrays.least) this.largePrimitive(high, low, type, count)
      } else if (tag === Sub.objectArrayDump) {
        const count = view.getInt32(at + width + 5)
        if (count < 0 || count > filledTo) break
        next = at + header + count * width
        if (next > filledTo) break
        const classHigh = width === 8 ? view.getInt32(at + 17) : 0
        const classLow = view.getInt32(at + 2 * width + 5)
        this.uses.array(classHigh, classLow, count)
        if (count * width >= this.objectArrays.least) this.largeArray(high, low, classHigh, classLow, count)
      } else break
      if ((high | low) === 0) this.zeroIds++
      else this.bitmap.add(high, low)
      at = next
    }
    return at
  }

  /** The sub-record at which the cursor stands. */
  private record(): void {
    const { cursor } = this
    const { idHigh, idLow, classHigh, classLow, count } = cursor
    switch (cursor.tag) {
      case Sub.instanceDump:
        this.uses.instance(classHigh, classLow, count)
        this.object()
        break
      case Sub.primitiveArrayDump:
      case Sub.primitiveArrayNoData:
        this.primitive[cursor.elementType]++
        this.primitiveBytes[cursor.elementType] += Math.ceil((count * primitiveSize(cursor.elementType)) / 8) * 8
        this.largePrimitive(idHigh, idLow, cursor.elementType, count)
        this.object()
        break
      case Sub.objectArrayDump:
        this.uses.array(classHigh, classLow, count)
        this.largeArray(idHigh, idLow, classHigh, classLow, count)
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

  private largePrimitive(idHigh: number, idLow: number, type: number, elements: number): void {
    const bytes = elements * primitiveSize(type)
    if (bytes < this.primitiveArrays.least) return
    this.primitiveArrays.add({ idHigh, idLow, classHigh: 0, classLow: type, isPrimitive: true, elements, bytes })
  }

  private largeArray(idHigh: number, idLow: number, classHigh: number, classLow: number, elements: number): void {
    const bytes = elements * this.input.identifierSize
    if (bytes < this.objectArrays.least) return
    this.objectArrays.add({ idHigh, idLow, classHigh, classLow, isPrimitive: false, elements, bytes })
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
}
