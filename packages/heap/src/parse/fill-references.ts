import { HprofError } from '@heaptrail/hprof/errors'
import type { HprofHeader } from '@heaptrail/hprof/header'
import {
  type HeapRoot,
  LAST_REFERENCE,
  LENGTH_IN_HEAD,
  LENGTH_IN_RUN,
  NO_REFERENCES,
  type ParsedHeap,
  type ReferenceRuns,
} from '../parsed-heap.ts'
import type { OnProgress } from '../progress.ts'
import { classNumber } from './class-table.ts'
import type { ClassEntry, ClassList } from './classes.ts'
import { counted } from './counted.ts'
import type { ObjectIndex } from './index-objects.ts'
import type { PassRunner } from './pass-runner.ts'
import type { Columns } from './read-references.ts'
import { MOST_PLACES, RunWriter, placesTaken, targetsNeeded } from './run-writer.ts'
import type { ScannedDump } from './scan-dump.ts'
import { units } from './units.ts'

export interface FillInput {
  readonly header: HprofHeader
  readonly dump: ScannedDump
  readonly index: ObjectIndex
  readonly list: ClassList
  readonly roots: readonly HeapRoot[]
  readonly fileSize: number
}

export interface FilledHeap {
  readonly columns: Pick<ParsedHeap, 'heads' | 'positionLow' | 'positionHigh'>
  readonly references: ReferenceRuns
  readonly notes: readonly string[]
}

/**
 * Second pass, and what it cannot know: the columns of classes, of the boot loader, and the locals of threads.
 * @throws HprofError when the heap has more references than can be numbered.
 */
export async function fillReferences(
  input: FillInput,
  runner: PassRunner,
  onProgress: OnProgress,
): Promise<FilledHeap> {
  const { index, list, dump, fileSize } = input
  const locals = localsOfThreads(input.roots)
  const columns = allocateColumns(input, locals, runner)
  onProgress('read-references', 0)
  const results = await runner.readReferences(
    {
      identifierSize: input.header.identifierSize,
      units: units(dump.ranges),
      ids: index.ids.data,
      classes: list.table,
      columns,
      duplicates: index.duplicates > 0,
    },
    (bytes) => onProgress('read-references', Math.min(1, bytes / fileSize)),
  )
  if (placesTaken(columns) > MOST_PLACES)
    throw new HprofError(`The dump has too many references: at most about ${MOST_PLACES} can be read.`, 0)
  const runs = new RunWriter(columns)
  columns.heads[0] = NO_REFERENCES
  columns.heads[1] = list.classLoader
  let dangling = 0
  for (const entry of list.entries) if (entry.rank > 0) dangling += fillClass(entry, input, columns, runs)
  for (const [thread, ranks] of locals) addLocals(thread, ranks, columns, runs)
  let count = runs.written
  let misfits = 0
  for (const result of results) {
    count += result.written
    dangling += result.dangling
    misfits += result.misfits
  }
  // what was never taken was never touched either
  const targets = columns.targets.subarray(0, placesTaken(columns))
  return { columns, references: { count, targets }, notes: notes(dangling, misfits) }
}

function notes(dangling: number, misfits: number): string[] {
  const all: string[] = []
  if (dangling > 0) all.push(`Left out: ${counted(dangling, 'reference')} to objects that the dump does not hold.`)
  if (misfits > 0)
    all.push(`Read in part: ${counted(misfits, 'object')} with fewer bytes than the fields of the class need.`)
  return all
}

function localsOfThreads(roots: readonly HeapRoot[]): Map<number, number[]> {
  const locals = new Map<number, number[]>()
  for (const { rank, threadRank, viaThread } of roots) {
    if (!viaThread) continue
    const known = locals.get(threadRank)
    if (known === undefined) locals.set(threadRank, [rank])
    else known.push(rank)
  }
  return locals
}

/** Bytes behind each column: the graph phases reuse the memory for columns that have an entry more. */
const SPARE = 128

function allocateColumns(
  input: FillInput,
  locals: ReadonlyMap<number, readonly number[]>,
  runner: PassRunner,
): Columns {
  const { index, fileSize } = input
  const { count } = index.ids
  return {
    heads: new Int32Array(runner.allocate(count * 8 + SPARE), 0, count * 2),
    positionLow: new Uint32Array(runner.allocate(count * 4 + SPARE), 0, count),
    positionHigh: fileSize > 2 ** 32 ? new Uint8Array(runner.allocate(count + SPARE), 0, count) : undefined,
    targets: new Uint32Array(runner.allocate(targetsNeeded(mostReferences(input, locals), runner.threads) * 4)),
    blocks: new Int32Array(runner.allocate(4)),
  }
}

/** What runs can hold at most: every reference field of every instance, length and elements of every array, classes, locals. */
function mostReferences({ list, dump }: FillInput, locals: ReadonlyMap<number, readonly number[]>): number {
  let most = 0
  for (const { uses } of dump.scans) {
    for (let i = 0; i < uses.high.length; i++) {
      const number = classNumber(list.table, uses.high[i], uses.low[i])
      most += uses.arrays[i] + uses.elements[i] + uses.instances[i] * referenceFields(list, number)
    }
  }
  for (const { statics } of list.entries) most += statics.length + 2
  const longest = list.entries.reduce((most, _, number) => Math.max(most, referenceFields(list, number)), 0)
  for (const ranks of locals.values()) most += ranks.length + longest + 1
  return most
}

function referenceFields({ table }: ClassList, number: number): number {
  return table.firstOffset[number + 1] - table.firstOffset[number]
}

/** @returns how many references of the class lead to no object. */
function fillClass(entry: ClassEntry, input: FillInput, columns: Columns, runs: RunWriter): number {
  const { list, index } = input
  const { rank, statics, superNumber, loaderId } = entry
  columns.heads[2 * rank + 1] = list.javaLangClass
  columns.positionLow[rank] = entry.position
  if (columns.positionHigh !== undefined) columns.positionHigh[rank] = entry.position / 2 ** 32
  const begin = runs.reserve(statics.length + 2)
  let at = begin
  let dangling = 0
  const add = (id: bigint): void => {
    const target = index.ids.rankOf(Number(id >> 32n), Number(id & 0xffffffffn))
    if (target < 0) dangling++
    else columns.targets[at++] = target
  }
  if (superNumber >= 0 && list.entries[superNumber].rank > 0) add(list.entries[superNumber].id)
  add(loaderId)
  for (const { type, value } of statics) if (type === 2 && value !== 0n) add(BigInt(value))
  columns.targets[at - 1] |= LAST_REFERENCE
  columns.heads[2 * rank] = begin
  runs.advance(at)
  return dangling
}

/** Gives the thread a new run: its fields, then its locals. */
function addLocals(thread: number, locals: readonly number[], columns: Columns, runs: RunWriter): void {
  const { heads, targets } = columns
  if (heads[2 * thread + 1] < 0) makeRun(thread, columns, runs)
  const old = heads[2 * thread]
  let length = 0
  if (old !== NO_REFERENCES) while ((targets[old + length++] & LAST_REFERENCE) === 0);
  const begin = runs.reserve(length + locals.length)
  for (let i = 0; i < length; i++) targets[begin + i] = targets[old + i] & (LAST_REFERENCE - 1)
  locals.forEach((rank, i) => (targets[begin + length + i] = rank))
  const end = begin + length + locals.length
  targets[end - 1] |= LAST_REFERENCE
  heads[2 * thread] = begin
  runs.written -= length
  runs.advance(end)
}

/** A primitive array that is said to be a thread: its length goes into a run, where locals can follow. */
function makeRun(rank: number, { heads, targets }: Columns, runs: RunWriter): void {
  const begin = runs.reserve(1)
  targets[begin] = heads[2 * rank] + LAST_REFERENCE
  runs.advance(begin + 1)
  heads[2 * rank] = begin
  heads[2 * rank + 1] ^= LENGTH_IN_HEAD | LENGTH_IN_RUN
}
