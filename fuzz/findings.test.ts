/** What the fuzzing has found, each as a small file in packages/fixtures/fuzz; its name says what is odd about it. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { repeated } from './check.ts'

const findings = new URL('../packages/fixtures/fuzz/', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'heaptrail-findings-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

test.each(readdirSync(findings).filter((name) => name !== 'README.md'))('%s', async (name) => {
  const bytes = new Uint8Array(readFileSync(join(findings, name)))
  expect(['refused', 'partial', 'complete', 'checked', 'read']).toContain(
    await repeated(name, bytes, join(folder, 'input')),
  )
})
