/**
 * Writes heap dumps in HPROF format, versions 1.0.1 to 1.0.3: for tests, benchmarks and fixtures.
 * It writes what it is told, valid or not, and streams: nothing but the current segment is held in memory.
 *
 * Format: "HPROF Agent, binary format" in the JDK's `hprof_b_spec.h` and `heapDumper.cpp`.
 */
import { type BytesWriter, type Id, bytesWriter, modifiedUtf8 } from './writer-bytes.ts'
import { type Framing, heapFraming, recordHeader } from './writer-framing.ts'
import { type SubRecords, subRecords } from './writer-heap.ts'

export interface WriterOptions {
  readonly version?: '1.0.1' | '1.0.2' | '1.0.3'
  readonly identifierSize?: 4 | 8
  /** Milliseconds since 1970. */
  readonly takenAtMs?: number
  readonly heap?: Framing
  readonly segmentBytes?: number
}

export interface HprofWriter extends SubRecords {
  /** A top-level record with any tag and body; `length` may lie. */
  record(tag: number, body: Uint8Array, length?: number): void
  string(id: Id, text: string): void
  loadClass(serial: number, classId: Id, nameId: Id, trace?: number): void
  /** `line`: above 0 a line number, −1 unknown, −2 compiled, −3 native method. */
  frame(frame: {
    readonly id: Id
    readonly methodId: Id
    readonly signatureId: Id
    readonly sourceId: Id
    readonly classSerial: number
    readonly line: number
  }): void
  trace(serial: number, thread: number, frameIds: readonly Id[]): void
  /** Ends the current heap segment or HEAP_DUMP record. */
  endHeap(): void
  /** Ends the heap and writes HEAP_DUMP_END, unless told otherwise. */
  end(options?: { readonly endRecord?: boolean }): void
  /** Bytes of the file as they are. */
  raw(bytes: Uint8Array): void
}

/**
 * @param write gets the bytes of the file piece by piece; the array is reused after the call returns.
 * @returns a writer that has written the file header already.
 */
export function hprofWriter(write: (bytes: Uint8Array) => void, options: WriterOptions = {}): HprofWriter {
  const identifierSize = options.identifierSize ?? 8
  const out = bytesWriter(identifierSize)
  const heap = bytesWriter(identifierSize, 1 << 16)
  const framing = heapFraming(options, out, heap, write)

  function flush(): void {
    write(out.view())
    out.clear()
  }
  function record(tag: number, body: (to: BytesWriter) => void): void {
    framing.end()
    const content = bytesWriter(identifierSize, 64)
    body(content)
    recordHeader(out, tag, content.length)
    out.bytes(content.view())
    flush()
  }

  fileHeader(out, options)
  flush()
  return {
    record(tag, body, length = body.length) {
      framing.end()
      recordHeader(out, tag, length)
      flush()
      write(body)
    },
    string: (id, text) => record(0x01, (to) => stringBody(to, id, text)),
    loadClass: (serial, classId, nameId, trace = 0) =>
      record(0x02, (to) => (to.u4(serial), to.id(classId), to.u4(trace), to.id(nameId))),
    frame: (frame) =>
      record(0x04, (to) => {
        for (const id of [frame.id, frame.methodId, frame.signatureId, frame.sourceId]) to.id(id)
        to.u4(frame.classSerial)
        to.u4(frame.line)
      }),
    trace: (serial, thread, frameIds) =>
      record(0x05, (to) => {
        for (const value of [serial, thread, frameIds.length]) to.u4(value)
        for (const id of frameIds) to.id(id)
      }),
    ...subRecords(heap, identifierSize, framing),
    endHeap: () => framing.end(),
    end(end = {}) {
      framing.end()
      if (end.endRecord ?? true) {
        recordHeader(out, 0x2c, 0)
        flush()
      }
    },
    raw(bytes) {
      framing.end()
      write(bytes)
    },
  }
}

/** A dump in memory, as `build` writes it (`end` included). */
export function hprofBytes(build: (writer: HprofWriter) => void, options: WriterOptions = {}): Uint8Array {
  const whole = bytesWriter(8, 1 << 16)
  build(hprofWriter((bytes) => whole.bytes(bytes), options))
  return whole.view().slice()
}

function fileHeader(out: BytesWriter, options: WriterOptions): void {
  out.bytes(modifiedUtf8(`JAVA PROFILE ${options.version ?? '1.0.2'}`))
  out.u1(0)
  out.u4(options.identifierSize ?? 8)
  out.u8(options.takenAtMs ?? 0)
}

function stringBody(to: BytesWriter, id: Id, text: string): void {
  to.id(id)
  to.bytes(modifiedUtf8(text))
}
