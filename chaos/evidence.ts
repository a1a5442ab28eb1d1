/** What is uploaded while things are killed: small dumps, each with a content of its own, plain or packed. */
import { createHash } from 'node:crypto'
import { crc32, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { writeBigShape } from '@heaptrail/fixtures/big-shapes'

export interface Evidence {
  readonly name: string
  readonly bytes: Buffer
  /** Of the dump in it. */
  readonly sha256: string
  /** Nodes of the linked list that the dump holds; its other objects are the same in all dumps. */
  readonly nodes: number
  /** It has to be unpacked. */
  readonly isPacked: boolean
}

const FEWEST_NODES = 15_000
const PACKINGS = ['', '.gz', '', '.zst', '', '.tar.gz', '', '.zip', '', '.tar'] as const

/** @param serial makes the content unlike that of all others */
export function makeEvidence(serial: number): Evidence {
  const nodes = FEWEST_NODES + serial * 3
  const parts: Uint8Array[] = []
  writeBigShape((bytes) => parts.push(bytes.slice()), 'chain', nodes)
  const dump = Buffer.concat(parts)
  const packing = PACKINGS[serial % PACKINGS.length] ?? ''
  const sha256 = sha256Of(dump)
  return { name: `dump-${serial}.hprof${packing}`, bytes: pack(dump, packing), sha256, nodes, isPacked: packing !== '' }
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function pack(dump: Buffer, packing: (typeof PACKINGS)[number]): Buffer {
  switch (packing) {
    case '':
      return dump
    case '.gz':
      return gzipSync(dump, { level: 1 })
    case '.zst':
      return zstdCompressSync(dump)
    case '.tar':
      return tarOf(dump)
    case '.tar.gz':
      return gzipSync(tarOf(dump), { level: 1 })
    case '.zip':
      return zipOf(dump)
  }
}

/** An archive of one file (POSIX.1-1988). */
function tarOf(content: Buffer): Buffer {
  const header = Buffer.alloc(512)
  header.write('heap.hprof')
  header.write('0000644', 100)
  header.write(content.length.toString(8).padStart(11, '0'), 124)
  header.write('        0', 148)
  header.write('ustar', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512), Buffer.alloc(1024)])
}

/** An archive of one deflated file (PKWARE's APPNOTE: entry, directory, end). */
function zipOf(content: Buffer): Buffer {
  const name = Buffer.from('heap.hprof')
  const packed = deflateRawSync(content, { level: 1 })
  // Of the entry and of the directory alike: version 2.0, no flags, deflated, no time; then what tells it.
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(20, 0)
  facts.writeUInt16LE(8, 4)
  facts.writeUInt32LE(crc32(content), 10)
  facts.writeUInt32LE(packed.length, 14)
  facts.writeUInt32LE(content.length, 18)
  facts.writeUInt16LE(name.length, 22)
  const entry = Buffer.concat([Buffer.from('PK\x03\x04'), facts, name, packed])
  const listed = Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), facts, Buffer.alloc(14), name])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(entry.length, 16)
  return Buffer.concat([entry, listed, end])
}
