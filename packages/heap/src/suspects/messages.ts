/** What is known about each thing that holds much of a heap. Facts only: what they mean is judged by packages/findings. */
import type { EdgeName, HeapObject } from '../query/messages.ts'

/** Evidence that a collection does not grow without limit. */
export type Bound =
  /** `size` entries are allowed up to `limit`, which stands in `field` (`Class#field`). */
  | { kind: 'limit'; field: string; limit: number; size: number }
  | { kind: 'capacity'; limit: number; size: number }
  /** In a unit of the program's own: `used` of `limit` are used, says the field `measure` beside it. */
  | { kind: 'measured'; field: string; limit: number; measure: string; used: number }
  /** An array with as many places that is used round and round. */
  | { kind: 'ring'; limit: number }
  /** A LinkedHashMap that is ordered by access, or a class of its own made of one: it can drop its eldest entry. */
  | { kind: 'evicts'; byAccess: boolean }
  | { kind: 'expires'; field: string }
  | { kind: 'immutable' }

/**
 * `many`: it dominates very many objects of one class. `structure`: a list, tree or graph whose nodes dominate each
 * other. `array`: what weighs is itself. `group`: several of one class, each with a share. `spread`: of everything a little.
 */
export type Shape = 'many' | 'structure' | 'array' | 'group' | 'spread'

/** How the end of a path keeps what is on it. */
export type HoldKind = 'static' | 'thread-local' | 'thread' | 'other' | 'stack'

export interface SuspectGroup {
  className: string
  count: number
  retained: number
  /** Counted, not estimated from a sample. */
  exact: boolean
}

export interface SuspectItems {
  sample: HeapObject
  own: boolean
  sameSize: boolean
  /** Each holds nothing but buffers: arrays of primitives and what the JDK wraps around them. */
  buffers: boolean
  loaders: number
}

export interface SuspectField {
  className: string
  field: string
  static: boolean
  own: boolean
  /** The object whose field it is, or the class object of a static field. */
  object: HeapObject
}

export interface Suspect {
  shape: Shape
  /** Bytes that would be freed with it. */
  retained: number
  /** What holds: a collection, the first of several alike, or the thing itself; the biggest of them. */
  holder: HeapObject
  /** All of them, the biggest first; of very many the first. */
  holders: HeapObject[]
  holderCount: number
  /** The collection through which it grows, and its entries. */
  collection: { object: HeapObject; size: number | null } | null
  /** What gathers: how many of what, one of them, and what they carry. */
  items: (SuspectGroup & SuspectItems) | null
  /** Of a structure: the class of its nodes. */
  nodes: string | null
  content: SuspectGroup[]
  /** From the sample, or the holder, to what keeps it; long ones without their middle. */
  path: { object: HeapObject; edges: EdgeName[] }[]
  kept: HoldKind
  /** No strong reference keeps it. */
  weakened: 'soft' | 'weak' | null
  /** The nearest field that is no part of a collection; and the first in own code. */
  growsThrough: SuspectField | null
  culprit: SuspectField | null
  thread: { object: HeapObject; frame: string | null; ownFrame: boolean; waits: boolean; stack: string[] } | null
  /** Threads that lead to it. */
  threads: number
  /** Threads that have one of the topmost objects as a local variable: each its own. */
  workers: number
  /** The static field that holds the ThreadLocal, `Class#field`; null when it is none or not known. */
  threadLocal: string | null
  loader: HeapObject | null
  /** The collection alone keeps the items; nothing above it leads to them by another way. */
  exclusive: boolean
  bound: Bound | null
}

export interface PoolMemory {
  arenas: number
  /** Arenas that have a chunk. */
  arenasInUse: number
  chunks: number
  /** Of the largest chunk. */
  chunkSize: number
  bytes: number
  /** Bytes of the chunks that are given out: to buffers, or to thread caches. */
  taken: number
  /** Of these in thread caches, and in buffers that are alive. */
  cached: number
  live: number
  liveBuffers: number
  /** Taken, and neither in a cache nor in any buffer that is alive: nobody can release it any more. */
  lost: number
}

export interface NettyPool {
  allocator: HeapObject
  heap: PoolMemory
  direct: PoolMemory
  /** Arenas with chunks, the fullest first. */
  arenas: { object: HeapObject; direct: boolean; chunks: number; bytes: number; taken: number }[]
  /** The static or other field through which the program holds the allocator. */
  culprit: SuspectField | null
  path: Suspect['path']
}

/** Memory outside the heap, as the JDK counts it (`java.nio.Bits`). */
export interface DirectMemory {
  used: number
  /** -XX:MaxDirectMemorySize, or as much as the heap may have. */
  limit: number | null
  /** Buffers that own memory. */
  buffers: number
  /** Of so many of the largest it was asked who holds them, and so many of these are held through one field. */
  asked: number
  held: number
  culprit: SuspectField | null
  path: Suspect['path']
}

export interface Suspects {
  usedHeap: number
  /** As the JVM's own code knows it; null where the heap does not tell. */
  maxHeap: number | null
  /** The heaviest first; memory of Netty's pools is told with these. */
  suspects: Suspect[]
  netty: NettyPool[]
  /** Null where it is too little for a word, or not known. */
  direct: DirectMemory | null
}
