/** What people upload. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { writeBigShape } from '@heaptrail/fixtures/big-shapes'
import { readLog } from '@heaptrail/fixtures/logs'

export const ARCHIVES = fileURLToPath(new URL('../../../packages/fixtures/archives/', import.meta.url))

export function jstatLog(): Uint8Array {
  return readLog('jdk8.txt')
}

/** A file of `packages/fixtures/archives`. */
export function archive(name: string): Promise<Uint8Array> {
  return readFile(ARCHIVES + name)
}

/** A dump of a linked list of so many nodes: 30 bytes each, and slow enough to analyse that it can be interrupted. */
export function chainDump(nodes: number): Uint8Array {
  const parts: Uint8Array[] = []
  writeBigShape((bytes) => parts.push(bytes.slice()), 'chain', nodes)
  return Buffer.concat(parts)
}

/** A tar archive of so many empty files (POSIX.1-1988: a header of 512 bytes each). */
export function tarOfEmptyFiles(count: number): Uint8Array {
  const archive = Buffer.alloc((count + 2) * 512)
  for (let file = 0; file < count; file++) {
    const header = archive.subarray(file * 512, (file + 1) * 512)
    header.write(`empty-${file}.txt`)
    header.write('0000644', 100)
    header.write('00000000000', 124)
    header.write('        0', 148)
    header.write('ustar', 257)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  }
  return archive
}

/** A tar archive of one file. */
export function tarOf(name: string, content: Uint8Array): Uint8Array {
  const header = Buffer.alloc(512)
  header.write(name)
  header.write('0000644', 100)
  header.write(content.length.toString(8).padStart(11, '0'), 124)
  header.write('        0', 148)
  header.write('ustar', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, content, Buffer.alloc(((512 - (content.length % 512)) % 512) + 1024)])
}
