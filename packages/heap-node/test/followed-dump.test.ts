/** Dumps that are read while they come in end as the same snapshot. */
import { appendFileSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { smallDump } from '@heaptrail/fixtures/packed'
import type { ProvisionalHistogram } from '@heaptrail/heap/provisional-histogram'
import { openSnapshot } from '@heaptrail/heap/snapshot/open'
import { afterAll, expect, test, vi } from 'vitest'
import { analyse } from '../src/analyse.ts'
import { openFileSource } from '../src/file-source.ts'
import { followDump } from '../src/followed-dump.ts'
import { objectsSha256, referencesSha256 } from './truth.ts'

vi.setConfig({ testTimeout: 30_000 })
const folder = mkdtempSync(join(tmpdir(), 'heaptrail-followed-'))
afterAll(() => rmSync(folder, { recursive: true }))
const coming = join(folder, 'coming')
const dumpPath = join(folder, 'dump.hprof')
const dump = smallDump('known-17')

function content(snapshotPath: string): unknown {
  const source = openFileSource(snapshotPath)
  const snapshot = openSnapshot(source)
  const { timings: _timings, ...meta } = snapshot.meta
  const all = { meta, objects: objectsSha256(snapshot), references: referencesSha256(snapshot) }
  source.close()
  return all
}

async function ordinary(): Promise<unknown> {
  const snapshotPath = join(folder, 'ordinary.snapshot')
  await analyse({ dumpPath, snapshotPath })
  return content(snapshotPath)
}

test('what was read while it came in is not read again, and gives the same snapshot', async () => {
  writeFileSync(coming, dump.subarray(0, 4_000_000))
  const first = Promise.withResolvers<ProvisionalHistogram>()
  const followed = followDump(coming, first.resolve)
  followed.arrived(4_000_000)
  const soFar = await first.promise
  expect(soFar).toMatchObject({ isWhole: false })
  expect(soFar.bytesRead).toBeLessThanOrEqual(4_000_000)

  appendFileSync(coming, dump.subarray(4_000_000))
  followed.whole(dump.length)
  // the content gets its place
  renameSync(coming, dumpPath)
  const phases = new Set<string>()
  const told: ProvisionalHistogram[] = []
  const snapshotPath = join(folder, 'followed.snapshot')
  const { wallMs } = await analyse({
    dumpPath,
    snapshotPath,
    followed,
    onProgress: (phase) => phases.add(phase),
    onHistogram: (histogram) => told.push(histogram),
  })
  expect(wallMs).toBeGreaterThan(0)
  expect(phases).not.toContain('scan')
  expect(told).toMatchObject([{ isWhole: true, bytesRead: dump.length }])
  expect(told[0].objects).toBeGreaterThan(soFar.objects)
  expect(content(snapshotPath)).toEqual(await ordinary())
})

test('one that turns out to be cut off is read as usual', async () => {
  const part = dump.subarray(0, 3_000_000)
  writeFileSync(dumpPath, part)
  const followed = followDump(dumpPath, () => undefined)
  followed.whole(part.length)
  const snapshotPath = join(folder, 'cut.snapshot')
  const { meta } = await analyse({ dumpPath, snapshotPath, followed })
  expect(meta.partial?.byte).toBeLessThanOrEqual(3_000_000)
  expect(content(snapshotPath)).toEqual(await ordinary())
})

test('whoever dies while following is replaced, and whoever is stopped is gone', async () => {
  writeFileSync(dumpPath, dump)
  const dead = followDump(dumpPath, () => undefined)
  await dead.stop()
  expect(dead.take()).toBeUndefined()
  const snapshotPath = join(folder, 'replaced.snapshot')
  const { meta } = await analyse({ dumpPath, snapshotPath, followed: dead })
  expect(meta.fileSize).toBe(statSync(dumpPath).size)
})
