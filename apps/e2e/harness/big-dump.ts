/** A dump of half a gigabyte, which takes some seconds to analyse; the benchmark's generator makes it. */
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { expect } from '@playwright/test'
import { ROOT } from './server-process.ts'

const OBJECTS = 12_500_000
const LEAST_BYTES = 500_000_000

/** Writes it into the file. */
export function makeBigDump(file: string): void {
  const { status, stderr } = spawnSync(process.execPath, ['bench/make-dump.ts', file, '--objects', `${OBJECTS}`], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
  expect(statSync(file).size).toBeGreaterThan(LEAST_BYTES)
}
