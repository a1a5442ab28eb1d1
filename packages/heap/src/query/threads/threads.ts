/** The threads of the heap: sorted by every column, filtered by name, state, class and frame. */
import type { Heap } from '../heap.ts'
import { nameFilter } from '../name-filter.ts'
import { objectRow } from '../object/object-row.ts'
import { remembered } from '../remembered.ts'
import { isOwnFrame } from './frames.ts'
import type { ThreadRow, ThreadSort, Threads, ThreadsQuery } from './messages.ts'
import { type ThreadFacts, allThreads } from './thread-facts.ts'

export function threads(heap: Heap, query: ThreadsQuery): Threads {
  const { threads: all, omitted } = allThreads(heap)
  const found = filtered(heap, query.filter)
  const sorted = found.toSorted(comparator(heap, query.sort, query.order))
  const live = all.filter(({ position }) => position >= 0).length
  return {
    total: sorted.length,
    offset: query.offset,
    rows: sorted.slice(query.offset, query.offset + query.limit).map((thread) => threadRow(heap, thread)),
    counts: { live, virtual: all.filter(({ virtual }) => virtual).length, others: all.length - live, omitted },
    states: statesOf(found),
  }
}

function filtered(heap: Heap, filter: string): readonly ThreadFacts[] {
  const { threads: all } = allThreads(heap)
  const matches = nameFilter(filter)
  if (filter === '') return all
  return all.filter(
    ({ index, name, state, frames }) =>
      matches(name) ||
      matches(state.name ?? '') ||
      matches(heap.classes[heap.snapshot.classOf(index)].name) ||
      frames.some(matches),
  )
}

function statesOf(found: readonly ThreadFacts[]): Threads['states'] {
  const groups = Map.groupBy(found, ({ state }) => state.name ?? null)
  return [...groups]
    .map(([state, { length }]) => ({ state, threads: length }))
    .toSorted((a, b) => b.threads - a.threads)
}

export function threadRow(heap: Heap, thread: ThreadFacts): ThreadRow {
  const { state, frames } = thread
  const row = (index: number | undefined) => (index === undefined ? null : objectRow(heap, index))
  return {
    object: objectRow(heap, thread.index),
    name: thread.name,
    virtual: thread.virtual,
    live: thread.position >= 0,
    state: state.name ?? null,
    wait: state.wait ?? null,
    daemon: thread.daemon ?? null,
    priority: thread.priority ?? null,
    number: thread.number ?? null,
    group: thread.group ?? null,
    frames: frames.length,
    frame: tellingFrame(heap, frames),
    locals: { objects: thread.localIndices.length, mostRetained: mostRetainedOf(heap, thread) },
    blocker: row(thread.blockerIndex),
    owner: row(thread.ownerIndex),
  }
}

function tellingFrame(heap: Heap, frames: readonly string[]): ThreadRow['frame'] {
  const own = frames.find((frame) => isOwnFrame(heap, frame))
  if (own !== undefined) return { text: own, own: true }
  return frames.length === 0 ? null : { text: frames[0], own: false }
}

/** The most that one of its locals retains; the thread itself, which is a local of its own frames, is left out. */
function mostRetainedOf({ snapshot }: Heap, { index, localIndices }: ThreadFacts): number {
  return localIndices.reduce(
    (most, local) => (local === index ? most : Math.max(most, snapshot.retainedSize(local))),
    0,
  )
}

const mostRetained = remembered(
  (heap): ReadonlyMap<ThreadFacts, number> =>
    new Map(allThreads(heap).threads.map((thread) => [thread, mostRetainedOf(heap, thread)])),
)

/** Equal ones stand in the order of the dump. */
function comparator(heap: Heap, sort: ThreadSort, order: 'asc' | 'desc'): (a: ThreadFacts, b: ThreadFacts) => number {
  const sign = order === 'asc' ? 1 : -1
  const by = (value: (thread: ThreadFacts) => number) => (a: ThreadFacts, b: ThreadFacts) =>
    sign * (value(a) - value(b))
  switch (sort) {
    case 'name':
      return (a, b) => sign * compareNames(a.name, b.name)
    case 'state':
      return (a, b) => sign * compareNames(a.state.name ?? '', b.state.name ?? '')
    case 'frames':
      return by(({ frames }) => frames.length)
    case 'locals':
      return by((thread) => mostRetained(heap).get(thread) ?? 0)
    case 'shallow':
      return by(({ index }) => heap.snapshot.shallowSize(index))
    case 'retained':
      return by(({ index }) => heap.snapshot.retainedSize(index))
  }
}

/** Numbers in names count as such: `worker-2` before `worker-10`. */
const NAMES = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function compareNames(a: string, b: string): number {
  return NAMES.compare(a, b)
}
