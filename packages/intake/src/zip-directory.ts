/** A zip file read by its central directory, which stands at its end and is what counts. */
import type { FileHandle } from 'node:fs/promises'
import { type Entry, type ZipFile, fromFd } from 'yauzl'
import type { ArchiveEntry } from './archive-entry.ts'
import { ByteReader } from './byte-reader.ts'
import { fileBytes } from './file-bytes.ts'
import { decodeName } from './label.ts'
import type { Budget } from './limits.ts'
import { refusalOf, zipContent } from './zip-content.ts'

const LOCAL_HEADER = 0x04034b50
const LOCAL_HEADER_BYTES = 30

/** @returns undefined when the file has no readable central directory: it is cut off, or no zip. */
export function openZip(file: FileHandle): Promise<ZipFile | undefined> {
  return new Promise((resolve) => {
    const options = { autoClose: false, lazyEntries: true, decodeStrings: false, validateEntrySizes: false }
    fromFd(file.fd, options, (error, zip) => resolve(error === null ? zip : undefined))
  })
}

/** Yields the entries in the directory's order; each packed chunk read is told to `onRead`. */
export async function* zipEntries(
  zip: ZipFile,
  file: FileHandle,
  budget: Budget,
  onRead: (bytes: number) => void,
  onDamage: (message: string) => void,
): AsyncGenerator<ArchiveEntry> {
  for (;;) {
    const entry = await nextEntry(zip)
    if (entry === undefined) return
    if (entry instanceof Error) return onDamage(`The zip archive's directory is damaged: ${entry.message}.`)
    const name = nameOf(entry)
    const size = entry.uncompressedSize
    const refusal = refusalOf(entry.generalPurposeBitFlag, entry.compressionMethod)
    if (name.endsWith('/')) yield { name, size, type: 'directory' }
    else if (refusal !== undefined) yield { name, size, type: 'refused', reason: refusal }
    else yield await fileEntry(entry, name, file, budget, onRead)
  }
}

async function fileEntry(
  entry: Entry,
  name: string,
  file: FileHandle,
  budget: Budget,
  onRead: (bytes: number) => void,
): Promise<ArchiveEntry> {
  const size = entry.uncompressedSize
  const start = await dataStart(file, entry.relativeOffsetOfLocalHeader)
  if (start === undefined) {
    return {
      name,
      size,
      type: 'refused',
      reason: 'The zip archive is damaged: the directory points to a place without this entry.',
    }
  }
  const end = start + entry.compressedSize
  const packed = new ByteReader(() => fileBytes(file, start, end, onRead))
  const checksum = Promise.resolve(entry.crc32)
  return { name, size, type: 'file', content: zipContent(packed, entry.compressionMethod, budget, () => checksum) }
}

async function dataStart(file: FileHandle, offset: number): Promise<number | undefined> {
  const header = Buffer.alloc(LOCAL_HEADER_BYTES)
  const { bytesRead } = await file.read(header, 0, header.length, offset)
  if (bytesRead < header.length || header.readUInt32LE(0) !== LOCAL_HEADER) return undefined
  return offset + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28)
}

/** @returns undefined behind the last entry. */
function nextEntry(zip: ZipFile): Promise<Entry | Error | undefined> {
  return new Promise((resolve) => {
    const settle = (result: Entry | Error | undefined) => {
      zip.removeAllListeners()
      resolve(result)
    }
    zip.once('entry', settle)
    zip.once('end', () => settle(undefined))
    zip.once('error', settle)
    zip.readEntry()
  })
}

/** yauzl gives bytes because of `decodeStrings: false`, which its types do not know. */
function nameOf(entry: Entry): string {
  const name: unknown = entry.fileName
  return name instanceof Uint8Array ? decodeName(name) : String(name)
}
