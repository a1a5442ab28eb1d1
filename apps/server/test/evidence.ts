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
