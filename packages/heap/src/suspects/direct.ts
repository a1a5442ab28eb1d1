/** Memory outside the heap that the program's buffers of the JDK take, and who holds most of these buffers. */
import { directMemory } from '../netty/process-facts.ts'
import { fieldsIn } from '../netty/object-fields.ts'
import type { Heap } from '../query/heap.ts'
import { culpritOf, shownPath } from './describe.ts'
import { type HoldingPath, holdingOf } from './holding-paths.ts'
import type { DirectMemory } from './messages.ts'

const BUFFER_CLASS = 'java.nio.DirectByteBuffer'
/** Of more buffers the first are looked at. */
const MOST_BUFFERS = 200_000
/** So many of the largest are asked who holds them. */
const MOST_ASKED = 24
/** Less than this is what every program has. */
const LEAST_BYTES = 16 << 20

interface Buffer {
  readonly index: number
  readonly capacity: number
}

/** @returns undefined where it is too little for a word, or not known. */
export function directBuffers(heap: Heap): DirectMemory | undefined {
  const { jdkUsed, jdkLimit } = directMemory(heap)
  if (jdkUsed === null || jdkUsed < LEAST_BYTES) return undefined
  const owners = ownersOf(heap)
  const largest = owners.toSorted((a, b) => b.capacity - a.capacity || a.index - b.index).slice(0, MOST_ASKED)
  const bytes = largest.reduce((sum, { capacity }) => sum + capacity, 0)
  const held = heaviestHolder(heap, largest)
  const isMost = held !== undefined && held.bytes * 2 > bytes
  return {
    used: jdkUsed,
    limit: jdkLimit,
    buffers: owners.length,
    asked: largest.length,
    held: isMost ? held.buffers : 0,
    culprit: isMost ? culpritOf(heap, held.path, 1) : null,
    path: isMost ? shownPath(heap, held.path) : [],
  }
}

/** Buffers that free their memory themselves; slices and duplicates only refer to one of these. */
function ownersOf(heap: Heap): Buffer[] {
  const number = heap.facts.numberOf(BUFFER_CLASS)
  if (number < 0) return []
  const count = Math.min(heap.snapshot.objectsOfClassCount(number), MOST_BUFFERS)
  return [...heap.snapshot.objectsOfClass(number, 0, count)].flatMap((index) => {
    const fields = fieldsIn(heap, index)
    if (fields.reference('cleaner') === undefined) return []
    return [{ index, capacity: fields.number('capacity') ?? 0 }]
  })
}

interface HolderOfBuffers {
  readonly path: HoldingPath
  bytes: number
  buffers: number
}

function heaviestHolder(heap: Heap, buffers: readonly Buffer[]): HolderOfBuffers | undefined {
  const holders = new Map<string, HolderOfBuffers>()
  for (const { index, capacity } of buffers) {
    const path = holdingOf(heap, index)?.best
    const culprit = path === undefined ? null : culpritOf(heap, path, 1)
    if (path === undefined || culprit === null) continue
    const key = `${culprit.className}#${culprit.field}`
    const holder = holders.get(key) ?? { path, bytes: 0, buffers: 0 }
    holders.set(key, { ...holder, bytes: holder.bytes + capacity, buffers: holder.buffers + 1 })
  }
  return [...holders.values()].toSorted((a, b) => b.bytes - a.bytes)[0]
}
