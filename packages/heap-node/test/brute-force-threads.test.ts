/** The proof by brute force again, for a share of the random heaps, with real threads. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type ThreadRunner, threadRunner } from '../src/thread-runner.ts'
import { compareWithOracle } from './brute-force.ts'

const HEAPS = 20
const folder = mkdtempSync(join(tmpdir(), 'heaptrail-threads-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

for (const threads of [2, 3])
  test(`random heaps agree with brute force on ${threads} threads`, { timeout: 120_000 }, async () => {
    for (let seed = 0; seed < HEAPS; seed++) {
      const runners: ThreadRunner[] = []
      await compareWithOracle(seed, (dump) => {
        const path = join(folder, `${seed}.hprof`)
        writeFileSync(path, dump)
        const runner = threadRunner(path, threads)
        runners.push(runner)
        return runner
      })
      await runners[0].close()
      expect(runners).toHaveLength(1)
    }
  })
