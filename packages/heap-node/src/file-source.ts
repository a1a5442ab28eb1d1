import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { ByteSource } from '@heaptrail/hprof/byte-source'

export interface FileSource extends ByteSource {
  close(): void
}

/** A file as a ByteSource. Its size is that of the moment of opening. */
export function openFileSource(path: string): FileSource {
  const file = openSync(path, 'r')
  const { size } = fstatSync(file)
  return {
    size,
    readInto(offset, target) {
      let done = 0
      // a read may end early at signals and on network file systems; 0 means the end
      while (done < target.length) {
        const read = readSync(file, target, done, target.length - done, offset + done)
        if (read === 0) break
        done += read
      }
      return done
    },
    close: () => closeSync(file),
  }
}
