/** A file of any kind → the artifacts in it, as files: a plain one stays where it is, packed ones are unpacked. */
import { access, constants, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { writeToFile } from '@heaptrail/intake/file-writer'
import { DEFAULT_LIMITS, type IntakeLimits } from '@heaptrail/intake/limits'
import { plainFile } from '@heaptrail/intake/plain-file'
import type { Damage, IntakeEntry } from '@heaptrail/intake/report'
import type { ArtifactSink } from '@heaptrail/intake/sink'
import { unpack } from '@heaptrail/intake/unpack'
import { InputFault } from './input-fault.ts'
import { progressLine } from './progress-line.ts'

export type FoundArtifact =
  | { readonly kind: 'heap-dump' | 'jstat-log' | 'class-histogram' | 'top-output'; readonly facts: ArtifactFacts }
  | { readonly kind: 'skipped'; readonly name: string; readonly archive: string | undefined; readonly reason: string }

export interface ArtifactFacts {
  readonly name: string
  readonly archive: string | undefined
  /** Where its bytes are. */
  readonly path: string
  readonly size: number
  /** What went wrong on unpacking it, and where in its bytes. */
  readonly damage: Damage | undefined
}

export interface Found {
  readonly artifacts: readonly FoundArtifact[]
  /** What is wrong with the archive as a whole, beside or behind the artifacts. */
  readonly damage: string | undefined
}

/**
 * @param folder where to unpack to.
 * @throws InputFault when there is nothing to read.
 */
export async function findArtifacts(
  path: string,
  folder: string,
  signal: AbortSignal,
  limits: IntakeLimits = DEFAULT_LIMITS,
): Promise<Found> {
  await expectFile(path)
  const plain = await plainFile(path)
  if (plain !== undefined && plain.kind !== 'unknown') {
    const facts = { name: basename(path), archive: undefined, path, size: plain.size, damage: undefined }
    return { artifacts: [{ kind: plain.kind, facts }], damage: undefined }
  }
  const finished: string[] = []
  const progress = progressLine()
  const onProgress = (read: number, total: number): void => progress.show('unpack', read / total)
  const input = { path, name: basename(path) }
  const report = await unpack(input, sinkInto(folder, finished), { signal, limits, onProgress }).finally(progress.clear)
  if (report.problem !== undefined) throw new InputFault(report.problem)
  const listed = report.entries.filter((entry) => entry.outcome !== 'skipped' || !entry.trivial)
  const paths = finished.values()
  return { artifacts: listed.map((entry) => found(entry, paths)), damage: report.damage?.message }
}

/** @param finished gets the paths of the artifacts that were stored, in the order of the report. */
function sinkInto(folder: string, finished: string[]): ArtifactSink {
  let count = 0
  return {
    async create() {
      const target = join(folder, `artifact-${count++}`)
      const file = await writeToFile(target, false)
      return {
        ...file,
        async finish(facts) {
          await file.finish(facts)
          finished.push(target)
        },
      }
    },
  }
}

function found(entry: IntakeEntry, paths: Iterator<string, undefined>): FoundArtifact {
  const { name, archive, kind } = entry
  if (entry.outcome === 'skipped') return { kind: 'skipped', name, archive, reason: entry.reason }
  const path = paths.next().value
  if (path === undefined || kind === 'unknown') throw new Error(`the report tells of ${name}, which was not stored`)
  const damage = entry.outcome === 'damaged' ? entry.damage : undefined
  return { kind, facts: { name, archive, path, size: entry.size, damage } }
}

async function expectFile(path: string): Promise<void> {
  try {
    const stats = await stat(path)
    if (!stats.isFile()) throw new InputFault(`${path} is not a file.`)
    await access(path, constants.R_OK)
  } catch (error) {
    if (error instanceof InputFault) throw error
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new InputFault(`There is no file ${path}.`)
    if (code === 'EACCES') throw new InputFault(`${path} may not be read.`)
    throw error
  }
}
