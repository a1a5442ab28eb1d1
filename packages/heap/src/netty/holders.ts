/** Who holds the buffers that are alive: their first holders that are more than wrappers and collections, by field. */
import type { Heap } from '../query/heap.ts'
import { objectRow } from '../query/object/object-row.ts'
import type { SuspectField } from '../suspects/messages.ts'
import type { Buffer } from './buffers.ts'
import { type FirstHolder, fieldBetween, firstHolder } from './climb.ts'
import type { NettyHolder } from './messages.ts'

/** The largest buffers; a search for the holder of each costs some hundred reads. */
const MOST_SEARCHED = 2000
const MOST_SHOWN = 50

export function holdersOf(heap: Heap, live: readonly Buffer[]): { holders: NettyHolder[]; searched: number } {
  const searched = live.toSorted((a, b) => b.bytes - a.bytes || a.index - b.index).slice(0, MOST_SEARCHED)
  const groups = new Map<string, NettyHolder>()
  for (const buffer of searched) {
    const found = holderOf(heap, buffer.index)
    if (found === undefined) continue
    const group = groups.get(found.key)
    if (group === undefined)
      groups.set(found.key, { ...found.by(), buffers: 1, bytes: buffer.bytes, sample: objectRow(heap, buffer.index) })
    else {
      group.buffers++
      group.bytes += buffer.bytes
    }
  }
  const holders = [...groups.values()].toSorted((a, b) => b.bytes - a.bytes || b.buffers - a.buffers)
  return { holders: holders.slice(0, MOST_SHOWN), searched: searched.length }
}

interface Found {
  readonly key: string
  readonly by: () => Pick<NettyHolder, 'field' | 'thread'>
}

function holderOf(heap: Heap, buffer: number): Found | undefined {
  const first = firstHolder(heap, buffer)
  if (first === undefined) return undefined
  if (first.kind === 'thread') return threadFound(heap, first)
  const field: SuspectField | undefined = fieldBetween(heap, first.index, first.below)
  if (field === undefined) return undefined
  return { key: `${field.className}#${field.field}`, by: () => ({ field, thread: null }) }
}

function threadFound(heap: Heap, { thread, frame }: Extract<FirstHolder, { kind: 'thread' }>): Found {
  const position = heap.snapshot.threadOfObject(thread)
  const stack = position < 0 || frame < 0 ? [] : heap.snapshot.thread(position).frames
  return {
    key: `thread ${thread} ${frame}`,
    by: () => ({ field: null, thread: { object: objectRow(heap, thread), frame: stack[frame] ?? null } }),
  }
}
