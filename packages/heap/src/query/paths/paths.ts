/** Paths from an object to the GC roots that keep it alive, with the names of the references. */
import type { RootType } from '../../parsed-heap.ts'
import { NO_OBJECT } from '../../snapshot/snapshot.ts'
import { type EdgeBudget, edgeBudget, edgeNames } from '../edge-names.ts'
import { type Heap, indexOfObject } from '../heap.ts'
import type { ObjectId, Path, Paths, PathsQuery } from '../messages.ts'
import type { LongPath } from './long-path.ts'
import { objectRow, rootTypesOf } from '../object/object-row.ts'
import { pathReadings } from './path-readings.ts'
import { pathSearch } from './path-search.ts'
import { exclusion } from './strength.ts'
import type { PathSearch } from '../unfinished.ts'

/**
 * A search that has something to show stops after so many references, for others wait for the same process: some 0.2 s.
 * Asking for the next page goes on with it. Not a time: the same link shows the same paths on a busy machine.
 */
const MOST_FOLLOWED = 65_536

/** Shortest first. An unreachable object has none. */
export function pathsToRoots(heap: Heap, id: ObjectId, query: PathsQuery): Paths {
  const index = indexOfObject(heap, id)
  const search = searchFor(heap, index, query)
  const end = query.offset + query.limit
  search.findUpTo(end, (followed) => search.paths.length <= query.offset || followed < MOST_FOLLOWED)
  const budget = edgeBudget()
  return {
    offset: query.offset,
    rows: search.paths.slice(query.offset, end).map((path) => pathRow(heap, path, budget)),
    complete: search.exhausted && search.paths.length <= end,
  }
}

function searchFor(heap: Heap, index: number, query: PathsQuery): PathSearch {
  const { exclude, without = [] } = query
  const key = JSON.stringify([index, exclude.toSorted(), without.toSorted()])
  if (heap.lastPathSearch?.key !== key) {
    const countsAll = exclude.length === 0 && without.length === 0
    const search = pathSearch(heap.snapshot, index, countsAll ? undefined : exclusion(heap, exclude, without))
    heap.lastPathSearch = { key, search }
  }
  return heap.lastPathSearch.search
}

function pathRow(heap: Heap, path: LongPath, budget: EdgeBudget): Path {
  // The first object of `end` is there only for the reference to it.
  const objects = [...path.begin, ...path.end.subarray(1)]
  const holders = objects.map((_, step) =>
    step < path.begin.length ? objects[step - 1] : path.end[step - path.begin.length],
  )
  const steps = objects.map((index, step) => ({
    object: objectRow(heap, index),
    edges: step === 0 ? [] : edgeNames(heap, index, [holders[step]], budget)[0],
  }))
  const omitted = path.length - steps.length
  const barrier = omitted === 0 ? -1 : path.begin.length - 1
  return {
    steps,
    omitted: omitted === 0 ? null : { after: barrier, steps: omitted },
    readings: pathReadings(
      heap,
      objects,
      steps.map(({ edges }) => edges),
      barrier,
    ),
    root: rootOf(heap, objects),
    firstOwn: firstOwn(heap, objects),
  }
}

/** The first holder of own code; where there is none, the first that is at least no known library's. */
function firstOwn(heap: Heap, objects: readonly number[]): number | null {
  const classAt = (index: number): number => {
    const standsFor = heap.snapshot.classNumberOfObject(index)
    return standsFor >= 0 ? standsFor : heap.snapshot.classOf(index)
  }
  const find = (test: (classNumber: number) => boolean): number =>
    objects.findIndex((index, step) => step > 0 && test(classAt(index)))
  const own = find(heap.ownCode.isOwn)
  const row = own >= 0 || heap.ownCode.isChosen ? own : find(heap.ownCode.isUnknown)
  return row >= 0 ? row : null
}

/** Why the last object of a path is a root; when a thread's stack holds the one before it, the frame as well. */
function rootOf(heap: Heap, indices: readonly number[]): Path['root'] {
  const { snapshot } = heap
  const root = indices[indices.length - 1]
  const types: RootType[] = rootTypesOf(heap, root)
  const position = snapshot.threadOfObject(root)
  if (position >= 0 && indices.length > 1) {
    const thread = snapshot.thread(position)
    const local = thread.locals.find((candidate) => candidate.index === indices[indices.length - 2])
    if (local !== undefined) return { types, thread: objectRow(heap, root), frame: thread.frames[local.frame] ?? null }
  }
  const held = snapshot.rootsOf(root).find((record) => record.threadIndex !== NO_OBJECT && record.threadIndex !== root)
  if (held === undefined) return { types, thread: null, frame: null }
  const holder = snapshot.threadOfObject(held.threadIndex)
  const frame = holder >= 0 ? snapshot.thread(holder).frames[held.frame] : undefined
  return { types, thread: objectRow(heap, held.threadIndex), frame: frame ?? null }
}
