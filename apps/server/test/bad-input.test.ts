import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { largeFixtures, testWithLarge } from '@heaptrail/fixtures/large'
import { expect, test } from 'vitest'
import { ARCHIVES } from './evidence.ts'
import {
  newCase,
  readCase,
  request,
  settledCase,
  startTestServer,
  temporaryDataDirectory,
  upload,
} from './running-server.ts'
import { emptied } from './waiting.ts'

/** What became of a file, in a form that a failing test prints. */
interface Told {
  readonly file: string
  readonly states: string[]
  readonly problems: string[]
}

async function tell(url: string, folder: string, file: string): Promise<Told> {
  const packed = readFileSync(path.join(folder, file))
  const isBomb = /bomb-10g/.test(file)
  const bytes = isBomb ? zstdDecompressSync(packed) : packed
  const caseId = await newCase(url, file)
  await upload({ url, caseId, name: file, bytes })
  const { artifacts, uploads } = await settledCase(url, caseId)
  const artifactProblems = artifacts.map(({ state }) => {
    switch (state.status) {
      case 'failed':
        return state.problem.message
      case 'skipped':
        return state.reason
      case 'ready':
        return state.partial?.message ?? ''
      case 'queued':
      case 'analysing':
      case 'cancelled':
        return 'unsettled'
    }
  })
  const uploadProblems = uploads.map(({ state }) => (state.status === 'failed' ? state.problem.message : 'unsettled'))
  await request(url, `/api/cases/${caseId}`, { method: 'DELETE' })
  return {
    file,
    states: [
      ...artifacts.map(({ state }) => (state.status === 'ready' && state.partial !== null ? 'partial' : state.status)),
      ...uploads.map(() => 'upload failed'),
    ],
    problems: [...artifactProblems, ...uploadProblems].filter((problem) => problem !== ''),
  }
}

async function tellAll(folder: string, files: readonly string[]): Promise<Told[]> {
  const dataDirectory = await temporaryDataDirectory()
  const around = () => ['../..', '..'].map((up) => readdirSync(path.resolve(dataDirectory, up)))
  const { url } = await startTestServer({ dataDirectory })
  const told: Told[] = []
  for (const file of files) told.push(await tell(url, folder, file))
  expect((await request(url, '/api/health')).status).toBe(200)
  for (const name of ['blobs', 'temporary']) await emptied(path.join(dataDirectory, name))
  // Names with `../` in them would show here.
  expect(around()).toEqual([['deep'], ['data']])
  return told
}

/** Every outcome but a clean one comes with a sentence for people. */
function expectSentences(told: readonly Told[]): void {
  for (const { file, states, problems } of told) {
    expect(states.length, file).toBeGreaterThan(0)
    const troubled = states.filter((state) => state !== 'ready')
    expect(problems.length, `${file}: ${states.join(', ')}`).toBeGreaterThanOrEqual(troubled.length)
    for (const problem of problems) {
      expect(problem, file).toMatch(/^\S.*[.?]$/s)
      expect(problem, file).not.toMatch(/internal error|node_modules|\.ts:\d|\/tmp\//)
    }
  }
}

test('hostile and broken archives end in artifacts or in sentences, and nothing leaves the data directory', async () => {
  const files = readdirSync(ARCHIVES).filter((name) => name !== 'README.md')
  const told = await tellAll(ARCHIVES, files)
  expectSentences(told)
  const of = (file: string) => told.find((one) => one.file === file)?.states
  expect(of('zst-ok.hprof.zst')).toEqual(['ready'])
  expect(of('gz-of-gz.hprof.gz.gz')).toEqual(['ready'])
  expect(of('tar-two-dumps.tar.gz')).toEqual(['ready', 'ready'])
}, 600_000)

const READY = /^(ok-.*\.hprof|unknown-toplevel-tag-valid-length.*|trailing-.*)$/
const PARTIAL = /^(real\/known-trunc-.*|trunc-mid-(?!classdump).*|gz-truncated.*)$/
/** The command line's tests read every file of the set; over HTTP one in so many will do. */
const SAMPLE = 6

testWithLarge(
  'files of the corrupt set end in results, partial results or sentences',
  async () => {
    const folder = path.join(largeFixtures ?? '', 'D-corrupt')
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
      .filter((name) => !name.endsWith('.json'))
      .filter((name, index) => READY.test(name) || PARTIAL.test(name) || index % SAMPLE === 0)
    const told = await tellAll(folder, files)
    expectSentences(told)
    const ready = told.filter(({ file }) => READY.test(file))
    expect(ready.length).toBeGreaterThan(10)
    for (const { file, states } of ready) expect([file, states]).toEqual([file, ['ready']])
    const partial = told.filter(({ file }) => PARTIAL.test(file))
    expect(partial.length).toBeGreaterThan(5)
    for (const { file, states } of partial) expect([file, states]).toEqual([file, ['partial']])
  },
  1_800_000,
)

test('a file that is refused leaves the rest of its case alone', async () => {
  const { url } = await startTestServer()
  const caseId = await newCase(url)
  await upload({ url, caseId, name: 'empty.zip', bytes: readFileSync(path.join(ARCHIVES, 'zip-empty.zip')) })
  await upload({ url, caseId, name: 'dump.zst', bytes: readFileSync(path.join(ARCHIVES, 'zst-ok.hprof.zst')) })
  const { artifacts, uploads } = await settledCase(url, caseId)
  expect(artifacts).toMatchObject([{ name: 'dump', state: { status: 'ready' } }])
  expect(uploads).toMatchObject([{ name: 'empty.zip', state: { status: 'failed' } }])
  expect((await request(url, `/api/uploads/${uploads[0]?.id}/state`, { method: 'DELETE' })).status).toBe(204)
  expect((await readCase(url, caseId)).uploads).toEqual([])
})
