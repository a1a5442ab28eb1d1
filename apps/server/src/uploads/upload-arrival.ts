/** The file of an upload that is not whole, for whoever reads it as its bytes come in. */
import type { Arrival } from '@heaptrail/intake/arrival'

/** How often the file is looked at while somebody waits for more of it. */
const LOOK_MS = 100

export interface UploadArrival extends Arrival {
  /** All bytes are here, and the upload counts as complete. */
  complete(): void
  readonly isComplete: boolean
  /** Waits until it is complete. @throws as `moreThan` */
  completed(): Promise<void>
}

/** Nothing came in for so long that nobody should be kept waiting; the bytes that are here stay. */
export class NothingArrives extends Error {}

export interface UploadArrivalNeeds {
  readonly size: number
  readonly receivedBytes: () => Promise<number>
  /** Ends all waiting. */
  readonly signal: AbortSignal
  /** Waiting longer than this for a byte is given up. */
  readonly patienceMs: number
}

export function uploadArrival({ size, receivedBytes, signal, patienceMs }: UploadArrivalNeeds): UploadArrival {
  let isComplete = false
  let known = 0
  let lastGrowth = performance.now()

  async function look(): Promise<void> {
    signal.throwIfAborted()
    const received = await receivedBytes()
    if (received > known) lastGrowth = performance.now()
    else if (performance.now() - lastGrowth > patienceMs) throw new NothingArrives()
    known = received
  }

  async function waitUntil(isThere: () => boolean): Promise<void> {
    while (!isThere() && !isComplete) {
      await look()
      if (!isThere()) await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  }

  return {
    size,
    async moreThan(bytes) {
      await waitUntil(() => known > bytes)
      return isComplete ? size > bytes : true
    },
    complete() {
      isComplete = true
    },
    get isComplete() {
      return isComplete
    },
    completed: () => waitUntil(() => isComplete),
  }
}
