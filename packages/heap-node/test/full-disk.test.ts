/** A disk that fills up while the snapshot is written: a tmpfs, which only root may mount. */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeBigShape } from '@heaptrail/fixtures/big-shapes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { analyse } from '../src/analyse.ts'

const canMount = process.platform === 'linux' && process.getuid?.() === 0
/** So that the dump is worth a second thread, which writes while the first goes on. */
const OBJECTS = 1_050_000

describe.skipIf(!canMount)('a full disk (needs root, to mount one)', () => {
  const folder = join(tmpdir(), `heaptrail-full-${process.pid}`)
  const disk = join(folder, 'disk')
  const dumpPath = join(folder, 'chain.hprof')
  const snapshotPath = join(disk, 'chain.snapshot')
  const mount = (...options: string[]): void => void execFileSync('mount', [...options, disk])
  const outcome = (threads: number): Promise<unknown> => analyse({ dumpPath, snapshotPath, threads })

  beforeAll(() => {
    mkdirSync(disk, { recursive: true })
    const file = openSync(dumpPath, 'w')
    writeBigShape((bytes) => writeSync(file, bytes), 'chain', OBJECTS, { heap: 'segments' })
    closeSync(file)
    mount('-t', 'tmpfs', '-o', 'size=4m', 'tmpfs')
  }, 60_000)
  afterAll(() => {
    execFileSync('umount', ['-l', disk])
    rmSync(folder, { recursive: true })
  })

  test.each([1, 2])('is told, and leaves nothing behind, with %i threads', { timeout: 60_000 }, async (threads) => {
    await expect(outcome(threads)).rejects.toMatchObject({
      kind: 'disk',
      message: 'The disk has no room for the snapshot of this dump. Make room there, then analyse the dump again.',
    })
    expect(readdirSync(disk)).toEqual([])
  })

  test('is no trouble any more when there is room again', { timeout: 60_000 }, async () => {
    mount('-o', 'remount,size=64m')
    expect((await analyse({ dumpPath, snapshotPath, threads: 2 })).meta.reachable.objects).toBeGreaterThan(OBJECTS)
    expect(readdirSync(disk)).toEqual(['chain.snapshot'])
  })
})
