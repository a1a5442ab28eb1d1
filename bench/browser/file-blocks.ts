import type { ByteSource } from '@heaptrail/hprof/byte-source'

/** The library of workers cannot be mixed with that of pages. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer
}

/** Reading a blob costs about a millisecond however little is read; the passes go from front to back. */
const BLOCK = 8 << 20

/** A `File` as a ByteSource. Only in workers: pages cannot read synchronously. */
export function fileSource(file: File): ByteSource {
  const reader = new FileReaderSync()
  let block = new Uint8Array(0)
  let blockAt = 0

  function load(offset: number): void {
    blockAt = offset - (offset % BLOCK)
    block = new Uint8Array(reader.readAsArrayBuffer(file.slice(blockAt, blockAt + BLOCK)))
  }

  return {
    size: file.size,
    readInto(offset, target) {
      let done = 0
      while (done < target.length && offset + done < file.size) {
        const at = offset + done
        if (at < blockAt || at >= blockAt + block.length) load(at)
        const part = block.subarray(at - blockAt, at - blockAt + target.length - done)
        target.set(part, done)
        done += part.length
      }
      return done
    },
  }
}
