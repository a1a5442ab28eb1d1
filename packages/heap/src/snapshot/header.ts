/** The first page and the directory: what opening a snapshot reads. */
import type { ByteSource } from '@heaptrail/hprof/byte-source'
import { checksumOfBytes } from './checksum.ts'
import { SnapshotError } from './errors.ts'
import { type Directory, HEADER, MAGIC, PAGE, VERSION } from './format.ts'
import type { PageWriter, WrittenSection } from './page-writer.ts'
import type { SnapshotSink } from './sink.ts'
import { decodeJson, encodeJson } from './utf8.ts'

/** Writes page table and directory, then, as the very last thing, the header that makes the file a snapshot. */
export function writeHeader(
  pages: PageWriter,
  sink: SnapshotSink,
  directory: Omit<Directory, 'sections' | 'pageTable'>,
  others: readonly WrittenSection[],
) {
  const whole: Directory = { ...directory, ...pages.finish(others) }
  const json = encodeJson(whole)
  const offset = pages.end
  sink.writeAt(offset, json)
  const page = new Uint8Array(PAGE)
  const header = new DataView(page.buffer)
  page.set(MAGIC)
  header.setUint32(HEADER.version, VERSION, true)
  header.setUint32(HEADER.pageSize, PAGE, true)
  header.setBigUint64(HEADER.fileSize, BigInt(offset + json.length), true)
  header.setBigUint64(HEADER.directory, BigInt(offset), true)
  header.setUint32(HEADER.directoryLength, json.length, true)
  header.setUint32(HEADER.directoryChecksum, checksumOfBytes(json), true)
  header.setUint32(HEADER.checksum, checksumOfBytes(page.subarray(0, HEADER.checksum)), true)
  sink.writeAt(0, page)
}

/** @throws SnapshotError when this is no snapshot of this version, or not all of one. */
export function readDirectory(source: ByteSource): Directory {
  const bytes = new Uint8Array(HEADER.length)
  const got = source.readInto(0, bytes)
  if (MAGIC.some((byte, i) => i < got && bytes[i] !== byte) || got === 0)
    throw new SnapshotError('not-a-snapshot', 'This file does not start as a snapshot does.')
  if (got < HEADER.length) throw truncated(got, HEADER.length)
  const header = new DataView(bytes.buffer)
  const version = header.getUint32(HEADER.version, true)
  if (version !== VERSION)
    throw new SnapshotError('version', `The snapshot has format version ${version}; this program reads ${VERSION}.`)
  if (header.getUint32(HEADER.checksum, true) !== checksumOfBytes(bytes.subarray(0, HEADER.checksum)))
    throw new SnapshotError('checksum', 'The header of the snapshot is damaged.')
  const fileSize = Number(header.getBigUint64(HEADER.fileSize, true))
  if (source.size < fileSize) throw truncated(source.size, fileSize)
  const json = new Uint8Array(header.getUint32(HEADER.directoryLength, true))
  source.readInto(Number(header.getBigUint64(HEADER.directory, true)), json)
  if (header.getUint32(HEADER.directoryChecksum, true) !== checksumOfBytes(json))
    throw new SnapshotError('checksum', 'The directory of the snapshot is damaged.')
  return decodeJson(json) as Directory
}

function truncated(has: number, needs: number): SnapshotError {
  return new SnapshotError('truncated', `The snapshot ends after ${has} bytes and should have ${needs}.`)
}
