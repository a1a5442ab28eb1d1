import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import type { SnapshotSink } from '@heaptrail/heap/snapshot/sink'

export interface FileSink extends SnapshotSink {
  /** Forces what was written to the disk, and closes the file. */
  finish(): void
  /** Bytes from the first to the last that was written. */
  readonly size: number
}

/** A new file to write a snapshot to. It must not exist yet. */
export function fileSink(path: string): FileSink {
  const file = openSync(path, 'wx')
  let size = 0
  return {
    writeAt(offset, bytes) {
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, offset + done)
      size = Math.max(size, offset + bytes.length)
    },
    finish() {
      fsyncSync(file)
      closeSync(file)
    },
    get size() {
      return size
    },
  }
}
