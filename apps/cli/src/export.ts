/** `export FILE objects|references --out OUT`: the whole heap as lines of text, to compare it with another analysis. */
import { closeSync, openSync, statSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { exportObjects, exportReferences } from '@heaptrail/heap/query/export'
import type { CommandContext } from './analyze.ts'
import type { Command } from './arguments.ts'
import { findArtifacts } from './artifacts.ts'
import { withAnalysedHeap } from './heap-analysis.ts'
import { InputFault } from './input-fault.ts'
import { withScratchFolder } from './scratch.ts'

/** @throws InputFault unless there is exactly one heap dump in the file. */
export async function exportCommand(
  { file, options, limits, what, out }: Extract<Command, { kind: 'export' }>,
  { folder, signal }: CommandContext,
): Promise<void> {
  await withScratchFolder(async (scratch) => {
    const { artifacts } = await findArtifacts(resolve(folder, file), scratch, signal, limits)
    const dumps = artifacts.flatMap((artifact) => (artifact.kind === 'heap-dump' ? [artifact.facts] : []))
    const [dump, second] = dumps
    if (dump === undefined) throw new InputFault('There is no heap dump in it to export.')
    if (second !== undefined) {
      throw new InputFault(`There are ${dumps.length} heap dumps in it: unpack it and export one of them.`)
    }
    const target = resolve(folder, out)
    if (isSameFile(target, resolve(folder, file)))
      throw new InputFault(`${target} is the dump itself: name another file to write to.`)
    await withAnalysedHeap({ dumpPath: dump.path, options, folder: scratch, signal }, ({ snapshot }) => {
      writeInto(target, (write) =>
        what === 'objects' ? exportObjects(snapshot, write) : exportReferences(snapshot, write),
      )
    })
  })
}

function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }))
  return a !== undefined && a.dev === b?.dev && a.ino === b.ino
}

function writeInto(path: string, fill: (write: (bytes: Uint8Array) => void) => void): void {
  const file = openOutput(path)
  try {
    fill((bytes) => {
      for (let from = 0; from < bytes.length;) from += writeSync(file, bytes, from)
    })
  } finally {
    closeSync(file)
  }
}

function openOutput(path: string): number {
  try {
    return openSync(path, 'w')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new InputFault(`${path} cannot be written${reason}.`)
  }
}
