/** Threads of a heap dump. Sizes are bytes. */
import { z } from 'zod'
import { HeapObject, RootType } from './heap.ts'
import { Order, Window, pageOf } from './page.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

/** As `Thread.getState()` names them. */
export const ThreadState = z.enum(['NEW', 'RUNNABLE', 'BLOCKED', 'WAITING', 'TIMED_WAITING', 'TERMINATED'])
export type ThreadState = z.infer<typeof ThreadState>

/** Why a thread waits. `pinned`: a virtual thread that keeps its carrier while it is parked. */
export const ThreadWait = z.enum(['sleeping', 'object-wait', 'parked', 'monitor', 'pinned'])
export type ThreadWait = z.infer<typeof ThreadWait>

export const ThreadSort = z.enum(['name', 'state', 'frames', 'locals', 'shallow', 'retained'])
export type ThreadSort = z.infer<typeof ThreadSort>

export const ThreadsQuery = Window.extend({
  sort: ThreadSort.default('retained').describe('Column by which the rows are sorted.'),
  order: Order.default('desc').describe('Rising or falling.'),
  filter: z
    .string()
    .max(200)
    .default('')
    .describe('Part of a name, state, class or frame (case ignored), or `/regular expression/`.'),
})
export type ThreadsQuery = z.infer<typeof ThreadsQuery>

/** Null where the dump does not tell. */
export const ThreadRow = z.object({
  object: HeapObject,
  name: z.string(),
  virtual: z.boolean(),
  /** The dump lists it among the threads that run. */
  live: z.boolean(),
  state: ThreadState.nullable(),
  wait: ThreadWait.nullable(),
  daemon: z.boolean().nullable(),
  priority: z.number().int().nullable(),
  /** `Thread.getId()`. */
  number: z.number().int().nullable(),
  /** Thread group. */
  group: z.string().nullable(),
  frames: Count,
  /** The topmost frame in the user's own code, or else the topmost one; null without a stack. */
  frame: z.object({ text: z.string(), own: z.boolean() }).nullable(),
  /** Objects that its frames hold, and the most that one of them retains. */
  locals: z.object({ objects: Count, mostRetained: Bytes }),
  /** What it is parked for, such as a lock. */
  blocker: HeapObject.nullable(),
  /** The thread that owns the lock that it is parked for. */
  owner: HeapObject.nullable(),
})
export type ThreadRow = z.infer<typeof ThreadRow>

export const Threads = pageOf(ThreadRow).extend({
  /** Whatever the filter. `others`: thread objects that the dump does not list as running; `omitted`: too many to be listed. */
  counts: z.object({ live: Count, virtual: Count, others: Count, omitted: Count }),
  /** Of the threads that the filter lets through, the most frequent first. */
  states: z.array(z.object({ state: ThreadState.nullable(), threads: Count })),
})
export type Threads = z.infer<typeof Threads>

/** An object that a frame holds. */
export const HeldLocal = z.object({ type: RootType, object: HeapObject })
export type HeldLocal = z.infer<typeof HeldLocal>

export const StackFrame = z.object({
  text: z.string(),
  /** Its method is of the user's own code. */
  own: z.boolean(),
  locals: z.array(HeldLocal),
  localsOmitted: Count,
})
export type StackFrame = z.infer<typeof StackFrame>

export const ThreadStack = z.object({
  thread: ThreadRow,
  contextClassLoader: HeapObject.nullable(),
  /** The `Runnable` that it was made for. */
  task: HeapObject.nullable(),
  /** The thread of the system that carries a virtual thread now. */
  carrier: HeapObject.nullable(),
  /** From the top. */
  frames: z.array(StackFrame),
  framesOmitted: Count,
  /** What the thread holds without a known frame. */
  others: z.array(HeldLocal),
  othersOmitted: Count,
})
export type ThreadStack = z.infer<typeof ThreadStack>

export const ThreadDump = z.object({
  /** As `jstack` prints it. */
  text: z.string(),
  threads: Count,
  /** Threads that would have made it too long. */
  omitted: Count,
})
export type ThreadDump = z.infer<typeof ThreadDump>
