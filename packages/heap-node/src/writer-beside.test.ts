import { mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeBigShape } from '@heaptrail/fixtures/big-shapes'
import { randomHeap } from '@heaptrail/fixtures/random-heap'
import { type Memory, createMemory } from '@heaptrail/heap/graph/memory'
import { parseHeap } from '@heaptrail/heap/parse/parse-heap'
import { inlineRunner } from '@heaptrail/heap/parse/pass-runner'
import { buildSnapshot, buildSnapshotBeside } from '@heaptrail/heap/snapshot/build'
import { openSnapshot } from '@heaptrail/heap/snapshot/open'
import { memorySink } from '@heaptrail/heap/snapshot/sink'
import type { Snapshot } from '@heaptrail/heap/snapshot/snapshot'
import { afterAll, expect, test } from 'vitest'
import { fileSink } from './file-sink.ts'
import { openFileSource } from './file-source.ts'
import { threadRunner } from './thread-runner.ts'

const folder = mkdtempSync(join(tmpdir(), 'heaptrail-writer-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function writtenInline(path: string): Promise<Snapshot> {
  const source = openFileSource(path)
  const sink = memorySink()
  buildSnapshot(await parseHeap(source, inlineRunner(source), () => {}), sink)
  source.close()
  const bytes = sink.bytes()
  const readInto = (offset: number, target: Uint8Array): number => {
    const part = bytes.subarray(offset, offset + target.length)
    target.set(part)
    return part.length
  }
  return openSnapshot({ size: bytes.length, readInto })
}

async function writtenBeside(path: string, memory?: Memory): Promise<Snapshot> {
  const source = openFileSource(path)
  const runner = threadRunner(path, 2)
  try {
    const parsed = await parseHeap(source, runner, () => {})
    const sink = fileSink(`${path}.snapshot`)
    await buildSnapshotBeside(parsed, sink, runner.writer(`${path}.snapshot`), { memory })
    sink.finish()
    return openSnapshot(openFileSource(`${path}.snapshot`))
  } finally {
    await runner.close()
    source.close()
  }
}

/** One line per object, with all that the snapshot knows of it. */
function linesOf(snapshot: Snapshot): string[] {
  return Array.from({ length: snapshot.objectCount }, (_, position) => lineOf(snapshot, position + 1))
}

function lineOf(snapshot: Snapshot, index: number): string {
  return [
    snapshot.idOf(index),
    snapshot.position(index),
    snapshot.classOf(index),
    snapshot.lengthOf(index),
    snapshot.retainedSize(index),
    snapshot.immediateDominator(index),
    snapshot.shortestPathParent(index),
    `to ${snapshot.outgoing(index).join()}`,
    `from ${snapshot.incoming(index).join()}`,
    `over ${snapshot.dominatorChildren(index, 0, 1000).join()}`,
  ].join(' ')
}

test.each([1, 2])('another thread writes the same snapshot, random heap %i', { timeout: 60_000 }, async (seed) => {
  const path = join(folder, `random-${seed}.hprof`)
  writeFileSync(path, randomHeap(seed).bytes())
  expect(linesOf(await writtenBeside(path))).toEqual(linesOf(await writtenInline(path)))
})

test('and of a list that fills many pages', { timeout: 60_000 }, async () => {
  const path = join(folder, 'chain.hprof')
  const file = openSync(path, 'w')
  writeBigShape((bytes) => writeSync(file, bytes), 'chain', 20_000, { heap: 'segments' })
  expect(linesOf(await writtenBeside(path))).toEqual(linesOf(await writtenInline(path)))
})

test('and of columns that lie beyond 4 GiB', { timeout: 60_000 }, async () => {
  const path = join(folder, 'far.hprof')
  writeFileSync(path, randomHeap(3).bytes())
  const far = createMemory(2 ** 32 + (1 << 24), (bytes) => new SharedArrayBuffer(bytes))
  // of the memory below only the address space is taken
  far.take(2 ** 32)
  expect(linesOf(await writtenBeside(path, far))).toEqual(linesOf(await writtenInline(path)))
})

test('what goes wrong there fails the analysis', async () => {
  const path = join(folder, 'random.hprof')
  writeFileSync(path, randomHeap(1).bytes())
  const source = openFileSource(path)
  const runner = threadRunner(path, 2)
  const parsed = await parseHeap(source, runner, () => {})
  const writing = buildSnapshotBeside(parsed, memorySink(), runner.writer(join(folder, 'missing', 'a.snapshot')))
  await expect(writing).rejects.toThrow(/ENOENT/)
  await runner.close()
  source.close()
})
