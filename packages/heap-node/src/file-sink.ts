import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import type { SnapshotSink } from '@heaptrail/heap/snapshot/sink'

/** Writes into a file that another thread keeps open, and forces to the disk. */
export interface FileSinkBeside extends SnapshotSink {
  close(): void
}

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
      writeAll(file, offset, bytes)
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

/** A file that a sink has made. */
export function fileSinkBeside(path: string): FileSinkBeside {
  const file = openSync(path, 'r+')
  return { writeAt: (offset, bytes) => writeAll(file, offset, bytes), close: () => closeSync(file) }
}

function writeAll(file: number, offset: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, offset + done)
}
