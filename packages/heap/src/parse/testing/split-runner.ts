/** The passes as several threads would share them, one after the other in this thread: quick, and the same every time. */
import { collectIds } from '../collect-ids.ts'
import type { PassRunner } from '../pass-runner.ts'
import type { PassThread } from '../pass-thread.ts'
import { readReferences } from '../read-references.ts'
import { scanUnits } from '../scan.ts'
import type { ByteSource } from '@heaptrail/hprof/byte-source'

/** Unit u goes to thread u mod `threads`. */
export function splitRunner(source: ByteSource, threads: number): PassRunner {
  const each = <Result>(count: number, run: (thread: PassThread) => Result): Result[] =>
    Array.from({ length: count }, (_, first) => {
      let unit = first - count
      return run({ source, next: () => (unit += count), advance: () => {} })
    })
  return {
    threads,
    allocate: (bytes) => new SharedArrayBuffer(bytes),
    available: () => ({ bytes: Infinity }),
    scan: async (input) => each(threads, (thread) => scanUnits(input, thread)),
    collectIds: async (input) => each(threads, (thread) => collectIds(input, thread)),
    // A dump that holds an object twice is read by one thread.
    readReferences: async (input) => each(input.duplicates ? 1 : threads, (thread) => readReferences(input, thread)),
  }
}
