/**
 * The state of a thread from its fields. Platform threads keep JVMTI's thread state flags in `threadStatus`
 * (`jvmtiThreadState`, HotSpot's `JavaThreadStatus`): of JDK 6 to 18 in the thread itself, later in its `holder`.
 * Virtual threads keep a number whose meaning changed from release to release: the class names it in static fields.
 */
import type { Heap } from '../heap.ts'
import type { ObjectReader } from '../object-reader.ts'

/** As `Thread.getState()` names them. */
export type ThreadStateName = 'NEW' | 'RUNNABLE' | 'BLOCKED' | 'WAITING' | 'TIMED_WAITING' | 'TERMINATED'
/** Why a thread waits. `pinned`: a virtual thread that keeps its carrier while it is parked. */
export type WaitKind = 'sleeping' | 'object-wait' | 'parked' | 'monitor' | 'pinned'

export interface ThreadState {
  readonly name: ThreadStateName | undefined
  readonly wait: WaitKind | undefined
}

const UNKNOWN: ThreadState = { name: undefined, wait: undefined }

export const THREAD = 'java.lang.Thread'
export const VIRTUAL_THREAD = 'java.lang.VirtualThread'

const ALIVE = 0x1
const TERMINATED = 0x2
const RUNNABLE = 0x4
const WAITING_INDEFINITELY = 0x10
const WAITING_WITH_TIMEOUT = 0x20
const SLEEPING = 0x40
const IN_OBJECT_WAIT = 0x100
const PARKED = 0x200
const BLOCKED_ON_MONITOR = 0x400

/** In the order in which `Thread.getState()` asks. */
export function platformState(status: number | undefined): ThreadState {
  if (status === undefined) return UNKNOWN
  if ((status & RUNNABLE) !== 0) return { name: 'RUNNABLE', wait: undefined }
  if ((status & BLOCKED_ON_MONITOR) !== 0) return { name: 'BLOCKED', wait: 'monitor' }
  if ((status & WAITING_INDEFINITELY) !== 0) return { name: 'WAITING', wait: waitOf(status) }
  if ((status & WAITING_WITH_TIMEOUT) !== 0) return { name: 'TIMED_WAITING', wait: waitOf(status) }
  if ((status & TERMINATED) !== 0) return { name: 'TERMINATED', wait: undefined }
  return { name: (status & ALIVE) === 0 ? 'NEW' : 'RUNNABLE', wait: undefined }
}

function waitOf(status: number): WaitKind | undefined {
  if ((status & SLEEPING) !== 0) return 'sleeping'
  if ((status & IN_OBJECT_WAIT) !== 0) return 'object-wait'
  return (status & PARKED) === 0 ? undefined : 'parked'
}

/** Names of the states of JDK 19 to 25; those of threads on their way from one state to another count as running. */
const VIRTUAL_STATES: Readonly<Record<string, ThreadState>> = {
  NEW: { name: 'NEW', wait: undefined },
  PARKED: { name: 'WAITING', wait: 'parked' },
  TIMED_PARKED: { name: 'TIMED_WAITING', wait: 'parked' },
  PINNED: { name: 'WAITING', wait: 'pinned' },
  TIMED_PINNED: { name: 'TIMED_WAITING', wait: 'pinned' },
  BLOCKED: { name: 'BLOCKED', wait: 'monitor' },
  WAIT: { name: 'WAITING', wait: 'object-wait' },
  TIMED_WAIT: { name: 'TIMED_WAITING', wait: 'object-wait' },
  TERMINATED: { name: 'TERMINATED', wait: undefined },
}
/** Set beside the state while a debugger holds the thread. */
const SUSPENDED = 1 << 8

export function virtualState(heap: Heap, thread: ObjectReader): ThreadState {
  const state = thread.number('state', VIRTUAL_THREAD)
  const type = heap.facts.numberOf(VIRTUAL_THREAD)
  if (state === undefined || type < 0) return UNKNOWN
  const constant = heap.snapshot
    .classDetails(type)
    .statics.find(({ name, type: of, value }) => of === 10 && value === (state & ~SUSPENDED) && isStateName(name))
  if (constant === undefined) return UNKNOWN
  return VIRTUAL_STATES[constant.name] ?? { name: 'RUNNABLE', wait: undefined }
}

const OTHER_STATES =
  'STARTED RUNNABLE RUNNING PARKING TIMED_PARKING UNPARKED YIELDING YIELDED BLOCKING UNBLOCKED WAITING TIMED_WAITING'
const STATE_NAMES = new Set([...Object.keys(VIRTUAL_STATES), ...OTHER_STATES.split(' ')])

/** The class has other whole numbers, too: offsets of fields. */
function isStateName(name: string): boolean {
  return STATE_NAMES.has(name)
}
