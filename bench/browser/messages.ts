/** What an analysis came to; also what is compared between a browser and Node. */
export interface Outcome {
  /** SHA-256 over a line for every reachable object: address, shallow and retained size, immediate dominator. */
  readonly tableSha256: string
  readonly objects: number
  readonly usedHeap: number
  readonly partial: string | undefined
  readonly dumpBytes: number
  readonly snapshotBytes: number
  /** From the file to the snapshot in memory. */
  readonly analysisMs: number
  readonly phases: readonly { readonly phase: string; readonly ms: number }[]
}

/** From the worker to the page. */
export type Reply =
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'failed'; readonly message: string }
