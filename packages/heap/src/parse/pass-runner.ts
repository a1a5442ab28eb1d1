import type { ByteSource } from '@heaptrail/hprof/byte-source'
import type { FreeMemory } from '../memory-needed.ts'
import { type IdsInput, collectIds } from './collect-ids.ts'
import type { PassThread } from './pass-thread.ts'
import { type ReferencesInput, type ReferencesResult, readReferences } from './read-references.ts'
import { type ScanInput, type ScanResult, scanUnits } from './scan.ts'

/** One pass over the heap segments of a dump. The same input goes to every thread; units are handed out one by one. */
export type Pass =
  | { readonly kind: 'scan'; readonly input: ScanInput }
  | { readonly kind: 'collect-ids'; readonly input: IdsInput }
  | { readonly kind: 'read-references'; readonly input: ReferencesInput }

/**
 * Runs passes on one or more threads. Each method gives one result per thread; with `threads` 1 nothing is
 * shared and the memory is an ordinary ArrayBuffer.
 */
export interface PassRunner {
  readonly threads: number
  /** Zeroed memory that all threads of a pass can write. It is only taken where it is touched. */
  allocate(bytes: number): ArrayBufferLike
  /** What may be taken now; Infinity bytes where that is not known. */
  available(): FreeMemory
  scan(input: ScanInput, report: Report): Promise<readonly ScanResult[]>
  collectIds(input: IdsInput, report: Report): Promise<readonly BigUint64Array[]>
  readReferences(input: ReferencesInput, report: Report): Promise<readonly ReferencesResult[]>
}

/** Told bytes that were passed so far in this pass; may throw to cancel. */
export type Report = (bytes: number) => void

/** The passes of one thread, in the thread that asks: for browsers without shared memory, and for tests. */
export function inlineRunner(
  source: ByteSource,
  available: () => FreeMemory = () => ({ bytes: Infinity }),
): PassRunner {
  function thread(report: Report): PassThread {
    let unit = 0
    let done = 0
    return { source, next: () => unit++, advance: (bytes) => report((done += bytes)) }
  }
  return {
    threads: 1,
    allocate: (bytes) => new ArrayBuffer(bytes),
    available,
    scan: async (input, report) => [scanUnits(input, thread(report))],
    collectIds: async (input, report) => [collectIds(input, thread(report))],
    readReferences: async (input, report) => [readReferences(input, thread(report))],
  }
}
