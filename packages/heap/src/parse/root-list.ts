import type { HeapCursor } from '@heaptrail/hprof/heap-cursor'
import { Sub } from '@heaptrail/hprof/tags'

const STRIDE = 7

/** More roots than any JVM has: what comes after is counted, not kept, so that a hostile dump cannot fill the memory. */
export const MOST_ROOTS = 2_000_000

/** Root sub-records as they stand in the dump, in rows of 7 integers: tag, id (2), thread, frame, position (2). */
export class RootList {
  count = 0
  dropped = 0
  private rows = new Int32Array(STRIDE * 256)

  add(cursor: HeapCursor): void {
    if (this.count === MOST_ROOTS) {
      this.dropped++
      return
    }
    const at = this.count++ * STRIDE
    if (at === this.rows.length) {
      const rows = new Int32Array(at * 2)
      rows.set(this.rows)
      this.rows = rows
    }
    const position = cursor.position()
    this.rows[at] = cursor.tag
    this.rows[at + 1] = cursor.idHigh
    this.rows[at + 2] = cursor.idLow
    this.rows[at + 3] = cursor.threadSerial
    this.rows[at + 4] = cursor.frame
    this.rows[at + 5] = Math.floor(position / 2 ** 32)
    this.rows[at + 6] = position | 0
  }

  result(): Int32Array {
    return this.rows.slice(0, this.count * STRIDE)
  }
}

export interface RootRecord {
  readonly tag: number
  /** Halves of the id, signed. */
  readonly high: number
  readonly low: number
  readonly threadSerial: number
  readonly frame: number
  readonly position: number
}

/** Whether a root of the kind that JVMs write last is among the rows. */
export function hasSystemClass(rows: Int32Array): boolean {
  for (let at = 0; at < rows.length; at += STRIDE) if (rows[at] === Sub.rootStickyClass) return true
  return false
}

/** The rows of several lists in the order in which they stand in the dump. */
export function rootRecords(lists: readonly Int32Array[]): RootRecord[] {
  const records: RootRecord[] = []
  for (const rows of lists) {
    for (let at = 0; at < rows.length; at += STRIDE) {
      records.push({
        tag: rows[at],
        high: rows[at + 1],
        low: rows[at + 2],
        threadSerial: rows[at + 3] >>> 0,
        frame: rows[at + 4],
        position: rows[at + 5] * 2 ** 32 + (rows[at + 6] >>> 0),
      })
    }
  }
  return records.sort((a, b) => a.position - b.position)
}
