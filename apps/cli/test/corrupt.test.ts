/**
 * Bad input as a person meets it, in a process of its own: exit code, one sentence, no file left behind. What becomes of
 * every file of the fixtures is in bad-input.test.ts, which starts no processes.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dumpsFolder } from '@heaptrail/fixtures/packed'
import { afterAll, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'

interface Artifact {
  readonly kind: string
  readonly status: string
  readonly partial?: { readonly message: string; readonly byte: number } | null
}

/** `ready`, `partial at BYTE` or `skipped` per artifact, or the sentence that says what is wrong. */
async function outcomeOf(path: string): Promise<string> {
  const { code, stdout, stderr, left } = await runCli(['analyze', '--json', path])
  if (left.length > 0) return `left behind: ${left.join(', ')}`
  if (code === 1 && stdout === '' && /^[^\n]+\.\n$/.test(stderr)) return `error: ${stderr.trim()}`
  if (code !== 0) return `exit code ${code}: ${stderr}`
  const parsed = JSON.parse(stdout) as Artifact | Artifact[]
  const statuses = [parsed].flat().map(({ status, partial }) => (partial ? `${status} at ${partial.byte}` : status))
  return statuses.join(', ')
}

const folder = mkdtempSync(join(tmpdir(), 'heaptrail-corrupt-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

test.concurrent('a dump that is cut off is analysed as far as it goes', async () => {
  const path = join(folder, 'cut.hprof')
  writeFileSync(path, readFileSync(join(dumpsFolder, 'synthetic/ok-64bit-1.0.2-segments.hprof')).subarray(0, 2462))
  expect(await outcomeOf(path)).toBe('partial at 2333')
})

test.concurrent('a dump without a single object is a sentence', async () => {
  const path = join(folder, 'nothing.hprof')
  writeFileSync(path, readFileSync(join(dumpsFolder, 'synthetic/ok-64bit-1.0.2-segments.hprof')).subarray(0, 500))
  expect(await outcomeOf(path)).toMatch(
    /^error: The file ends at byte 500, before its heap: it was still being written/,
  )
})

const archives = new URL('../../../packages/fixtures/archives/', import.meta.url).pathname
test.concurrent.each([
  ['tar-traversal.tar.gz', /^ready, ready$/],
  ['tar-symlink-dir-escape.tar.gz', /^skipped, ready$/],
  ['zip-encrypted.zip', /^error: .*It is encrypted/],
  ['bomb-10g-multimember.gz.zst', /^error: It unpacks to more than 1000 times its size/],
])('%s', async (name, outcome) => {
  expect(await outcomeOf(join(archives, name))).toMatch(outcome)
})
