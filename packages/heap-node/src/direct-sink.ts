/**
 * Writes past the page cache of the system (O_DIRECT, on Linux). The system would need a fresh page for every 4 KiB, which costs up to
 * ten times as much CPU as the transfer; and where memory is scarce, pages that wait to be written would push those of the dump
 * out of the cache.
 */
import { closeSync, constants, openSync, writeSync } from 'node:fs'
import type { FileSinkBeside } from './file-sink.ts'

/** What memory, offsets and lengths of such writes must be multiples of, at most. */
const ALIGNMENT = 4096
/** Each write waits for the disk, so they are large. */
const GATHERED = 4 << 20

/**
 * @param ordinary sink of the same file, for what does not begin or end at whole blocks, and for all once the file system refuses
 * @param gathered bytes, a multiple of ALIGNMENT
 * @returns `ordinary` itself where the system has no such writes
 */
export function directSink(path: string, ordinary: FileSinkBeside, gathered = GATHERED): FileSinkBeside {
  const opened = openDirect(path)
  if (opened === undefined) return ordinary
  const file = opened
  const buffer = alignedBytes(gathered)
  let isRefused = false
  /** In the buffer: `length` bytes, for the file from `start` on. */
  let start = 0
  let length = 0

  function flush(): void {
    for (let done = 0; done < length;) {
      const rest = buffer.subarray(done, length)
      const isWhole = (start + done) % ALIGNMENT === 0 && rest.length % ALIGNMENT === 0
      const written = isWhole && !isRefused ? tryWrite(file, rest, start + done) : undefined
      isRefused ||= isWhole && written === undefined
      if (written === undefined) ordinary.writeAt(start + done, rest)
      done += written ?? rest.length
    }
    start += length
    length = 0
  }

  return {
    writeAt(offset, bytes) {
      if (offset !== start + length) {
        flush()
        start = offset
      }
      for (let from = 0; from < bytes.length;) {
        const part = bytes.subarray(from, from + buffer.length - length)
        buffer.set(part, length)
        length += part.length
        from += part.length
        if (length === buffer.length) flush()
      }
    },
    close() {
      flush()
      closeSync(file)
      ordinary.close()
    },
  }
}

function openDirect(path: string): number | undefined {
  // neither macOS nor Windows have it
  if (constants.O_DIRECT === undefined) return undefined
  try {
    return openSync(path, constants.O_RDWR | constants.O_DIRECT)
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}

/** @returns undefined when the file system does not take it */
function tryWrite(file: number, bytes: Uint8Array, offset: number): number | undefined {
  try {
    return writeSync(file, bytes, 0, bytes.length, offset)
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}

/** tmpfs, some network file systems, and disks whose blocks are larger. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EINVAL' || error.code === 'EOPNOTSUPP')
}

/** Memory of buffers that can grow is taken by whole pages of the system; that of others begins behind a few bytes of the allocator. */
function alignedBytes(length: number): Uint8Array {
  return new Uint8Array(new ArrayBuffer(length, { maxByteLength: length }))
}
