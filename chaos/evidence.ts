/** What is uploaded while things are killed: small dumps, each with a content of its own, plain or packed. */
import { createHash } from 'node:crypto'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { writeBigShape } from '@heaptrail/fixtures/big-shapes'

export interface Evidence {
  readonly name: string
  readonly bytes: Buffer
  /** Of the dump in it. */
  readonly sha256: string
  /** Nodes of the linked list that the dump holds; its other objects are the same in all dumps. */
  readonly nodes: number
}

const FEWEST_NODES = 15_000
const PACKINGS = ['', '.gz', '.zst', '.tar', '.tar.gz'] as const

/** @param serial makes the content unlike that of all others */
export function makeEvidence(serial: number): Evidence {
  const nodes = FEWEST_NODES + serial * 3
  const parts: Uint8Array[] = []
  writeBigShape((bytes) => parts.push(bytes.slice()), 'chain', nodes)
  const dump = Buffer.concat(parts)
  const packing = PACKINGS[serial % PACKINGS.length] ?? ''
  const sha256 = createHash('sha256').update(dump).digest('hex')
  return { name: `dump-${serial}.hprof${packing}`, bytes: pack(dump, packing), sha256, nodes }
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
