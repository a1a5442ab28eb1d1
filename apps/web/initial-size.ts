/** Fails the build when what the page loads before it shows anything grows beyond its limit. */
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/**
 * Bytes of JavaScript over the wire: the entry with all that it imports statically. The texts of the reader's
 * language come beside it as a file of their own.
 */
const LIMIT = 240_000

interface Chunk {
  readonly type: 'chunk'
  readonly code: string
  readonly isEntry: boolean
  readonly imports: readonly string[]
}

export function limitInitialSize(): Plugin {
  return {
    name: 'limit-initial-size',
    apply: 'build',
    writeBundle(_, bundle) {
      const chunks = new Map(
        Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])),
      )
      const bytes = initialBytes(chunks)
      this.info(`initial JavaScript: ${(bytes / 1000).toFixed(1)} kB gzip of at most ${LIMIT / 1000} kB`)
      if (bytes > LIMIT) {
        this.error(`The initial JavaScript is too large. Load heavy parts with import() where they are shown.`)
      }
    },
  }
}

function initialBytes(chunks: ReadonlyMap<string, Chunk>): number {
  const needed = new Set([...chunks].filter(([, chunk]) => chunk.isEntry).map(([name]) => name))
  // The set grows while it is walked.
  for (const name of needed) for (const imported of chunks.get(name)?.imports ?? []) needed.add(imported)
  return [...needed].reduce((sum, name) => sum + gzipSync(chunks.get(name)?.code ?? '').length, 0)
}
