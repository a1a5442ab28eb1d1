import type { ByteSource } from '@heaptrail/hprof/byte-source'
import { HprofError } from '@heaptrail/hprof/errors'
import type { HprofHeader } from '@heaptrail/hprof/header'
import { RecordWalker } from '@heaptrail/hprof/record-walker'
import type { OnProgress } from '../progress.ts'
import { counted } from './counted.ts'
import { divideSegments, guessedRight } from './divide-segments.ts'
import { type DumpRecords, type HeapSegment, collectRecords, noRecords } from './dump-records.ts'
import type { PassRunner } from './pass-runner.ts'
import { MOST_ROOTS, hasSystemClass } from './root-list.ts'
import { FILE_ENDS, type RangeOutcome } from './range-outcome.ts'
import type { ScanResult } from './scan.ts'
import { type HeapRange, units } from './units.ts'

/** What the walk over the records and the first pass over the heap segments found. */
export interface ScannedDump {
  readonly records: DumpRecords
  readonly scans: readonly ScanResult[]
  /** What of the heap segments can be read, in order, none of them large. */
  readonly ranges: readonly HeapRange[]
  readonly classPositions: Float64Array
  /** Basic type → arrays of it. */
  readonly primitiveArrays: Float64Array
  readonly partial: { readonly message: string; readonly byte: number } | undefined
  /** The file ends inside of the heap. */
  readonly isCut: boolean
  readonly notes: readonly string[]
}

/** What was found so far. */
export type ScanFindings = Pick<ScannedDump, 'records' | 'scans' | 'ranges' | 'partial' | 'isCut' | 'notes'>

/**
 * Walks the records, then the heap segments that they named (first pass, on all threads). Where a heap record's
 * length cannot be right, its sub-records tell where it really ends, and the walk goes on there.
 */
export async function scanDump(
  source: ByteSource,
  header: HprofHeader,
  runner: PassRunner,
  onProgress: OnProgress,
): Promise<ScannedDump> {
  onProgress('scan', 0)
  const scan = new DumpScan(source, header, runner, onProgress)
  let from: number | undefined = header.bodyAt
  while (from !== undefined) from = await scan.round(from)
  return scan.result()
}

/**
 * What there is to know of a dump when all of its heap was scanned.
 * @throws HprofError when it has more classes than any JVM loads
 */
export function scannedDump(found: ScanFindings, bodyAt: number): ScannedDump {
  const { records, scans, ranges } = found
  if (scans.some((scan) => scan.tooManyClasses)) {
    throw new HprofError('The dump has more than a million classes: this is no dump of a JVM.', bodyAt)
  }
  const classPositions = Float64Array.from(scans.flatMap((scan) => [...scan.classes])).toSorted()
  const primitiveArrays = new Float64Array(12)
  for (const scan of scans) scan.primitive.forEach((count, type) => (primitiveArrays[type] += count))
  const notes = [...found.notes, ...leftOut(records, scans)]
  const common = { records, scans, ranges, classPositions, primitiveArrays, notes }
  const byte = records.spans.at(-1)?.end ?? bodyAt
  if (found.partial === undefined && isUnfinished(records, scans)) {
    const message = `The file ends at byte ${byte}, before its GC roots and the record that ends a heap: it was still being written, or its copy broke off.`
    return { ...common, partial: { message, byte }, isCut: true }
  }
  return { ...common, partial: found.partial, isCut: found.isCut }
}

/** Cut off between two segments: what JVMs write last is missing. Other writers leave out one or the other, not both. */
function isUnfinished(records: DumpRecords, scans: readonly ScanResult[]): boolean {
  return records.segments.length > 0 && !records.ended && !scans.some((scan) => hasSystemClass(scan.roots))
}

function leftOut(records: DumpRecords, scans: readonly ScanResult[]): string[] {
  const notes: string[] = []
  if (records.unknown > 0) notes.push(`Stepped over: ${counted(records.unknown, 'record')} of unknown type.`)
  if (records.furtherHeap) notes.push('The file holds a further heap dump after the first; only the first was read.')
  if (records.dropped > 0)
    notes.push(
      `Left out: ${counted(records.dropped, 'class name, stack frame or trace', 'class names, stack frames and traces')} beyond what is kept.`,
    )
  const droppedRoots = scans.reduce((sum, scan) => sum + scan.droppedRoots, 0)
  if (droppedRoots > 0)
    notes.push(`Left out: ${counted(droppedRoots, 'GC root')} beyond the first ${MOST_ROOTS} of a part.`)
  return notes
}

/** What of a segment can be read, divided where that may be done. */
export function readableRanges(segment: HeapRange, outcome: RangeOutcome | undefined): HeapRange[] {
  const ranges: HeapRange[] = []
  const end = outcome?.end ?? segment.end
  let from = segment.from
  for (const split of outcome?.splits ?? []) {
    ranges.push({ from, end: split })
    from = split
  }
  if (end > from) ranges.push({ from, end })
  return ranges
}

function outcomesOf(results: readonly ScanResult[]): RangeOutcome[] {
  return results.flatMap((result) => result.outcomes)
}

const RECORD_HEADER = 9
/** So many bytes behind damage records are looked for: more than a segment has that today's JVMs write. */
const LOOKED_AT = 16 << 20
/** More heap records of wrong lengths, and other places of damage, are no accident. */
const MOST_ROUNDS = 1000
const MAGIC = 'JAVA PROFILE '

function unread(bytes: number): string {
  return `${counted(bytes, 'byte')} of it could not be read.`
}

class DumpScan {
  readonly scans: ScanResult[] = []
  readonly ranges: HeapRange[] = []
  readonly records = noRecords()
  readonly notes: string[] = []
  partial: ScannedDump['partial']
  isCut = false
  private readonly source: ByteSource
  private readonly header: HprofHeader
  private readonly runner: PassRunner
  private readonly onProgress: OnProgress
  private readonly walker: RecordWalker
  private scanned = 0
  private rounds = 0
  /** Bytes of the rounds before. */
  private passed = 0

  constructor(source: ByteSource, header: HprofHeader, runner: PassRunner, onProgress: OnProgress) {
    this.source = source
    this.header = header
    this.runner = runner
    this.onProgress = onProgress
    this.walker = new RecordWalker(source, header.identifierSize)
  }

  /** @returns where the records go on after a heap record of unknown length. */
  async round(from: number): Promise<number | undefined> {
    const { walker, records } = this
    if (this.rounds++ === MOST_ROUNDS) {
      this.damaged(from, `The file is damaged at byte ${from}, the ${MOST_ROUNDS}th place: what follows was not read.`)
      return undefined
    }
    collectRecords(walker, from, this.header.identifierSize, records)
    const open = !walker.trusted && !records.furtherHeap
    const { stop } = walker
    const on = !open && stop.kind === 'no-record' ? this.stopped(stop.byte, stop.message, stop.isCut) : undefined
    const segments = records.segments.slice(this.scanned)
    this.scanned = records.segments.length
    if (segments.length === 0) return on
    const last = await this.pass(segments, open)
    if (!open || last === undefined) return on
    return this.afterOpen(segments[segments.length - 1], last)
  }

  result(): ScannedDump {
    return scannedDump(this, this.header.bodyAt)
  }

  /** @returns how the last of them ended, if that is worth telling */
  private async pass(segments: readonly HeapRange[], open: boolean): Promise<RangeOutcome | undefined> {
    const { source, header, runner } = this
    const before = this.passed
    let ranges = runner.threads > 1 ? divideSegments(source, header.identifierSize, segments) : []
    let results = ranges.length > segments.length ? await this.scan(ranges, open) : []
    if (results.length === 0 || !guessedRight(ranges, outcomesOf(results))) {
      this.passed = before
      ranges = segments.map((segment) => ({ ...segment, goesOn: false }))
      results = await this.scan(ranges, open)
    }
    this.scans.push(...results)
    const byRange = new Map(outcomesOf(results).map((outcome) => [outcome.range, outcome]))
    ranges.forEach((range, number) => this.addRange(range, byRange.get(number)))
    return byRange.get(ranges.length - 1)
  }

  private scan(ranges: readonly HeapRange[], open: boolean): Promise<readonly ScanResult[]> {
    const size = Math.max(1, this.source.size)
    const before = this.passed
    const input = {
      identifierSize: this.header.identifierSize,
      units: units(ranges),
      openEnd: open ? this.source.size : 0,
    }
    return this.runner.scan(input, (bytes) => {
      this.passed = before + bytes
      this.onProgress('scan', Math.min(1, this.passed / size))
    })
  }

  private addRange(segment: HeapRange, outcome: RangeOutcome | undefined): void {
    this.ranges.push(...readableRanges(segment, outcome))
    if (outcome?.damage === undefined) return
    const { end } = outcome
    if (outcome.damage === FILE_ENDS) this.cut(end)
    else this.damaged(end, `The heap is damaged at byte ${end}: ${outcome.damage}. ${unread(segment.end - end)}`)
  }

  /** A heap record of unknown length was read as far as its sub-records go. */
  private afterOpen(segment: HeapSegment, outcome: RangeOutcome): number | undefined {
    const { size } = this.source
    if (outcome.damage !== undefined) return undefined
    if (outcome.end >= size) {
      if (segment.declaredEnd > size) this.cut(size)
      return undefined
    }
    if (outcome.end !== segment.declaredEnd && segment.declaredEnd > segment.from) {
      const said = segment.declaredEnd - segment.from
      this.notes.push(
        `The heap segment at byte ${segment.from} says it has ${said} bytes, but has ${outcome.end - segment.from}.`,
      )
    }
    if (this.walker.mayBegin(outcome.end)) return outcome.end
    return this.stopped(outcome.end, 'no record begins there', size - outcome.end < RECORD_HEADER)
  }

  /**
   * Nothing is lost when the heap was complete before the place where no record begins.
   * @returns where records go on behind the damage
   */
  private stopped(byte: number, message: string, isCut: boolean): number | undefined {
    if (this.records.ended) this.notes.push(this.behindHeap(byte))
    else if (isCut) this.cut(byte)
    else {
      const on = this.walker.findRecords(byte + 1, LOOKED_AT)
      const lost = on === undefined ? '' : ` ${counted(on - byte, 'byte')} there were stepped over.`
      this.damaged(byte, `The file is damaged at byte ${byte}: ${message}.${lost}`)
      return on
    }
    return undefined
  }

  private behindHeap(byte: number): string {
    const head = new Uint8Array(MAGIC.length)
    this.source.readInto(byte, head)
    return String.fromCharCode(...head) === MAGIC
      ? `After the heap, from byte ${byte} on, the file holds a further dump, which was not read: split the file there to read it.`
      : `After the heap, from byte ${byte} on, the file holds something else.`
  }

  private cut(byte: number): void {
    this.isCut = true
    const place = this.records.segments.length > 0 ? 'in the middle of its heap' : 'before its heap'
    this.damaged(
      byte,
      `The file ends at byte ${this.source.size}, ${place}: it was still being written, or its copy broke off. What stands before byte ${byte} was read.`,
    )
  }

  private damaged(byte: number, message: string): void {
    if (this.partial === undefined || byte < this.partial.byte) this.partial = { message, byte }
  }
}
