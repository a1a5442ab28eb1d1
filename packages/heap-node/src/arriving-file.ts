/**
 * A file that another process still writes, from front to back, as a source whose reads wait for their bytes. How far it
 * is stands in memory that the reading thread shares with the one that is told.
 */
import type { ArrivingSource } from '@heaptrail/heap/parse/arriving-dump'
import { type FileSource, openFileSource } from './file-source.ts'

/** One BigInt64: bytes in the file while it grows; the whole size as −size − 1 once all are there. */
export type ArrivalState = SharedArrayBuffer

export function newArrivalState(): ArrivalState {
  return new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT)
}

/** So many bytes are in the file now; `isWhole`: it has no more. Wakes whoever waits. */
export function tellArrived(state: ArrivalState, bytes: number, isWhole: boolean): void {
  const shared = new BigInt64Array(state)
  Atomics.store(shared, 0, isWhole ? -BigInt(bytes) - 1n : BigInt(bytes))
  Atomics.notify(shared, 0)
}

/**
 * For threads that may block.
 * @param beforeWaiting called when the thread is about to wait; says after how many milliseconds it wants to be called again
 * when no bytes come
 */
export function openArrivingFile(
  path: string,
  state: ArrivalState,
  beforeWaiting: () => number = () => Infinity,
): ArrivingSource & FileSource {
  const shared = new BigInt64Array(state)
  const file = openFileSource(path)
  return {
    get size() {
      const seen = Atomics.load(shared, 0)
      return seen < 0n ? wholeSize(seen) : Infinity
    },
    readInto(offset, target) {
      const end = waitFor(shared, offset + target.length, beforeWaiting)
      return end <= offset ? 0 : file.readInto(offset, target.subarray(0, end - offset))
    },
    close: () => file.close(),
  }
}

/** @returns up to where can be read: `end`, or less when the file ends before */
function waitFor(shared: BigInt64Array<SharedArrayBuffer>, end: number, beforeWaiting: () => number): number {
  for (;;) {
    const seen = Atomics.load(shared, 0)
    if (seen < 0n) return Math.min(end, wholeSize(seen))
    if (seen >= end) return end
    Atomics.wait(shared, 0, seen, beforeWaiting())
  }
}

function wholeSize(seen: bigint): number {
  return Number(-seen - 1n)
}
