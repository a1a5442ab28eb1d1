/** A heap that questions can be put to: its snapshot, the dump if it is still there, and what both say about classes. */
import type { ByteSource } from '@heaptrail/hprof/byte-source'
import type { LastMerged } from '../merged-paths/merged.ts'
import { NO_OBJECT, type Snapshot, type SnapshotClass } from '../snapshot/snapshot.ts'
import type { ClassFacts } from './class-facts.ts'
import type { ObjectId } from './messages.ts'
import type { OwnCode } from './own-code/own-code.ts'
import { QueryError } from './query-error.ts'
import type { Grouping, LastListed, TreeFilter } from './dominators/tree-memory.ts'
import type { ClassScan, PathSearch } from './unfinished.ts'

export interface Heap {
  readonly snapshot: Snapshot
  /** Absent when the dump was deleted: then there are no contents, no labels, no names of references. */
  readonly dump: ByteSource | undefined
  readonly classes: readonly SnapshotClass[]
  readonly facts: ClassFacts
  readonly ownCode: OwnCode
  /** The search for paths that was asked for last: its next page goes on where it stopped. */
  lastPathSearch: { readonly key: string; readonly search: PathSearch } | undefined
  /** The sizes of the class whose objects were asked for last. */
  lastClassScan: ClassScan | undefined
  /** Of the dominator tree: the filter, the filtered level and the grouping that were asked for last. */
  lastTreeFilter: TreeFilter | undefined
  lastListed: LastListed | undefined
  lastGrouping: Grouping | undefined
  /** The merged paths that were asked for last. */
  lastMerged: LastMerged | undefined
}

/** After a question that was stopped midway: what it left half-done is no answer to the next. */
export function forgetUnfinished(heap: Heap): void {
  heap.lastPathSearch = undefined
  heap.lastClassScan = undefined
  heap.lastTreeFilter = undefined
  heap.lastListed = undefined
  heap.lastGrouping = undefined
  heap.lastMerged = undefined
}

export function printId(id: bigint): ObjectId {
  return `0x${id.toString(16)}`
}

/** @throws QueryError when the dump has no such object. */
export function indexOfObject(heap: Heap, id: ObjectId): number {
  const index = /^0x[0-9a-f]{1,16}$/i.test(id) ? heap.snapshot.indexOf(BigInt(id)) : NO_OBJECT
  if (index === NO_OBJECT) throw new QueryError('object-not-found', `There is no object ${id} in this dump.`)
  return index
}

export function isReachable(heap: Heap, index: number): boolean {
  return index <= heap.snapshot.reachableCount
}
