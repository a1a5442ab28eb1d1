/** What the questions about Netty are answered with. Sizes are bytes. */
import type { HeapObject, ObjectId, Window } from '../query/messages.ts'
import type { NettyPool, SuspectField } from '../suspects/messages.ts'

/** How much chunks have, how much of it is given out, and to whom. */
export interface Ownership {
  chunks: number
  bytes: number
  taken: number
  cached: number
  live: number
  liveBuffers: number
  lost: number
}

export interface NettyArena extends Ownership {
  object: HeapObject
  direct: boolean
  /** Its chunk lists, `qInit` to `q100`; empty ones too. */
  lists: ({ name: string; object: HeapObject | null } & Ownership)[]
  /** Thread caches that belong to it, and bytes of buffers too large for a chunk, as Netty itself counts. */
  threadCaches: number | null
  huge: number | null
}

export interface NettyCache {
  object: HeapObject
  /** The thread whose cache it is. */
  thread: HeapObject | null
  pieces: number
  bytes: number
}

/** Pieces that are given out and have no owner, by their size; null: runs of pages that cannot be told apart. */
export interface LostPieces {
  size: number | null
  count: number | null
  bytes: number
}

export interface NettyAllocator {
  pool: NettyPool
  arenas: NettyArena[]
  /** Of threads, those with the most bytes; and how many there are. */
  caches: NettyCache[]
  cacheCount: number
  /** The most bytes first. */
  lostPieces: LostPieces[]
}

/** Since Netty 4.2: chunks of sizes that follow what is asked for. */
export interface AdaptiveAllocator {
  object: HeapObject
  direct: boolean
  culprit: SuspectField | null
  chunks: number
  bytes: number
  live: number
  liveBuffers: number
  /** Buffers that its chunks still count, and that are not in the heap any more. */
  lostBuffers: number
  /** Of these in chunks with pieces of one size, where it can be told. */
  lost: number
}

export interface NettyBuffers {
  alive: number
  bytes: number
  released: number
  classes: { classId: ObjectId; className: string; alive: number; bytes: number; released: number }[]
  /** A class has more objects than were looked at. */
  more: boolean
}

/** Who holds buffers that are alive. */
export interface NettyHolder {
  /** Null when it is a thread. */
  field: SuspectField | null
  thread: { object: HeapObject; frame: string | null } | null
  buffers: number
  bytes: number
  /** One of the buffers, the largest. */
  sample: HeapObject
}

/** What waits to be written to one connection. */
export interface NettyOutbound {
  object: HeapObject
  channel: HeapObject | null
  /** `10.0.0.1:443`, as far as the channel knows. */
  remote: string | null
  pending: number
  messages: number
  writable: boolean
}

export interface NettyFacts {
  /** How reference counts are kept: plain numbers, doubled ones (odd is released), or these in an object of their own. */
  counting: 'plain' | 'doubled' | 'object' | null
  /** Of the leak detector; `reports` are those that it wrote to the log. */
  leakDetection: { level: string; sampling: number | null; reports: string[] } | null
  /** Direct memory: Netty's own count and limit, where it allocates without the JDK's cleaner; and the JDK's. */
  direct: { used: number | null; limit: number | null; jdkUsed: number | null; jdkLimit: number | null }
  /** Of the JVM: what the findings of pools are measured by. */
  usedHeap: number
  maxHeap: number | null
  allocators: NettyAllocator[]
  adaptive: AdaptiveAllocator[]
  buffers: NettyBuffers
  holders: NettyHolder[]
  /** Live buffers whose holder was looked for. */
  holdersOf: number
  outbound: { channels: number; pending: number; rows: NettyOutbound[] }
}

/** `chunks` is 1. */
export interface NettyChunkRow extends Ownership {
  object: HeapObject
  arena: ObjectId
  list: string
}

export interface NettyChunksQuery extends Window {
  /** Of this arena, or allocator. */
  readonly of: ObjectId
  /** `qInit` to `q100`; absent: of all lists. */
  readonly list?: string | undefined
}

export interface NettyBufferRow {
  object: HeapObject
  references: number
  bytes: number
  chunk: ObjectId | null
}

export interface NettyBuffersQuery extends Window {
  readonly state: 'alive' | 'released'
  /** In this chunk; absent: all. */
  readonly chunk?: ObjectId | undefined
}
