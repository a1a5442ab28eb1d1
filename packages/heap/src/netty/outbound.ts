/** What waits to be written: the ChannelOutboundBuffer of each connection. */
import type { Heap } from '../query/heap.ts'
import { objectRow } from '../query/object/object-row.ts'
import { addressText } from './addresses.ts'
import type { NettyFacts, NettyOutbound } from './messages.ts'
import { nettyClasses, objectsOf } from './names.ts'
import { fieldsIn } from './object-fields.ts'

const MOST_CHANNELS = 20_000
const MOST_SHOWN = 100
const MOST_MESSAGES = 100_000

export function outboundOf(heap: Heap): NettyFacts['outbound'] {
  const found = nettyClasses(heap, 'channel.ChannelOutboundBuffer').flatMap((number) =>
    Array.from(objectsOf(heap, number, MOST_CHANNELS), (index) => ({
      index,
      pending: fieldsIn(heap, index).number('totalPendingSize') ?? 0,
    })),
  )
  const rows = found.toSorted((a, b) => b.pending - a.pending || a.index - b.index).slice(0, MOST_SHOWN)
  return {
    channels: found.length,
    pending: found.reduce((sum, { pending }) => sum + pending, 0),
    rows: rows.map(({ index, pending }) => outboundRow(heap, index, pending)),
  }
}

function outboundRow(heap: Heap, index: number, pending: number): NettyOutbound {
  const fields = fieldsIn(heap, index)
  const channel = fields.reference('channel')
  return {
    object: objectRow(heap, index),
    channel: channel === undefined ? null : objectRow(heap, channel),
    remote: channel === undefined ? null : (remoteOf(heap, channel) ?? null),
    pending,
    messages: messagesOf(heap, fields.reference('flushedEntry') ?? fields.reference('unflushedEntry')),
    writable: (fields.number('unwritable') ?? 0) === 0,
  }
}

/** The channel asks its socket once and keeps the answer; the socket itself always knows. */
function remoteOf(heap: Heap, channel: number): string | undefined {
  const fields = fieldsIn(heap, channel)
  const socket = fields.reference('ch')
  const known =
    fields.reference('remoteAddress') ??
    fields.reference('remote') ??
    (socket === undefined ? undefined : fieldsIn(heap, socket).reference('remoteAddress'))
  return known === undefined ? undefined : addressText(heap, known)
}

/** Flushed entries first, then those that wait for a flush, in one list. */
function messagesOf(heap: Heap, first: number | undefined): number {
  let count = 0
  for (let entry = first; entry !== undefined && count < MOST_MESSAGES; count++)
    entry = fieldsIn(heap, entry).reference('next')
  return count
}
