/** Bad input: a result, a partial result or one clear sentence; never a crash, a hang, or a file left behind. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { largeFixtures } from '@heaptrail/fixtures/large'
import { dumpsFolder, smallDump } from '@heaptrail/fixtures/packed'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heaptrail-corrupt-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const synthetic = readFileSync(join(dumpsFolder, 'synthetic/ok-64bit-1.0.2-segments.hprof'))

function changed(at: number, bytes: readonly number[]): Buffer {
  const copy = Buffer.from(synthetic)
  copy.set(bytes, at)
  return copy
}

function withUnknownRecord(): Buffer {
  const record = Buffer.from([0x77, 0, 0, 0, 0, 0, 0, 0, 16, ...new Uint8Array(16)])
  return Buffer.concat([synthetic.subarray(0, 31), record, synthetic.subarray(31)])
}

const MADE: readonly [name: string, make: () => Uint8Array, outcome: RegExp][] = [
  ['trailing garbage', () => Buffer.concat([synthetic, Buffer.alloc(100)]), /^ready$/],
  ['trailing newlines', () => Buffer.concat([synthetic, Buffer.from('\n\n')]), /^ready$/],
  ['an unknown record', withUnknownRecord, /^ready$/],
  ['cut inside an instance', () => synthetic.subarray(0, 2462), /^partial at 2333$/],
  ['cut before the roots', () => synthetic.subarray(0, 4400), /^partial at \d+$/],
  ['cut inside the header', () => synthetic.subarray(0, 25), /^error: The dump ends inside its header\.$/],
  ['cut before the first object', () => synthetic.subarray(0, 500), /^error: The dump holds no objects: /],
  ['ids of 3 bytes', () => changed(22, [3]), /^error: The header says that ids have 3 bytes; only 4 and 8 exist\.$/],
  [
    'another magic',
    () => changed(0, [0x4b]),
    /^error: It looks like an HPROF heap dump whose first bytes were changed/,
  ],
  ['an empty file', () => Buffer.alloc(0), /^error: It is empty\.$/],
  ['zeros', () => Buffer.alloc(100_000), /^error: It holds nothing but zero bytes/],
  ['a gzip file cut off', () => cut(gzipSync(smallDump('known-17-all')), 0.9), /^partial at \d+$/],
  ['a dump still being written, 30 %', () => cut(smallDump('known-17-all'), 0.3), /^partial at \d+$/],
  ['a dump still being written, 99 %', () => cut(smallDump('known-17-all'), 0.99), /^partial at \d+$/],
]

function cut(bytes: Uint8Array, part: number): Uint8Array {
  return bytes.subarray(0, Math.floor(bytes.length * part))
}

test.concurrent.each(MADE)('%s', async (name, make, outcome) => {
  const path = join(folder, name)
  writeFileSync(path, make())
  expect(await outcomeOf(path)).toMatch(outcome)
})

const archives = new URL('../../../packages/fixtures/archives/', import.meta.url).pathname
test.concurrent.each([
  ['tar-bundle-all-artifacts.tar.gz', /^ready, ready, ready, ready$/],
  ['tar-devices-fifo.tar.gz', /^skipped, skipped, ready$/],
  ['tar-traversal.tar.gz', /^ready, ready$/],
  ['tar-truncated.tar.gz', /^partial at 2651$/],
  ['zip-traversal.zip', /^ready, ready, ready$/],
  ['zip-encrypted.zip', /^error: .*It is encrypted/],
  ['gz-bad-crc.hprof.gz', /^partial at 4924$/],
  ['bomb-10g-multimember.gz.zst', /^error: It unpacks to more than 1000 times its size/],
])('%s', async (name, outcome) => {
  expect(await outcomeOf(join(archives, name))).toMatch(outcome)
})

/** What the large set must come to; everything else there is a result, a partial one, or a sentence. */
const EXPECTED: readonly [name: RegExp, outcome: RegExp][] = [
  [/^(ok-.*\.hprof|unknown-toplevel-tag-valid-length\.hprof|trailing-.*)$/, /^ready$/],
  [/^(trunc-mid-.*|known-trunc-.*|gz-truncated.*)$/, /^partial at \d+$/],
  [/./, /^(error: |(ready|partial at \d+|skipped)(, (ready|partial at \d+|skipped))*$)/],
]

function corruptFiles(): string[] {
  if (largeFixtures === undefined) return ['the whole of D-corrupt']
  const root = join(largeFixtures, 'D-corrupt')
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
  return paths.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

test.skipIf(largeFixtures === undefined).concurrent.each(corruptFiles())('%s', async (path) => {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const expected = EXPECTED.find(([pattern]) => pattern.test(name))?.[1]
  expect(await outcomeOf(path)).toMatch(expected ?? /^$/)
})
