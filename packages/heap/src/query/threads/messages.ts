/** Answers about threads; see ../messages.ts. */
import type { RootType } from '../../parsed-heap.ts'
import type { HeapObject, Page, Window } from '../messages.ts'
import type { ThreadStateName, WaitKind } from './thread-state.ts'

export type ThreadSort = 'name' | 'state' | 'frames' | 'locals' | 'shallow' | 'retained'

export interface ThreadsQuery extends Window {
  readonly sort: ThreadSort
  readonly order: 'asc' | 'desc'
  /** Looks at names, states, classes and frames. */
  readonly filter: string
}

export interface ThreadRow {
  object: HeapObject
  name: string
  virtual: boolean
  /** The dump lists it among the threads that run. */
  live: boolean
  state: ThreadStateName | null
  wait: WaitKind | null
  daemon: boolean | null
  priority: number | null
  /** `Thread.getId()`. */
  number: number | null
  group: string | null
  frames: number
  /** The topmost frame in the user's own code, or else the topmost one; null without a stack. */
  frame: { text: string; own: boolean } | null
  /** Objects that its frames hold, and the most that one of them retains. */
  locals: { objects: number; mostRetained: number }
  /** What it is parked for. */
  blocker: HeapObject | null
  /** The thread that owns the lock that it is parked for. */
  owner: HeapObject | null
}

export interface Threads extends Page<ThreadRow> {
  /** Whatever the filter. */
  counts: {
    live: number
    virtual: number
    /** Not started yet, or over. */
    others: number
    /** There are so many that these are left out of the list. */
    omitted: number
  }
  /** Of the listed threads, the most frequent first; null: the dump does not tell. */
  states: { state: ThreadStateName | null; threads: number }[]
}

export interface HeldLocal {
  type: RootType
  object: HeapObject
}

export interface StackFrameRow {
  text: string
  own: boolean
  locals: HeldLocal[]
  localsOmitted: number
}

export interface ThreadStack {
  thread: ThreadRow
  contextClassLoader: HeapObject | null
  task: HeapObject | null
  carrier: HeapObject | null
  /** From the top. */
  frames: StackFrameRow[]
  framesOmitted: number
  /** What the thread holds without a known frame, such as monitors and JNI references. */
  others: HeldLocal[]
  othersOmitted: number
}

export interface ThreadDump {
  /** As `jstack` prints it. */
  text: string
  threads: number
  /** Threads that would have made it too long. */
  omitted: number
}
