import { Sub } from '@heaptrail/hprof/tags'
import type { HeapRoot, HeapThread, RootType, StackFrame } from '../parsed-heap.ts'
import type { ClassEntry } from './classes.ts'
import { counted } from './counted.ts'
import type { DumpRecords, FrameRecord } from './dump-records.ts'
import type { IdIndex } from './id-index.ts'
import { readableClassName } from './names.ts'
import type { RootRecord } from './root-list.ts'

const TYPES: ReadonlyMap<number, RootType> = new Map([
  [Sub.rootJniGlobal, 'JNI Global'],
  [Sub.rootJniLocal, 'JNI Local'],
  [Sub.rootJavaFrame, 'Java Local'],
  [Sub.rootNativeStack, 'Native Stack'],
  [Sub.rootStickyClass, 'System Class'],
  [Sub.rootThreadBlock, 'Thread Block'],
  [Sub.rootMonitorUsed, 'Busy Monitor'],
  [Sub.rootThreadObject, 'Thread'],
])
/** With a known thread these become references of the thread, as in Eclipse MAT. */
const OF_THREADS: ReadonlySet<RootType> = new Set(['JNI Local', 'Java Local', 'Native Stack', 'Thread Block'])

export interface Roots {
  readonly roots: readonly HeapRoot[]
  readonly threads: readonly HeapThread[]
  /** The part of the dump that could not be read held roots: much would look unreachable that is not. */
  readonly areLost: boolean
  readonly notes: readonly string[]
}

export interface RootInput {
  readonly records: readonly RootRecord[]
  readonly dump: DumpRecords
  readonly ids: IdIndex
  readonly classes: readonly ClassEntry[]
  /** String id → text. */
  readonly texts: ReadonlyMap<bigint, string>
  /** Not all of the heap could be read. */
  readonly isPartial: boolean
  /** The file ends inside of the heap: JVMs write roots last, so some or all are lost. */
  readonly isCut: boolean
}

/** Ids of strings that name the methods and files of stack frames. */
export function namesOfFrames(dump: DumpRecords): Set<bigint> {
  const wanted = new Set<bigint>()
  for (const { methodId, sourceId } of dump.frames.values()) wanted.add(methodId).add(sourceId)
  for (const classId of dump.classSerials.values()) {
    const name = dump.classNames.get(classId)
    if (name !== undefined && dump.frames.size > 0) wanted.add(name)
  }
  return wanted
}

/** Resolves the root sub-records to ranks and threads; roots of objects that the dump does not hold are left out. */
export function buildRoots(input: RootInput): Roots {
  const { records, ids } = input
  const threadRanks = new Map<number, number>()
  for (const { tag, high, low, threadSerial } of records) {
    const rank = tag === Sub.rootThreadObject ? ids.rankOf(high, low) : -1
    if (rank > 0) threadRanks.set(threadSerial, rank)
  }
  const roots: HeapRoot[] = []
  let lost = 0
  for (const record of records) {
    const rank = ids.rankOf(record.high, record.low)
    if (rank > 0) roots.push(heapRoot(record, rank, threadRanks))
    else lost++
  }
  const notes = lost > 0 ? [`Left out: ${counted(lost, 'GC root')} of objects that the dump does not hold.`] : []
  const hasSystemClasses = roots.some(({ type }) => type === 'System Class')
  const fallback = hasSystemClasses && !input.isCut ? [] : bootClassRoots(input.classes, roots)
  // system classes are what JVMs write after all other roots
  const areLost = input.isPartial && !hasSystemClasses
  const threads = heapThreads(input, threadRanks)
  if (areLost) notes.push(lostNote(fallback.length, roots.length, threads.length, input.isCut))
  else if (fallback.length > 0) notes.push(fallbackNote(fallback.length, roots.length, input.isCut))
  else if (roots.length === 0)
    notes.push(
      'The dump has no GC roots: all of its objects look unreachable. An analysis that keeps unreachable objects shows them.',
    )
  return { roots: [...roots, ...fallback], threads, areLost, notes }
}

function heapRoot(record: RootRecord, rank: number, threadRanks: ReadonlyMap<number, number>): HeapRoot {
  const type = TYPES.get(record.tag) ?? 'Unknown'
  const ofThread = OF_THREADS.has(type)
  const threadRank = ofThread ? (threadRanks.get(record.threadSerial) ?? -1) : -1
  const frame = ofThread && record.frame >= 0 ? record.frame : -1
  return { rank, type, threadRank, frame, viaThread: threadRank >= 0 }
}

/** A dump without a single system class would lose nearly all its classes: then those of the boot loader are roots. */
function bootClassRoots(classes: readonly ClassEntry[], roots: readonly HeapRoot[]): HeapRoot[] {
  const known = new Set(roots.filter((root) => !root.viaThread).map((root) => root.rank))
  return classes
    .filter((one) => one.rank > 0 && one.loaderId === 0n && one.kind === 'instance' && !known.has(one.rank))
    .map((one) => ({ rank: one.rank, type: 'System Class', threadRank: -1, frame: -1, viaThread: false }))
}

function fallbackNote(added: number, found: number, isCut: boolean): string {
  const instead = `taken for roots instead: ${counted(added, 'class', 'classes')} of the boot loader.`
  if (isCut) return `The dump is cut off inside its GC roots, which JVMs write last (found: ${found}); ${instead}`
  return `The dump has ${found === 0 ? 'no GC roots' : 'no system classes among its GC roots'}; ${instead} Much may look unreachable that is not: an analysis that keeps unreachable objects shows it.`
}

function lostNote(classes: number, found: number, threads: number, isCut: boolean): string {
  const why = isCut
    ? `The dump is cut off before the end of its GC roots: JVMs write GC roots last (found: ${found}).`
    : `GC roots were lost with the part of the heap that could not be read (found: ${found}).`
  const ofBoot = classes > 0 ? `${counted(classes, 'class', 'classes')} of the boot loader, and ` : ''
  const instead = `Taken for roots instead: ${ofBoot}objects that nothing else reaches (type Unreachable).`
  return `${why} ${instead}${threads === 0 ? ' Which threads there were, and what they held, cannot be told.' : ''}`
}

function heapThreads(input: RootInput, threadRanks: ReadonlyMap<number, number>): HeapThread[] {
  const { traces } = input.dump
  const traceOfThread = new Map<number, number>()
  for (const [serial, trace] of traces) {
    if (trace.frameIds.length > 0) traceOfThread.set(trace.threadSerial, serial)
  }
  const texts = new Map<bigint, StackFrame>()
  const threads: HeapThread[] = []
  const seen = new Set<number>()
  for (const { tag, high, low, threadSerial, frame } of input.records) {
    const rank = tag === Sub.rootThreadObject ? input.ids.rankOf(high, low) : -1
    if (rank <= 0 || threadRanks.get(threadSerial) !== rank || seen.has(rank)) continue
    seen.add(rank)
    // the root names its stack trace; some JVMs write 0 there, and the trace names the thread
    const own = traces.get(frame >>> 0)
    const named = own !== undefined && own.frameIds.length > 0
    const trace = named ? own : traces.get(traceOfThread.get(threadSerial) ?? -1)
    threads.push({
      rank,
      serial: threadSerial,
      frames: (trace?.frameIds ?? []).map((id) => stackFrame(input, id, texts)),
    })
  }
  return threads
}

function stackFrame(input: RootInput, id: bigint, texts: Map<bigint, StackFrame>): StackFrame {
  const known = texts.get(id)
  if (known !== undefined) return known
  const record = input.dump.frames.get(id)
  const frame = { text: record === undefined ? 'unknown frame' : frameText(input, record) }
  texts.set(id, frame)
  return frame
}

/** As the JVM prints it: `acme.Server.main(Server.java:31)`. */
function frameText({ dump, texts }: RootInput, { methodId, sourceId, classSerial, line }: FrameRecord): string {
  const classId = dump.classSerials.get(classSerial)
  const nameId = classId === undefined ? undefined : dump.classNames.get(classId)
  const name = nameId === undefined ? undefined : texts.get(nameId)
  const owner = name === undefined ? 'unknown-class' : readableClassName(name)
  return `${owner}.${texts.get(methodId) ?? 'unknown-method'}(${place(texts.get(sourceId), line)})`
}

function place(source: string | undefined, line: number): string {
  if (line === -3) return 'Native Method'
  if (source === undefined) return 'Unknown Source'
  return line > 0 ? `${source}:${line}` : source
}
