/** All threads as a text in the form of a thread dump, which people and other tools know how to read. */
import { type Heap, printId } from '../heap.ts'
import { labelOf } from '../object/label.ts'
import type { ThreadDump } from './messages.ts'
import { type ThreadFacts, allThreads } from './thread-facts.ts'
import type { WaitKind } from './thread-state.ts'

const MOST_UNITS = 8_000_000

const WAITS: Record<WaitKind, string> = {
  sleeping: ' (sleeping)',
  'object-wait': ' (on object monitor)',
  parked: ' (parking)',
  monitor: ' (on object monitor)',
  pinned: ' (parking, pinned to its carrier)',
}

/** Threads that run, those of the system first, in the order of the dump. */
export function threadDump(heap: Heap): ThreadDump {
  const { threads } = allThreads(heap)
  const live = threads.filter(({ position }) => position >= 0)
  const inOrder = [...live.filter(({ virtual }) => !virtual), ...live.filter(({ virtual }) => virtual)]
  const parts: string[] = []
  let units = 0
  for (const thread of inOrder) {
    const text = threadText(heap, thread)
    units += text.length
    if (units > MOST_UNITS) break
    parts.push(text)
  }
  return { text: parts.join('\n'), threads: parts.length, omitted: inOrder.length - parts.length }
}

function threadText(heap: Heap, thread: ThreadFacts): string {
  const { name, number, daemon, priority, virtual, state, frames } = thread
  const head = [
    `"${name}"`,
    number === undefined ? '' : `#${number}`,
    virtual ? 'virtual' : '',
    daemon === true && !virtual ? 'daemon' : '',
    priority === undefined ? '' : `prio=${priority}`,
    `object=${printId(heap.snapshot.idOf(thread.index))}`,
  ]
  const stateLine =
    state.name === undefined
      ? []
      : [`   java.lang.Thread.State: ${state.name}${state.wait === undefined ? '' : WAITS[state.wait]}`]
  const lines = [
    head.filter((word) => word !== '').join(' '),
    ...stateLine,
    ...frames.flatMap((frame, depth) => [`\tat ${frame}`, ...(depth === 0 ? waitLine(heap, thread) : [])]),
  ]
  return `${lines.join('\n')}\n`
}

function waitLine(heap: Heap, { blockerIndex, ownerIndex }: ThreadFacts): string[] {
  if (blockerIndex === undefined) return []
  const { snapshot, classes } = heap
  const blocker = `<${printId(snapshot.idOf(blockerIndex))}> (a ${classes[snapshot.classOf(blockerIndex)].name})`
  if (ownerIndex === undefined) return [`\t- parking to wait for ${blocker}`]
  const label = labelOf(heap, ownerIndex)
  const owner = label.kind === 'thread' ? `"${label.name}"` : printId(snapshot.idOf(ownerIndex))
  return [`\t- parking to wait for ${blocker}, owned by ${owner}`]
}
