/**
 * What was noticed in a heap dump by itself: who holds much of the heap, and why that is or is not a suspect. As with the findings
 * of logs: an id with parameters, `finding-texts/` has the sentences. All sizes are bytes, shares are percent of the used heap.
 */
import { z } from 'zod'
import { Severity } from './findings.ts'
import { EdgeName, HeapObject } from './heap.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

export const SuspectGroup = z.object({
  className: z.string(),
  count: Count,
  retained: Bytes,
  /** Counted one by one, not estimated from an even sample. */
  exact: z.boolean(),
})
export type SuspectGroup = z.infer<typeof SuspectGroup>

/** A field that holds something. */
export const SuspectField = z.object({
  className: z.string(),
  field: z.string(),
  static: z.boolean(),
  /** Of the user's own code. */
  own: z.boolean(),
  /** The object whose field it is, or the class object of a static field. */
  object: HeapObject,
})
export type SuspectField = z.infer<typeof SuspectField>

const PathStep = z.object({ object: HeapObject, edges: z.array(EdgeName) })

/** Evidence that a collection does not grow without limit. */
export const Bound = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('limit'), field: z.string(), limit: z.number(), size: Count }),
  z.object({ kind: z.literal('capacity'), limit: z.number(), size: Count }),
  z.object({
    kind: z.literal('measured'),
    field: z.string(),
    limit: z.number(),
    measure: z.string(),
    used: z.number(),
  }),
  z.object({ kind: z.literal('ring'), limit: z.number() }),
  z.object({ kind: z.literal('evicts'), byAccess: z.boolean() }),
  z.object({ kind: z.literal('expires'), field: z.string() }),
  z.object({ kind: z.literal('immutable') }),
])
export type Bound = z.infer<typeof Bound>

/** Facts about one holder; every object in them can be opened. */
export const Holder = z.object({
  shape: z.enum(['many', 'structure', 'array', 'group', 'spread']),
  retained: Bytes,
  share: z.number(),
  /** The biggest of the holders; `holders` has the first of them. */
  holder: HeapObject,
  holders: z.array(HeapObject),
  holderCount: Count,
  /** The collection through which it grows, and its entries when they can be told. */
  collection: z.object({ object: HeapObject, size: Count.nullable() }).nullable(),
  /** What gathers, one of them, and what each carries in turn. */
  items: SuspectGroup.extend({
    sample: HeapObject,
    own: z.boolean(),
    sameSize: z.boolean(),
    /** Each holds nothing but arrays of primitives, and what the JDK wraps around them. */
    buffers: z.boolean(),
    loaders: Count,
  }).nullable(),
  /** Of a list, tree or graph: the class of its nodes. */
  nodes: z.string().nullable(),
  content: z.array(SuspectGroup),
  /** From the sample, or the holder, to what keeps it. */
  path: z.array(PathStep),
  kept: z.enum(['static', 'thread-local', 'thread', 'other', 'stack']),
  weakened: z.enum(['soft', 'weak']).nullable(),
  /** The nearest field above the collection, and the first in own code. */
  growsThrough: SuspectField.nullable(),
  culprit: SuspectField.nullable(),
  thread: z
    .object({
      object: HeapObject,
      frame: z.string().nullable(),
      ownFrame: z.boolean(),
      waits: z.boolean(),
      stack: z.array(z.string()),
    })
    .nullable(),
  threads: Count,
  /** Threads of which each has one of such objects as a local variable. */
  workers: Count,
  threadLocal: z.string().nullable(),
  loader: HeapObject.nullable(),
  /** The collection alone keeps the items. */
  exclusive: z.boolean(),
  bound: Bound.nullable(),
  /** Percent of the largest possible heap that was in use; null where the dump does not tell. */
  fullness: z.number().nullable(),
})
export type Holder = z.infer<typeof Holder>

const PoolMemory = z.object({
  arenas: Count,
  arenasInUse: Count,
  chunks: Count,
  chunkSize: Bytes,
  bytes: Bytes,
  taken: Bytes,
  cached: Bytes,
  live: Bytes,
  liveBuffers: Count,
  /** Taken, but neither by a thread cache nor by a buffer that is alive. */
  lost: Bytes,
})
export type PoolMemory = z.infer<typeof PoolMemory>

export const NettyPool = z.object({
  allocator: HeapObject,
  heap: PoolMemory,
  direct: PoolMemory,
  arenas: z.array(z.object({ object: HeapObject, direct: z.boolean(), chunks: Count, bytes: Bytes, taken: Bytes })),
  culprit: SuspectField.nullable(),
  path: z.array(PathStep),
})
export type NettyPool = z.infer<typeof NettyPool>

/** Memory outside the heap that buffers of the JDK take. */
export const DirectMemory = z.object({
  used: Bytes,
  limit: Bytes.nullable(),
  buffers: Count,
  asked: Count,
  held: Count,
  culprit: SuspectField.nullable(),
  path: z.array(PathStep),
})
export type DirectMemory = z.infer<typeof DirectMemory>

function heapFinding<Id extends string, Parameters extends z.ZodType>(id: Id, parameters: Parameters) {
  return z.object({ id: z.literal(id), severity: Severity, parameters })
}

const PoolParameters = NettyPool.extend({
  /** Which memory the finding is about. */
  of: z.enum(['heap', 'direct']),
  share: z.number(),
  fullness: z.number().nullable(),
})

/** Why a large holder is no suspect: see docs/findings.md. */
export const InnocentReason = z.enum([
  'pool',
  'softly-held',
  'thread-buffers',
  'fixed',
  'spread',
  'shared',
  'small',
  'library',
])
export type InnocentReason = z.infer<typeof InnocentReason>

export const HeapFinding = z.discriminatedUnion('id', [
  /** A collection, a list or a group of objects that holds much and that nothing bounds. */
  heapFinding('leak-suspect', Holder),
  /** A queue from which less is taken than is put in. */
  heapFinding('queue-backlog', Holder),
  heapFinding('thread-local-suspect', Holder),
  heapFinding('class-loader-suspect', Holder),
  heapFinding('finalizer-backlog', Holder),
  /** One thread's work takes most of a heap that is full. */
  heapFinding('thread-holds-heap', Holder),
  /** Very many threads that wait hold much of it together. */
  heapFinding('thread-pile-up', Holder),
  /** Direct buffers: outside the heap, but held by objects in it. */
  heapFinding('direct-memory', DirectMemory),
  heapFinding('netty-leak', PoolParameters),
  heapFinding('netty-pool', PoolParameters),
  /** Large, and recognised as legitimate. */
  heapFinding('working-set', Holder),
  heapFinding('bounded-holder', Holder),
  heapFinding('large-holder', Holder.extend({ reason: InnocentReason })),
  heapFinding('no-suspect', z.object({ usedHeap: Bytes, fullness: z.number().nullable() })),
])
export type HeapFinding = z.infer<typeof HeapFinding>
export type HeapFindingId = HeapFinding['id']
export type HeapFindingOf<Id extends HeapFindingId> = Extract<HeapFinding, { id: Id }>

/** `GET …/heap/suspects` */
export const HeapFindings = z.object({ findings: z.array(HeapFinding), usedHeap: Bytes, maxHeap: Bytes.nullable() })
export type HeapFindings = z.infer<typeof HeapFindings>
