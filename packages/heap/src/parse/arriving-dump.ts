import type { ByteSource } from '@heaptrail/hprof/byte-source'
import { HprofError } from '@heaptrail/hprof/errors'
import { type HprofHeader, readHeader } from '@heaptrail/hprof/header'
import { RecordWalker } from '@heaptrail/hprof/record-walker'
import { Record, isKnownRecord } from '@heaptrail/hprof/tags'
import { Window } from '@heaptrail/hprof/window'
import { collectRecord, noRecords } from './dump-records.ts'
import { Scan } from './scan.ts'
import { type ScannedDump, readableRanges, scannedDump } from './scan-dump.ts'
import type { HeapRange } from './units.ts'

/** A dump whose bytes are still coming in, from front to back. Reading waits for the bytes asked for. */
export interface ArrivingSource extends ByteSource {
  /** Infinity until the last byte is there. */
  readonly size: number
}

/** Where the pass stands; `records` and `scan` go on after the call that tells it. */
export interface ArrivedSoFar {
  readonly header: HprofHeader
  readonly records: ScannedDump['records']
  readonly scan: Scan
  /** Where the heap record begins that is being read: records before it are whole. */
  readonly recordsEnd: number
  /** Bytes of the dump that were passed. */
  readonly bytes: number
}

const RECORD_HEADER = 9
/** Small records are looked at so many bytes at a time. */
const GLANCE = 1 << 16

/**
 * The first pass over a dump that is still coming in: records and heap segments as they follow each other, in one thread.
 * Only for what is regular. Damage, lengths that cannot be right and a second heap are left to the ordinary first
 * pass (scan-dump.ts), which has the whole file before it.
 * @param onProgress called often; may throw to cancel
 * @returns what the ordinary first pass would find, or undefined when that has to look itself
 */
export function scanArrivingDump(
  source: ArrivingSource,
  onProgress: (soFar: ArrivedSoFar) => void,
): ScannedDump | undefined {
  try {
    return new ArrivingDump(source, onProgress).whole()
  } catch (reason) {
    if (reason instanceof HprofError) return undefined
    throw reason
  }
}

class ArrivingDump {
  private readonly source: ArrivingSource
  private readonly header: HprofHeader
  private readonly walker: RecordWalker
  private readonly window: Window
  private readonly records = noRecords()
  private readonly ranges: HeapRange[] = []
  private readonly scan: Scan
  private passed = 0
  private recordsEnd = 0

  constructor(source: ArrivingSource, onProgress: (soFar: ArrivedSoFar) => void) {
    this.source = source
    this.header = readHeader(source)
    const { identifierSize } = this.header
    this.walker = new RecordWalker(source, identifierSize)
    this.window = new Window(source, GLANCE)
    const units = { bounds: new Float64Array(0), first: Int32Array.of(0) }
    this.passed = this.header.bodyAt
    this.scan = new Scan(
      { identifierSize, units, openEnd: 0 },
      {
        source,
        next: () => -1,
        advance: (bytes) => {
          this.passed += bytes
          const { header, records, scan, recordsEnd, passed } = this
          onProgress({ header, records, scan, recordsEnd, bytes: passed })
        },
      },
    )
  }

  whole(): ScannedDump | undefined {
    const { bodyAt } = this.header
    let position: number | undefined = bodyAt
    while (position !== undefined && this.reach(position)) position = this.record(position)
    if (position === undefined || position !== this.source.size || this.records.segments.length === 0) return undefined
    this.records.spans.push({ from: bodyAt, end: position })
    const scans = [this.scan.result()]
    return scannedDump(
      { records: this.records, scans, ranges: this.ranges, partial: undefined, isCut: false, notes: [] },
      bodyAt,
    )
  }

  /** Whether the header of a record stands at this byte; waits until that is known. */
  private reach(position: number): boolean {
    const { window } = this
    const near = position >= window.start && position + RECORD_HEADER <= window.start + window.filled
    return near || window.moveTo(position, position + GLANCE, RECORD_HEADER) >= RECORD_HEADER
  }

  /** @returns where the next record begins; undefined when this one is not regular. */
  private record(position: number): number | undefined {
    const { view, start } = this.window
    const tag = view.getUint8(position - start)
    const length = view.getUint32(position - start + 5)
    if (tag === Record.heapDump || tag === Record.heapDumpSegment) return this.heap(tag, position, length)
    this.walker.open(position)
    if (!isKnownRecord(tag) || !this.walker.next()) return undefined
    collectRecord(this.walker, this.header.identifierSize, this.records)
    this.passed = position + RECORD_HEADER + length
    return this.passed
  }

  /** A segment counts when its last sub-record ends where it does. */
  private heap(tag: number, position: number, length: number): number | undefined {
    const { records, ranges } = this
    const segment = { from: position + RECORD_HEADER, end: position + RECORD_HEADER + length }
    if (records.ended || length === 0) return undefined
    this.recordsEnd = position
    this.passed = segment.from
    const outcome = this.scan.range(records.segments.length, segment.from, segment.end)
    if (outcome.damage !== undefined) return undefined
    records.segments.push({ ...segment, declaredEnd: segment.end })
    ranges.push(...readableRanges(segment, outcome))
    if (tag === Record.heapDump) records.ended = true
    this.passed = segment.end
    return segment.end
  }
}
