/**
 * From a parsed heap to a complete snapshot. The one place that knows the order of the phases, which section
 * is written when, and who owns which memory: columns come from `memory`, and go back to it as soon
 * as the last phase that reads them is over.
 */
import { sumMinimumRetained } from '../graph/minimum-retained.ts'
import { fillChildRows, sortChildRows } from '../graph/dominator-children.ts'
import { findDominators } from '../graph/dominators.ts'
import { fillIncoming } from '../graph/invert-references.ts'
import { largestOfClasses } from '../graph/largest-of-class.ts'
import { type Memory, createMemory } from '../graph/memory.ts'
import { type Numbering, numberObjects } from '../graph/number-objects.ts'
import { groupByClass } from '../graph/objects-by-class.ts'
import { accumulateRetained } from '../graph/retained-sizes.ts'
import type { Rows } from '../graph/rows.ts'
import { type ClassTotals, fillShallowSizes, sizeTable } from '../graph/shallow-sizes.ts'
import { rootRanks } from '../graph/root-ranks.ts'
import { findShortestPaths } from '../graph/shortest-paths.ts'
import { chooseUnreachableRoots } from '../graph/unreachable-roots.ts'
import type { ParsedHeap } from '../parsed-heap.ts'
import type { OnProgress, PhaseTiming } from '../progress.ts'
import { writeHeader } from './header.ts'
import { snapshotMeta } from './meta.ts'
import { PageWriter } from './page-writer.ts'
import { writeRows } from './row-writer.ts'
import type { SnapshotSink } from './sink.ts'
import type { SnapshotMeta } from './snapshot.ts'
import { writeAddresses } from './write-addresses.ts'
import { writeFixedColumns, writeIncoming, writeObjects } from './write-columns.ts'
import { writeClasses, writeRoots, writeThreads } from './write-tables.ts'

export interface BuildOptions {
  readonly onProgress?: OnProgress
  readonly memory?: Memory
  /** Asked when everything but the directory is written. */
  readonly timings?: () => readonly PhaseTiming[]
}

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

/**
 * Computes the graph and writes the snapshot. Consumes `dump`: each of its columns must fill a buffer of its own,
 * and holds other things afterwards.
 * @returns what the snapshot's meta says
 */
export function buildSnapshot(dump: ParsedHeap, sink: SnapshotSink, build: BuildOptions = {}): SnapshotMeta {
  const isKept = dump.options.keepUnreachable || dump.rootsAreLost
  const parsed = isKept ? { ...dump, unreachableRoots: chooseUnreachableRoots(dump) } : dump
  const memory = build.memory ?? createMemory(memoryNeeded(parsed))
  const onProgress = build.onProgress ?? (() => {})
  const pages = new PageWriter(sink)

  onProgress('write-snapshot', 0)
  writeAddresses(pages, parsed.ids, parsed.positionLow, parsed.positionHigh)
  memory.adopt(parsed.positionLow.buffer)
  if (parsed.positionHigh !== undefined) memory.adopt(parsed.positionHigh.buffer)

  const numbering = numberObjects(parsed, memory, (fraction) => onProgress('number-objects', fraction))
  const landmarks = findLandmarks(parsed, numbering)
  onProgress('write-snapshot', 0.1)
  writeFixedColumns(pages, numbering)
  writeRoots(pages, parsed, numbering.indexOfRank)
  writeThreads(pages, parsed, numbering.indexOfRank)

  const { incoming, pathParent } = referencePhases(numbering, landmarks, pages, memory, onProgress)
  const dominators = dominatorPhase(numbering, incoming, landmarks, pages, memory, onProgress)
  const sized = sizePhase(parsed, numbering, landmarks, dominators, pages, memory, onProgress)
  writeClasses(pages, parsed.classes, { ...sized, ...landmarks, pathParent })
  const meta = snapshotMeta(parsed, numbering, landmarks.roots.length, sized, build.timings?.() ?? [])
  writeHeader(pages, sink, {
    meta,
    objects: numbering.objects,
    reachable: numbering.reachable,
    classWidth: numbering.classOf instanceof Uint16Array ? 2 : 4,
    sizeUnit: sized.unit,
  })
  onProgress('write-snapshot', 1)
  return meta
}

/** Bytes besides the columns of the parse: in use at once while objects are numbered, and later less. */
function memoryNeeded({ ids, references }: ParsedHeap): number {
  const BYTES_PER_OBJECT = 18
  return ids.count * BYTES_PER_OBJECT + references.count * 4 + 4096
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
function referencePhases(
  numbering: Numbering,
  { classIndex, roots, standsFor }: Landmarks,
  pages: PageWriter,
  memory: Memory,
  onProgress: OnProgress,
): { incoming: Rows; pathParent: Uint32Array } {
  const step = (from: number, to: number) => (fraction: number) =>
    onProgress('invert-references', from + (to - from) * fraction)
  memory.give(numbering.indexOfRank)
  const incoming = fillIncoming(numbering, memory, step(0, 0.25))
  const shortest = findShortestPaths(numbering, incoming, roots, classIndex, memory, step(0.25, 1))
  onProgress('write-snapshot', 0.2)
  pages.section('path-marks').column(shortest.marks)
  writeRows(pages, 'outgoing', numbering.outgoing, numbering.objects + 1, true)
  memory.give(numbering.outgoing.entries)
  memory.give(numbering.outgoing.start)
  onProgress('write-snapshot', 0.4)
  writeIncoming(pages, numbering, incoming, shortest, classIndex, standsFor)
  memory.give(shortest.next)
  return { incoming, pathParent: classIndex.map((index) => (index <= numbering.reachable ? shortest.next[index] : 0)) }
}

/** @returns index → immediate dominator, 0 … reachable; writes the objects by class on the way. */
function dominatorPhase(
  numbering: Numbering,
  incoming: Rows,
  { roots, classIndex, standsFor }: Landmarks,
  pages: PageWriter,
  memory: Memory,
  onProgress: OnProgress,
): Uint32Array {
  onProgress('dominators', 0)
  const byClass = groupByClass(numbering, classIndex.length, memory)
  onProgress('write-snapshot', 0.6)
  writeRows(pages, 'by-class', byClass.rows, classIndex.length, false)
  const { reachable, parent } = numbering
  const indices = Uint32Array.from([...standsFor.keys()].filter((index) => index <= reachable)).sort()
  const numbers = indices.map((index) => standsFor.get(index) ?? 0)
  const classObjects = { indices, numbers }
  const input = { reachable, parent, incoming, roots, classObjects, byClass }
  const dominators = findDominators(input, memory, (fraction) => onProgress('dominators', fraction))
  for (const column of [byClass.rows.entries, incoming.start, incoming.entries]) memory.give(column)
  return dominators
}

/** Retained sizes, children, class totals; writes the columns that need them. */
function sizePhase(
  parsed: ParsedHeap,
  numbering: Numbering,
  { standsFor }: Landmarks,
  dominators: Uint32Array,
  pages: PageWriter,
  memory: Memory,
  onProgress: OnProgress,
): ClassTotals & { readonly retainedMin: Float64Array; readonly unit: number } {
  onProgress('retained-sizes', 0)
  const { classOf, lengthOf } = numbering
  const input = { table: sizeTable(parsed.classes, parsed.layout), classOf, lengthOf, standsFor }
  const { sizes: retained, totals } = fillShallowSizes(input, numbering.reachable, memory)
  accumulateRetained(retained, dominators)
  onProgress('retained-sizes', 0.3)
  const rows = fillChildRows(dominators, memory)
  const retainedMin = sumMinimumRetained(rows, classOf, retained, standsFor, totals.shallow)
  onProgress('retained-sizes', 0.6)
  sortChildRows(rows, retained, numbering.rankOfIndex)
  onProgress('write-snapshot', 0.7)
  writeObjects(pages, numbering, input, retained, dominators)
  writeRows(pages, 'children', rows, numbering.reachable + 1, true)
  const largest = largestOfClasses(classOf, retained.units, numbering.reachable, totals.instances)
  pages.section('largest').column(largest.indices)
  pages.section('largest.classes').column(largest.classes)
  return { ...totals, retainedMin, unit: retained.unit }
}
