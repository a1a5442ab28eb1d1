/**
 * The engine beside Eclipse MAT: equal hashes mean equality on every object and every reference, in every layout:
 * with the option `sizes: mat` sizes are MAT's even where the JVM's are others.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { largeFixtures, testWithLarge } from '@heaptrail/fixtures/large'
import { dumpsFolder, packedPath, unpack } from '@heaptrail/fixtures/packed'
import { type Heap, printId } from '@heaptrail/heap/query/heap'
import { listedClasses } from '@heaptrail/heap/query/lists/summary'
import { VIRTUAL_ROOT } from '@heaptrail/heap/snapshot/snapshot'
import { expect, test } from 'vitest'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import { type Truth, objectsSha256, referencesSha256, rootsSha256, totalsOf, truthOf } from './truth.ts'

/** Of the hand-written ones MAT makes up classes: known-answers.test.ts. */
const HAND_WRITTEN = /^ok-/
/** The truth was taken from another run of the program, with objects at other addresses: docs/decisions says how it shows. */
const OTHER_RUN = ['refs-17-all']

function truthNames(folder: string): string[] {
  const names = readdirSync(join(folder, 'mat-truth')).map((file) => file.replace('.json.gz', ''))
  return names.filter((name) => !HAND_WRITTEN.test(name) && !OTHER_RUN.includes(name))
}

async function expectTruth(name: string, dump: Uint8Array): Promise<void> {
  const truth = truthOf(name)
  const heap = await analysed(dump, { analysis: { sizes: 'mat' } })
  expect(rootsSha256(heap)).toBe(truth.gcRoots.sha256)
  if (truth.table.refsSha256 !== undefined) expect(referencesSha256(heap.snapshot)).toBe(truth.table.refsSha256)
  expectSizes(heap, truth)
}

function expectSizes(heap: Heap, truth: Truth): void {
  const { usedHeapSize, numberOfObjects, numberOfClasses, numberOfClassLoaders, numberOfGCRoots } = truth.info
  expect(totalsOf(heap)).toEqual({
    usedHeapSize,
    numberOfObjects,
    numberOfClasses,
    numberOfClassLoaders,
    numberOfGCRoots,
    unreachableObjects: truth.info.unreachableObjects,
    unreachableSize: truth.info.unreachableSize,
  })
  expect(heap.snapshot.dominatorChildCount(VIRTUAL_ROOT)).toBe(truth.topLevelDominatorCount)
  expect(objectsSha256(heap.snapshot)).toBe(truth.table.sha256)
  const histogram = listedClasses(heap).map((type) => [
    printId(type.id),
    type.name,
    type.instances,
    type.shallow,
    type.retainedMin,
  ])
  const expected = truth.histogram.map((row) => [row.addr, row.class, row.instances, row.shallow, row.retainedMin])
  expect(new Map(histogram.map((row) => [row[0], row]))).toEqual(new Map(expected.map((row) => [row[0], row])))
}

for (const name of truthNames(dumpsFolder)) {
  const packed = packedPath(dumpsFolder, name)
  if (packed !== undefined)
    test(`${name} equals Eclipse MAT`, { timeout: 60_000 }, () => expectTruth(name, unpack(packed)))
}

/** With what no root reaches: all that MAT counts apart is among its objects then, and nothing is left out. */
async function expectKept(name: string, dump: Uint8Array): Promise<void> {
  const { info, histogram } = truthOf(name)
  const heap = await analysed(dump, { analysis: { sizes: 'mat', keepUnreachable: true } })
  const { numberOfObjects, usedHeapSize, unreachableObjects, unreachableSize } = totalsOf(heap)
  expect({ numberOfObjects, usedHeapSize, unreachableObjects, unreachableSize }).toEqual({
    numberOfObjects: info.numberOfObjects + info.unreachableObjects,
    usedHeapSize: info.usedHeapSize + info.unreachableSize,
    unreachableObjects: 0,
    unreachableSize: 0,
  })
  const kept = new Map(listedClasses(heap).map((type) => [printId(type.id), type]))
  for (const row of histogram) {
    expect(kept.get(row.addr)?.instances, row.class).toBeGreaterThanOrEqual(row.instances)
    expect(kept.get(row.addr)?.shallow, row.class).toBeGreaterThanOrEqual(row.shallow)
  }
}

for (const name of truthNames(dumpsFolder)) {
  const packed = packedPath(dumpsFolder, name)
  if (packed !== undefined && truthOf(name).info.unreachableObjects > 0)
    test(`${name} with what is unreachable`, { timeout: 60_000 }, () => expectKept(name, unpack(packed)))
}

/** Dumps of the large set that the small one does not have. */
function largeDumps(folder: string): { name: string; packed: string }[] {
  return truthNames(folder).flatMap((name) => {
    const leak = ['fetch.hprof.gz', 'fetch.hprof.zst', 'fetch.tar.gz'].map((file) =>
      join(folder, 'A-netty-leak', name, file),
    )
    const packed = packedPath(join(folder, 'C-hprof'), name) ?? leak.find((path) => existsSync(path))
    return packed === undefined || packedPath(dumpsFolder, name) !== undefined ? [] : [{ name, packed }]
  })
}

if (largeFixtures === undefined) testWithLarge('the large dumps equal Eclipse MAT', () => {})
else
  for (const { name, packed } of largeDumps(largeFixtures))
    testWithLarge(`${name} equals Eclipse MAT`, { timeout: 60_000 }, () => expectTruth(name, unpack(packed)))
