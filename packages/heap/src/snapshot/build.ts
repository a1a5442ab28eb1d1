/**
 * From a parsed heap to a complete snapshot. The one place that knows the order of the phases, which section
 * is written when, and who owns which memory: columns come from `memory`, and go back to it as soon
 * as the last phase that reads them is over, and they are written.
 *
 * Another thread may do the writing while this one goes on: `phases` hands out what is final, and yields where it needs the memory
 * of what was handed out.
 */
import { sumMinimumRetained } from '../graph/minimum-retained.ts'
import { fillChildRows, sortChildRows } from '../graph/dominator-children.ts'
import { findDominators } from '../graph/dominators.ts'
import { type Sources, fillIncoming } from '../graph/invert-references.ts'
import { largestOfClasses } from '../graph/largest-of-class.ts'
import { type Memory, createMemory } from '../graph/memory.ts'
import { numberObjects } from '../graph/number-objects.ts'
import type { Numbering } from '../graph/numbering.ts'
import { groupByClass } from '../graph/objects-by-class.ts'
import { type Sizes, accumulateRetained } from '../graph/retained-sizes.ts'
import { type ClassTotals, fillShallowSizes, sizeTable } from '../graph/shallow-sizes.ts'
import { rootRanks } from '../graph/root-ranks.ts'
import { findShortestPaths } from '../graph/shortest-paths.ts'
import { chooseUnreachableRoots } from '../graph/unreachable-roots.ts'
import { dataOf } from '../parse/id-index.ts'
import type { ParsedHeap } from '../parsed-heap.ts'
import type { OnProgress, PhaseTiming } from '../progress.ts'
import { writeHeader } from './header.ts'
import { snapshotMeta } from './meta.ts'
import { PageWriter, type WrittenSection } from './page-writer.ts'
import type { SnapshotSink } from './sink.ts'
import { ROW_BLOCK } from './format.ts'
import type { SnapshotMeta } from './snapshot.ts'
import { type WriteJob, type WriterBeside, jobRunner } from './write-job.ts'
import { placeOfIds } from './write-ids.ts'
import { writeClasses, writeRoots, writeThreads } from './write-tables.ts'

export interface BuildOptions {
  readonly onProgress?: OnProgress
  /** For columns of the graph; one that the other thread can read, where one writes. */
  readonly memory?: Memory | undefined
  /** Asked when everything but the directory is written. */
  readonly timings?: () => readonly PhaseTiming[]
}

/** Rows of children are sorted and handed out in so many parts, so that the other thread need not wait for all. */
const CHILD_PARTS = 16

/** What several phases need to know about classes and roots, in terms of indices. */
interface Landmarks {
  /** class number → index of its class object, 0 when it has none. */
  readonly classIndex: Uint32Array
  /** class number → index of its loader, 0 when that is not in the dump. */
  readonly loaderIndex: Uint32Array
  /** index of a class object → number of the class. */
  readonly standsFor: ReadonlyMap<number, number>
  /** Indices to which the virtual root refers, ascending. */
  readonly roots: Uint32Array
}

/** What the phases work with. */
interface Work {
  readonly memory: Memory
  readonly onProgress: OnProgress
  /** For what is small. */
  readonly pages: PageWriter
  /** Writes now or later. @param release gives back what nobody needs once it is written */
  write(job: WriteJob, release?: () => void): void
}

/** What is known when everything is written but the directory. */
interface Built {
  readonly parsed: ParsedHeap
  readonly numbering: Numbering
  readonly roots: number
  readonly sized: ClassTotals & { readonly retainedMin: Float64Array; readonly retained: Sizes }
}

/**
 * Computes the graph and writes the snapshot. Consumes `dump`: each of its columns must fill a buffer of its own,
 * and holds other things afterwards.
 * @returns what the snapshot's meta says
 */
export function buildSnapshot(dump: ParsedHeap, sink: SnapshotSink, options: BuildOptions = {}): SnapshotMeta {
  const pages = new PageWriter(sink)
  const run = jobRunner(pages)
  const write: Work['write'] = (job, release) => {
    run(job)
    release?.()
  }
  const steps = phases(dump, (bytes) => options.memory ?? createMemory(bytes), { ...options, pages, write })
  for (;;) {
    const step = steps.next()
    if (step.done === true) return finish(step.value, pages, sink, [], options)
  }
}

/**
 * The same, with another thread that writes what is final while this one computes the rest.
 * @param sink of the same file as that of the other thread
 */
export async function buildSnapshotBeside(
  dump: ParsedHeap,
  sink: SnapshotSink,
  writer: WriterBeside,
  options: BuildOptions = {},
): Promise<SnapshotMeta> {
  const pages = new PageWriter(sink, writer.pageCounter)
  const releases: (() => void)[] = []
  const write: Work['write'] = (job, release) => {
    writer.start(job)
    if (release !== undefined) releases.push(release)
  }
  const steps = phases(dump, (bytes) => options.memory ?? createMemory(bytes, writer.allocate), {
    ...options,
    pages,
    write,
  })
  for (;;) {
    const step = steps.next()
    if (step.done === true) return finish(step.value, pages, sink, await writer.finish(), options)
    await writer.settled()
    for (const release of releases.splice(0)) release()
  }
}

/** Goes on after each `yield` when everything is written that was handed out. */
function* phases(
  dump: ParsedHeap,
  memoryOf: (bytes: number) => Memory,
  { pages, write, onProgress = () => {} }: Pick<Work, 'pages' | 'write'> & BuildOptions,
): Generator<void, Built> {
  const isKept = dump.options.keepUnreachable || dump.rootsAreLost
  const parsed = isKept ? { ...dump, unreachableRoots: chooseUnreachableRoots(dump) } : dump
  const { ids, positionLow, positionHigh } = parsed
  const memory = memoryOf(memoryNeeded(parsed))
  const work = { memory, onProgress, pages, write }

  onProgress('write-snapshot', 0)
  write({ kind: 'positions', positions: { low: positionLow, high: positionHigh } }, () => {
    memory.adopt(positionLow.buffer)
    if (positionHigh !== undefined) memory.adopt(positionHigh.buffer)
  })
  yield
  write({ kind: 'ids', ids: dataOf(ids) ?? ids })
  const numbering = numberObjects(parsed, memory, (fraction) => onProgress('number-objects', fraction))
  const landmarks = findLandmarks(parsed, numbering)
  writeRoots(pages, parsed, numbering.indexOfRank)
  writeThreads(pages, parsed, numbering.indexOfRank)
  const { incoming, pathParent } = yield* referencePhases(numbering, landmarks, work)
  const dominators = yield* dominatorPhase(numbering, incoming, landmarks, work)
  const sized = sizePhase(parsed, numbering, landmarks, dominators, work)
  writeClasses(pages, parsed.classes, { ...sized, ...landmarks, pathParent })
  yield
  return { parsed, numbering, roots: landmarks.roots.length, sized }
}

/** Directory and header. */
function finish(
  { parsed, numbering, roots, sized }: Built,
  pages: PageWriter,
  sink: SnapshotSink,
  others: readonly WrittenSection[],
  { onProgress, timings }: BuildOptions,
): SnapshotMeta {
  const meta = snapshotMeta(parsed, numbering, roots, sized, timings?.() ?? [])
  const directory = {
    meta,
    objects: numbering.objects,
    reachable: numbering.reachable,
    classWidth: numbering.classOf instanceof Uint16Array ? 2 : 4,
    sizeUnit: sized.retained.unit,
    retainedWidth: sized.retained.units instanceof Float64Array ? 8 : 4,
    ids: placeOfIds(dataOf(parsed.ids) ?? parsed.ids),
  } as const
  writeHeader(pages, sink, directory, others)
  onProgress?.('write-snapshot', 1)
  return meta
}

/** Bytes besides the columns of the parse: while objects are numbered, and for side edges, which are few. */
function memoryNeeded({ ids, references }: ParsedHeap): number {
  const BYTES_PER_OBJECT = 18
  const BYTES_PER_REFERENCE = 8
  return ids.count * BYTES_PER_OBJECT + references.count * BYTES_PER_REFERENCE + 4096
}

function findLandmarks(parsed: ParsedHeap, { indexOfRank }: Numbering): Landmarks {
  const standsFor = new Map<number, number>()
  for (const [rank, number] of parsed.classNumberOfRank) standsFor.set(indexOfRank[rank], number)
  const roots = rootRanks(parsed)
    .map((rank) => indexOfRank[rank])
    .sort()
  return {
    classIndex: Uint32Array.from(parsed.classes, ({ rank }) => (rank < 0 ? 0 : indexOfRank[rank])),
    loaderIndex: Uint32Array.from(parsed.classes, ({ loaderId }) => {
      const rank = parsed.ids.rankOf(Number(loaderId >> 32n), Number(loaderId & 0xffffffffn))
      return rank < 0 ? 0 : indexOfRank[rank]
    }),
    standsFor,
    roots: roots.filter((index, place) => place === 0 || index !== roots[place - 1]),
  }
}

/** Inverse references and shortest paths; writes the references both ways, and lets go of the outgoing ones. */
function* referencePhases(
  numbering: Numbering,
  { classIndex, roots, standsFor }: Landmarks,
  { memory, onProgress, pages, write }: Work,
): Generator<void, { incoming: Sources; pathParent: Uint32Array }> {
  const { objects, reachable, classOf, isArrayClass, arrayLengths, rankOfIndex, indexOfRank } = numbering
  const { parent, outgoing } = numbering
  const step = (from: number, to: number) => (fraction: number) =>
    onProgress('invert-references', from + (to - from) * fraction)
  onProgress('write-snapshot', 0.1)
  const columns = { classOf, isArrayClass, arrayLengths, rankOfIndex, indexOfRank }
  write({ kind: 'fixed-columns', columns }, () => {
    memory.give(rankOfIndex)
    memory.give(indexOfRank)
  })
  const incoming = fillIncoming(numbering, memory, step(0, 0.25))
  yield
  write({ kind: 'rows', name: 'outgoing', rows: outgoing, from: 0, to: objects + 1, isLast: true })
  const shortest = findShortestPaths(numbering, incoming, roots, classIndex, memory, step(0.25, 1))
  const { hasChoice, next, marks } = shortest
  pages.section('path-marks').column(marks)
  yield
  memory.give(outgoing.entries)
  memory.give(outgoing.start)
  onProgress('write-snapshot', 0.4)
  const input = { reachable, classOf, parent, incoming, shortest: { hasChoice, next }, classIndex, standsFor }
  const pathParent = classIndex.map((index) => (index <= reachable ? next[index] : 0))
  write({ kind: 'incoming', input }, () => {
    memory.give(next)
    memory.give(hasChoice)
  })
  return { incoming, pathParent }
}

/** @returns index → immediate dominator, 0 … reachable; writes the objects by class on the way. */
function* dominatorPhase(
  numbering: Numbering,
  incoming: Sources,
  { roots, classIndex, standsFor }: Landmarks,
  { memory, onProgress, write }: Work,
): Generator<void, Uint32Array> {
  onProgress('dominators', 0)
  const byClass = groupByClass(numbering, classIndex.length, memory)
  yield
  onProgress('write-snapshot', 0.6)
  write({ kind: 'rows', name: 'by-class', rows: byClass.rows, from: 0, to: classIndex.length, isLast: true })
  const { reachable, parent } = numbering
  const indices = Uint32Array.from([...standsFor.keys()].filter((index) => index <= reachable)).sort()
  const numbers = indices.map((index) => standsFor.get(index) ?? 0)
  const classObjects = { indices, numbers }
  const input = { reachable, parent, incoming, roots, classObjects, byClass }
  const dominators = findDominators(input, memory, (fraction) => onProgress('dominators', fraction))
  yield
  for (const column of [byClass.rows.entries, incoming.counts.short, incoming.entries]) memory.give(column)
  return dominators
}

/** Retained sizes, children, class totals; writes the columns that need them. */
function sizePhase(
  parsed: ParsedHeap,
  { classOf, arrayLengths, reachable }: Numbering,
  { standsFor }: Landmarks,
  dominators: Uint32Array,
  { memory, onProgress, pages, write }: Work,
): Built['sized'] {
  onProgress('retained-sizes', 0)
  const shallow = { table: sizeTable(parsed.classes, parsed.layout), classOf, arrayLengths, standsFor }
  const { sizes: retained, totals } = fillShallowSizes(shallow, reachable, memory)
  accumulateRetained(retained, dominators)
  onProgress('write-snapshot', 0.7)
  write({ kind: 'objects', input: { retained: retained.units, dominators } })
  onProgress('retained-sizes', 0.3)
  const rows = fillChildRows(dominators, memory)
  const retainedMin = sumMinimumRetained(dominators, rows, classOf, retained, standsFor, totals.shallow, memory)
  onProgress('retained-sizes', 0.6)
  const part = Math.ceil((reachable + 1) / CHILD_PARTS / ROW_BLOCK) * ROW_BLOCK
  for (let from = 0; from <= reachable; from += part) {
    const to = Math.min(reachable + 1, from + part)
    sortChildRows(rows, from, to, retained)
    write({ kind: 'rows', name: 'children', rows, from, to, isLast: to > reachable })
  }
  const largest = largestOfClasses(classOf, retained.units, reachable, totals.instances)
  onProgress('write-snapshot', 0.9)
  pages.section('largest').column(largest.indices)
  pages.section('largest.classes').column(largest.classes)
  return { ...totals, retainedMin, retained }
}
