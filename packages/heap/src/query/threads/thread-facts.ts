/** What the heap tells about each thread object, read once: the rows of the list of threads are made of it. */
import type { Heap } from '../heap.ts'
import { type ObjectReader, objectReader } from '../object-reader.ts'
import { reading } from '../reading.ts'
import { remembered } from '../remembered.ts'
import { type ThreadState, THREAD, VIRTUAL_THREAD, platformState, virtualState } from './thread-state.ts'

export interface ThreadFacts {
  readonly index: number
  /** Position among the threads of the snapshot; −1: the dump does not list it as a thread that runs. */
  readonly position: number
  readonly name: string
  readonly virtual: boolean
  readonly state: ThreadState
  readonly daemon: boolean | undefined
  readonly priority: number | undefined
  /** `Thread.getId()`. */
  readonly number: number | undefined
  readonly group: string | undefined
  /** Context class loader. */
  readonly loaderIndex: number | undefined
  /** The `Runnable` that it was made for. */
  readonly taskIndex: number | undefined
  /** What it is parked for, such as a lock. */
  readonly blockerIndex: number | undefined
  /** The thread that owns that lock. */
  readonly ownerIndex: number | undefined
  /** The thread of the system that carries a virtual thread now. */
  readonly carrierIndex: number | undefined
  readonly frames: readonly string[]
  /** Distinct objects that its frames and JNI calls hold. */
  readonly localIndices: readonly number[]
}

/** A program may have millions of virtual threads: of more than this, those that retain most are listed. */
export const MOST_THREADS = 20_000

export interface AllThreads {
  readonly threads: readonly ThreadFacts[]
  /** Threads of the dump that are not among them. */
  readonly omitted: number
}

export const allThreads = remembered((heap): AllThreads => {
  const indices = threadIndices(heap)
  const listed =
    indices.length <= MOST_THREADS
      ? indices
      : indices
          .map((index) => ({ index, retained: heap.snapshot.retainedSize(index) }))
          .toSorted((a, b) => b.retained - a.retained)
          .slice(0, MOST_THREADS)
          .map(({ index }) => index)
  return { threads: listed.map((index) => factsOf(heap, index)), omitted: indices.length - listed.length }
})

/** Also of a thread that is not listed. @returns undefined when the object is no thread */
export function threadAt(heap: Heap, index: number): ThreadFacts | undefined {
  const listed = allThreads(heap).threads.find((thread) => thread.index === index)
  if (listed !== undefined) return listed
  const { snapshot, facts } = heap
  const isThread = snapshot.threadOfObject(index) >= 0 || facts.kindOf(snapshot.classOf(index)) === 'thread'
  return isThread ? factsOf(heap, index) : undefined
}

/** The threads that the dump lists, in its order, then other reachable objects of subclasses of Thread. */
function threadIndices(heap: Heap): number[] {
  const { snapshot } = heap
  const listed = Array.from({ length: snapshot.threadCount() }, (_, position) => snapshot.thread(position).index)
  const others = heap.classes
    .filter((type) => type.instances > 0 && heap.facts.kindOf(type.number) === 'thread')
    .flatMap((type) => [...snapshot.objectsOfClass(type.number, 0, type.instances)])
    .filter((index) => snapshot.threadOfObject(index) < 0)
  return [...listed, ...others]
}

function factsOf(heap: Heap, index: number): ThreadFacts {
  const { snapshot } = heap
  const position = snapshot.threadOfObject(index)
  const known = position < 0 ? undefined : snapshot.thread(position)
  const contents = reading(() => contentsOf(heap, index), NO_CONTENTS)
  return {
    ...contents,
    index,
    position,
    virtual: isVirtual(heap, index),
    frames: known?.frames ?? [],
    localIndices: [...new Set(known?.locals.map((local) => local.index))],
  }
}

function isVirtual(heap: Heap, index: number): boolean {
  return heap.classes[heap.snapshot.classOf(index)].name === VIRTUAL_THREAD
}

type Contents = Omit<ThreadFacts, 'index' | 'position' | 'virtual' | 'frames' | 'localIndices'>

const NO_CONTENTS: Contents = {
  name: '',
  state: { name: undefined, wait: undefined },
  daemon: undefined,
  priority: undefined,
  number: undefined,
  group: undefined,
  loaderIndex: undefined,
  taskIndex: undefined,
  blockerIndex: undefined,
  ownerIndex: undefined,
  carrierIndex: undefined,
}

function contentsOf(heap: Heap, index: number): Contents {
  const thread = heap.dump === undefined ? undefined : objectReader(heap, index)
  if (thread === undefined) return NO_CONTENTS
  const virtual = isVirtual(heap, index)
  // Since JDK 19 what only threads of the system have lies in an object of its own.
  const holderIndex = thread.reference('holder', THREAD)
  const holder = holderIndex === undefined ? undefined : objectReader(heap, holderIndex)
  const number = (name: string): number | undefined => holder?.number(name) ?? thread.number(name, THREAD)
  const blockerIndex = thread.reference('parkBlocker', THREAD)
  const daemon = virtual ? 1 : number('daemon')
  return {
    name: thread.text('name', THREAD) ?? '',
    state: virtual ? virtualState(heap, thread) : platformState(number('threadStatus')),
    daemon: daemon === undefined ? undefined : daemon !== 0,
    priority: virtual ? undefined : number('priority'),
    number: thread.number('tid', THREAD),
    group: groupName(heap, holder?.reference('group') ?? thread.reference('group', THREAD)),
    loaderIndex: thread.reference('contextClassLoader', THREAD),
    taskIndex: holder?.reference('task') ?? thread.reference('target', THREAD),
    blockerIndex,
    ownerIndex: blockerIndex === undefined ? undefined : ownerOf(heap, blockerIndex),
    carrierIndex: virtual ? thread.reference('carrierThread', VIRTUAL_THREAD) : undefined,
  }
}

function groupName(heap: Heap, group: number | undefined): string | undefined {
  return group === undefined ? undefined : readerOf(heap, group)?.text('name', 'java.lang.ThreadGroup')
}

/** Locks of `java.util.concurrent` know which thread has them. */
function ownerOf(heap: Heap, blocker: number): number | undefined {
  const owner = (index: number) =>
    readerOf(heap, index)?.reference('exclusiveOwnerThread', 'java.util.concurrent.locks.AbstractOwnableSynchronizer')
  const sync = readerOf(heap, blocker)?.reference('sync')
  return owner(blocker) ?? (sync === undefined ? undefined : owner(sync))
}

/** A blocker may be any object: class objects and arrays have no fields. */
function readerOf(heap: Heap, index: number): ObjectReader | undefined {
  return reading(() => objectReader(heap, index), undefined)
}
