/** What a heap dump knows about Netty: allocators piece by piece, buffers and who holds them, connections. Sizes are bytes. */
import { z } from 'zod'
import { HeapFinding, NettyPool, SuspectField } from './heap-findings.ts'
import { HeapObject } from './heap.ts'
import { ObjectId } from './ids.ts'
import { Window, pageOf } from './page.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

const Ownership = z.object({
  chunks: Count,
  bytes: Bytes,
  /** Given out, piece by piece: what pages of small buffers have left counts as free. */
  taken: Bytes,
  /** Of that in thread caches, in buffers that are alive, and neither. */
  cached: Bytes,
  live: Bytes,
  liveBuffers: Count,
  lost: Bytes,
})
export type Ownership = z.infer<typeof Ownership>

export const NettyArena = Ownership.extend({
  object: HeapObject,
  direct: z.boolean(),
  /** Chunk lists by use, `qInit` to `q100`. */
  lists: z.array(Ownership.extend({ name: z.string(), object: HeapObject.nullable() })),
  threadCaches: Count.nullable(),
  /** Bytes of buffers too large for a chunk, as Netty itself counts. */
  huge: Bytes.nullable(),
})
export type NettyArena = z.infer<typeof NettyArena>

export const NettyAllocator = z.object({
  pool: NettyPool,
  arenas: z.array(NettyArena),
  caches: z.array(z.object({ object: HeapObject, thread: HeapObject.nullable(), pieces: Count, bytes: Bytes })),
  cacheCount: Count,
  /** Given out and without an owner, by size; null: runs of pages that cannot be told apart. */
  lostPieces: z.array(z.object({ size: Bytes.nullable(), count: Count.nullable(), bytes: Bytes })),
})
export type NettyAllocator = z.infer<typeof NettyAllocator>

export const AdaptiveAllocator = z.object({
  object: HeapObject,
  direct: z.boolean(),
  culprit: SuspectField.nullable(),
  chunks: Count,
  bytes: Bytes,
  live: Bytes,
  liveBuffers: Count,
  /** Buffers that its chunks still count and that are gone, and their bytes where chunks have pieces of one size. */
  lostBuffers: Count,
  lost: Bytes,
})
export type AdaptiveAllocator = z.infer<typeof AdaptiveAllocator>

export const NettyHolder = z.object({
  /** Null when it is a thread. */
  field: SuspectField.nullable(),
  thread: z.object({ object: HeapObject, frame: z.string().nullable() }).nullable(),
  buffers: Count,
  bytes: Bytes,
  sample: HeapObject,
})
export type NettyHolder = z.infer<typeof NettyHolder>

const NettyOutbound = z.object({
  object: HeapObject,
  channel: HeapObject.nullable(),
  remote: z.string().nullable(),
  pending: Bytes,
  messages: Count,
  writable: z.boolean(),
})

/** `GET …/heap/netty` */
export const NettyFacts = z.object({
  /** How reference counts are kept: plain numbers, doubled ones (odd is released), or these in an object of their own. */
  counting: z.enum(['plain', 'doubled', 'object']).nullable(),
  leakDetection: z
    .object({ level: z.string(), sampling: z.number().nullable(), reports: z.array(z.string()) })
    .nullable(),
  /** Direct memory: as Netty counts it where it allocates without the JDK's cleaner, and as the JDK does. */
  direct: z.object({
    used: z.number().nullable(),
    limit: z.number().nullable(),
    jdkUsed: z.number().nullable(),
    jdkLimit: z.number().nullable(),
  }),
  usedHeap: Bytes,
  maxHeap: Bytes.nullable(),
  /** What the figures mean: `netty-leak`, or `netty-pool` for a pool at its normal size. */
  verdicts: z.array(HeapFinding),
  allocators: z.array(NettyAllocator),
  adaptive: z.array(AdaptiveAllocator),
  buffers: z.object({
    alive: Count,
    bytes: Bytes,
    released: Count,
    classes: z.array(
      z.object({ classId: ObjectId, className: z.string(), alive: Count, bytes: Bytes, released: Count }),
    ),
    more: z.boolean(),
  }),
  /** Who holds buffers that are alive; and of how many, the largest, the holder was looked for. */
  holders: z.array(NettyHolder),
  holdersOf: Count,
  /** Connections, those with the most bytes to be written first. */
  outbound: z.object({ channels: Count, pending: Bytes, rows: z.array(NettyOutbound) }),
})
export type NettyFacts = z.infer<typeof NettyFacts>

export const NettyChunksQuery = Window.extend({
  of: ObjectId.describe('An arena, or an allocator.'),
  list: z.string().max(10).optional().describe('A chunk list, `qInit` to `q100`; all without it.'),
})
export type NettyChunksQuery = z.infer<typeof NettyChunksQuery>

export const NettyChunks = pageOf(Ownership.extend({ object: HeapObject, arena: ObjectId, list: z.string() }))
export type NettyChunks = z.infer<typeof NettyChunks>

export const NettyBufferState = z.enum(['alive', 'released'])
export type NettyBufferState = z.infer<typeof NettyBufferState>

export const NettyBuffersQuery = Window.extend({
  state: NettyBufferState.default('alive').describe('Buffers that count references, or those that were released.'),
  chunk: ObjectId.optional().describe('Those whose memory is in this chunk; all without it.'),
})
export type NettyBuffersQuery = z.infer<typeof NettyBuffersQuery>

export const NettyBuffers = pageOf(
  z.object({
    object: HeapObject,
    /** Decoded. */
    references: Count,
    bytes: Bytes,
    chunk: ObjectId.nullable(),
  }),
)
export type NettyBuffers = z.infer<typeof NettyBuffers>
