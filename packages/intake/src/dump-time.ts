import { bytesSource } from '@heaptrail/hprof/byte-source'
import { HprofError } from '@heaptrail/hprof/errors'
import { readHeader } from '@heaptrail/hprof/header'

/** Bytes that `dumpTime` wants to see. */
export const DUMP_HEAD = 64

/**
 * When a heap dump was taken, in milliseconds since 1970; undefined when its header does not say.
 * @param head the first bytes of the dump.
 */
export function dumpTime(head: Uint8Array): number | undefined {
  try {
    const { takenAtMs } = readHeader(bytesSource(head))
    return takenAtMs > 0 ? takenAtMs : undefined
  } catch (error) {
    if (error instanceof HprofError) return undefined
    throw error
  }
}
