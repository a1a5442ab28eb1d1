import { readId } from '@heaptrail/hprof/class-dump'
import type { RecordWalker } from '@heaptrail/hprof/record-walker'
import { Record } from '@heaptrail/hprof/tags'
import type { HeapRange } from './units.ts'

/** Bounds what a hostile dump can make us keep of the small records. */
const MOST_RECORDS = 2_000_000

export interface FrameRecord {
  readonly methodId: bigint
  readonly sourceId: bigint
  readonly classSerial: number
  /** Above 0 a line number; 0 and −1 unknown, −2 compiled, −3 native method. */
  readonly line: number
}

export interface TraceRecord {
  readonly threadSerial: number
  readonly frameIds: readonly bigint[]
}

/** Body of a heap record; `end` lies inside of the file. */
export interface HeapSegment extends HeapRange {
  /** Where it ends by its header. */
  readonly declaredEnd: number
}

/** What the top-level records of a dump say, but for its strings, which are looked up later by the ids that are needed. */
export interface DumpRecords {
  /** Class id → id of its name. */
  readonly classNames: Map<bigint, bigint>
  readonly classSerials: Map<number, bigint>
  readonly frames: Map<bigint, FrameRecord>
  readonly traces: Map<number, TraceRecord>
  /** Bodies of the heap records. */
  readonly segments: HeapSegment[]
  /** Where records were walked: strings lie in these. */
  readonly spans: HeapRange[]
  /** Records of types that the format does not have. */
  unknown: number
  /** Whether the record that ends a heap was there, and whether a further heap came after it. */
  ended: boolean
  furtherHeap: boolean
  /** Records that were too many to keep. */
  dropped: number
}

export function noRecords(): DumpRecords {
  return {
    classNames: new Map(),
    classSerials: new Map(),
    frames: new Map(),
    traces: new Map(),
    segments: [],
    spans: [],
    unknown: 0,
    ended: false,
    furtherHeap: false,
    dropped: 0,
  }
}

/** Walks records from where the walker stands to where it stops, and adds what they say. */
export function collectRecords(walker: RecordWalker, from: number, identifierSize: 4 | 8, records: DumpRecords): void {
  walker.open(from)
  let end = from
  while (walker.next()) {
    end = walker.bodyPosition + walker.length
    if (walker.isHeap()) heapRecord(walker, records)
    else collectRecord(walker, identifierSize, records)
  }
  records.spans.push({ from, end })
}

function heapRecord(walker: RecordWalker, records: DumpRecords): void {
  // one HEAP_DUMP is a whole heap; a further one is the same heap at another time
  if (records.ended) {
    records.furtherHeap = true
    return
  }
  const from = walker.bodyPosition
  const declaredEnd = from + walker.length
  records.segments.push({ from, end: Math.min(declaredEnd, walker.size), declaredEnd })
  if (walker.tag === Record.heapDump && walker.trusted) records.ended = true
}

/** Adds what the walker's current record says, which is no heap. */
export function collectRecord(walker: RecordWalker, width: 4 | 8, records: DumpRecords): void {
  switch (walker.tag) {
    case Record.loadClass:
      loadClass(walker, width, records)
      break
    case Record.unloadClass:
      unloadClass(walker, records)
      break
    case Record.stackFrame:
      stackFrame(walker, width, records)
      break
    case Record.stackTrace:
      stackTrace(walker, width, records)
      break
    case Record.heapDumpEnd:
      if (records.segments.length > 0) records.ended = true
      break
    case Record.string:
    case Record.allocationSites:
    case Record.heapSummary:
    case Record.startThread:
    case Record.endThread:
    case Record.cpuSamples:
    case Record.controlSettings:
      break
    default:
      records.unknown++
  }
}

function loadClass(walker: RecordWalker, width: 4 | 8, records: DumpRecords): void {
  const at = walker.body(8 + 2 * width)
  if (at < 0) return
  const { view } = walker
  const id = readId(view, at + 4, width)
  put(records, records.classSerials, view.getUint32(at), id)
  put(records, records.classNames, id, readId(view, at + 8 + width, width))
}

function unloadClass(walker: RecordWalker, records: DumpRecords): void {
  const at = walker.body(4)
  const id = at < 0 ? undefined : records.classSerials.get(walker.view.getUint32(at))
  if (id !== undefined) records.classNames.delete(id)
}

function stackFrame(walker: RecordWalker, width: 4 | 8, records: DumpRecords): void {
  const at = walker.body(4 * width + 8)
  if (at < 0) return
  const { view } = walker
  put(records, records.frames, readId(view, at, width), {
    methodId: readId(view, at + width, width),
    sourceId: readId(view, at + 3 * width, width),
    classSerial: view.getUint32(at + 4 * width),
    line: view.getInt32(at + 4 * width + 4),
  })
}

function stackTrace(walker: RecordWalker, width: 4 | 8, records: DumpRecords): void {
  const start = walker.body(12)
  if (start < 0) return
  const count = walker.view.getUint32(start + 8)
  const frameIds: bigint[] = []
  const at = count < 1_000_000 ? walker.body(12 + count * width) : -1
  if (at < 0) return
  for (let i = 0; i < count; i++) frameIds.push(readId(walker.view, at + 12 + i * width, width))
  put(records, records.traces, walker.view.getUint32(at), { threadSerial: walker.view.getUint32(at + 4), frameIds })
}

function put<Key, Value>(records: DumpRecords, map: Map<Key, Value>, key: Key, value: Value): void {
  if (map.size < MOST_RECORDS) map.set(key, value)
  else records.dropped++
}
