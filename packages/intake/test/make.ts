/** Archives for the tests, made by other hands than those that read them: tar-stream, zlib, and zip by its specification. */
import { crc32, deflateRawSync } from 'node:zlib'
import { type Header, pack } from 'tar-stream'

/** Begins like a heap dump; `size` bytes that do not compress to nothing. */
export function dumpBytes(size = 5000): Buffer {
  const bytes = Buffer.alloc(size)
  for (let i = 0; i < size; i++) bytes[i] = (i * 7919) >> 5
  bytes.write('JAVA PROFILE 1.0.2\0', 'latin1')
  return bytes
}

export async function tarOf(
  entries: readonly (Partial<Header> & { name: string; content?: Uint8Array })[],
): Promise<Buffer> {
  const tar = pack()
  for (const { content, ...header } of entries) tar.entry(header, Buffer.from(content ?? []))
  tar.finalize()
  const chunks: Uint8Array[] = []
  for await (const chunk of tar) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

export interface ZipPart {
  readonly name: string
  readonly content: Uint8Array
  readonly method?: 'stored' | 'deflated'
  /** Sizes and checksum behind the data, as streaming zippers write them. */
  readonly streamed?: boolean
  /** Sizes in the zip64 field, as for files of 4 GiB and more. */
  readonly zip64?: boolean
}

/** @param listings how often the directory lists each part. */
export function zipOf(parts: readonly ZipPart[], listings = 1): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const part of parts) {
    const { local, entry } = zipPart(part, at)
    locals.push(local)
    for (let listing = 0; listing < listings; listing++) directory.push(entry)
    at += local.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(entries.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, entries, end])
}

function zipPart(part: ZipPart, at: number): { local: Buffer; entry: Buffer } {
  const name = Buffer.from(part.name)
  const method = part.method === 'stored' ? 0 : 8
  const data = method === 0 ? part.content : deflateRawSync(part.content)
  const checksum = crc32(part.content)
  const zip64 = Buffer.alloc(part.zip64 === true ? 20 : 0)
  if (part.zip64 === true) {
    zip64.writeUInt16LE(1, 0)
    zip64.writeUInt16LE(16, 2)
    zip64.writeBigUInt64LE(BigInt(part.content.length), 4)
    zip64.writeBigUInt64LE(BigInt(data.length), 12)
  }
  /** The 26 bytes that both headers have in common, from the version on. */
  const common = (streamed: boolean) => {
    const bytes = Buffer.alloc(26)
    bytes.writeUInt16LE(45, 0)
    bytes.writeUInt16LE(part.streamed === true ? 8 : 0, 2)
    bytes.writeUInt16LE(method, 4)
    if (!streamed) {
      bytes.writeUInt32LE(checksum, 10)
      bytes.writeUInt32LE(part.zip64 === true ? 0xffffffff : data.length, 14)
      bytes.writeUInt32LE(part.zip64 === true ? 0xffffffff : part.content.length, 18)
    }
    bytes.writeUInt16LE(name.length, 22)
    bytes.writeUInt16LE(zip64.length, 24)
    return bytes
  }
  const descriptor = Buffer.alloc(part.streamed === true ? 16 : 0)
  if (part.streamed === true) {
    descriptor.writeUInt32LE(0x08074b50, 0)
    descriptor.writeUInt32LE(checksum, 4)
    descriptor.writeUInt32LE(data.length, 8)
    descriptor.writeUInt32LE(part.content.length, 12)
  }
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(at, 10)
  return {
    local: Buffer.concat([Buffer.from('PK\x03\x04'), common(part.streamed === true), name, zip64, data, descriptor]),
    entry: Buffer.concat([Buffer.from('PK\x01\x02\x2d\x03'), common(false), rest, name, zip64]),
  }
}
