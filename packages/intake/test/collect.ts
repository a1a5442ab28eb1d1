/** A sink that keeps everything in memory, and what it saw. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IntakeReport } from '../src/report.ts'
import type { ArtifactLabel, ArtifactSink } from '../src/sink.ts'
import { type IntakeOptions, unpack } from '../src/unpack.ts'

export interface Collected {
  readonly label: ArtifactLabel
  bytes: Buffer
  state: 'open' | 'finished' | 'discarded'
}

export function collectingSink(): { sink: ArtifactSink; artifacts: Collected[] } {
  const artifacts: Collected[] = []
  const sink: ArtifactSink = {
    create(label) {
      const chunks: Uint8Array[] = []
      const collected: Collected = { label, bytes: Buffer.alloc(0), state: 'open' }
      artifacts.push(collected)
      return Promise.resolve({
        write(chunk) {
          chunks.push(chunk)
          return Promise.resolve()
        },
        finish() {
          collected.bytes = Buffer.concat(chunks)
          collected.state = 'finished'
          return Promise.resolve()
        },
        discard() {
          collected.state = 'discarded'
          return Promise.resolve()
        },
      })
    },
  }
  return { sink, artifacts }
}

export interface Result {
  readonly report: IntakeReport
  readonly artifacts: Collected[]
}

export async function unpackFile(path: string, name: string, options?: IntakeOptions): Promise<Result> {
  const { sink, artifacts } = collectingSink()
  return { report: await unpack({ path, name }, sink, options), artifacts }
}

/** Puts bytes into a file in a folder of its own, which is removed afterwards. */
export async function withFile<T>(bytes: Uint8Array, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'heaptrail-intake-test-'))
  try {
    const path = join(folder, 'input')
    await writeFile(path, bytes)
    return await use(path)
  } finally {
    await rm(folder, { recursive: true })
  }
}

export function unpackBytes(bytes: Uint8Array, name: string, options?: IntakeOptions): Promise<Result> {
  return withFile(bytes, (path) => unpackFile(path, name, options))
}

/** One line per entry: `kind name: outcome`, with the reason of those not stored. */
export function outcomes(report: IntakeReport): string[] {
  return report.entries.map((entry) => {
    const what = `${entry.kind} ${entry.name}: ${entry.outcome}`
    if (entry.outcome === 'skipped') return `${what}. ${entry.reason}`
    return entry.outcome === 'damaged' ? `${what}. ${entry.damage.message}` : what
  })
}
