/** How the sub-records of a heap dump are framed as top-level records. */
import type { BytesWriter } from './writer-bytes.ts'

const HEAP_DUMP = 0x0c
const HEAP_DUMP_SEGMENT = 0x1c

/**
 * Segments of about `segmentBytes`; one HEAP_DUMP record, held in memory until its end;
 * or one of length 0 that runs to the end of the file, as JDK 6 wrote above 4 GB.
 */
export type Framing = 'segments' | 'single' | 'length-0'

export interface HeapFraming {
  /** Called before a sub-record is written into the heap buffer. */
  begin(): void
  /** Called after it. */
  written(): void
  /** Starts a record of its own for a sub-record of that many bytes, to be written directly. */
  direct(length: number): (bytes: Uint8Array) => void
  end(): void
}

/** Collects sub-records in `heap` and writes them out as records, in the way that the options ask for. */
export function heapFraming(
  options: { readonly heap?: Framing; readonly segmentBytes?: number },
  out: BytesWriter,
  heap: BytesWriter,
  write: (bytes: Uint8Array) => void,
): HeapFraming {
  const kind = options.heap ?? 'segments'
  const segmentBytes = options.segmentBytes ?? 1 << 20
  let openEnded = false

  function header(length: number): void {
    recordHeader(out, kind === 'segments' ? HEAP_DUMP_SEGMENT : HEAP_DUMP, length)
    write(out.view())
    out.clear()
  }
  function drain(): void {
    write(heap.view())
    heap.clear()
  }
  function end(): void {
    if (heap.length === 0) return
    if (!openEnded) header(heap.length)
    drain()
  }
  return {
    begin() {
      if (kind === 'length-0' && !openEnded) {
        header(0)
        openEnded = true
      }
    },
    written() {
      if (kind !== 'single' && heap.length >= segmentBytes) end()
    },
    direct(length) {
      if (kind === 'single') return (bytes) => heap.bytes(bytes)
      end()
      if (!openEnded) header(length)
      return write
    },
    end,
  }
}

export function recordHeader(out: BytesWriter, tag: number, length: number): void {
  out.u1(tag)
  out.u4(0)
  out.u4(length)
}
