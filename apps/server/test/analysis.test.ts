import { execFileSync } from 'node:child_process'
import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Artifact } from '@heaptrail/api/cases'
import { ErrorBody } from '@heaptrail/api/errors'
import {
  DominatorAncestors,
  Dominators,
  Fields,
  HeapSummary,
  Histogram,
  ObjectDetail,
  ObjectsOfClass,
  Paths,
  References,
} from '@heaptrail/api/heap'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { smallDump } from '@heaptrail/fixtures/packed'
import { describe, expect, test } from 'vitest'
import { chainDump } from './evidence.ts'
import { holdAnalyses } from './held-analyses.ts'
import {
  expectAnswer,
  newCase,
  readCase,
  request,
  settledCase,
  spawnServer,
  startTestServer,
  temporaryDataDirectory,
  upload,
  uploadAndWait,
} from './running-server.ts'
import { waitFor } from './waiting.ts'

/** Large enough for several threads. */
const LARGE_DUMP = chainDump(1_200_000)

const ORDERS = `
  root -> A
  A:acme.Shop -> orders=B
  B:acme.OrderList -> first=C
  C:acme.Order -> next=D
  D:acme.Order ->
`

async function ordersDump(url: string): Promise<{ heap: ReturnType<typeof heapFromText>; of: string }> {
  const heap = heapFromText(ORDERS)
  const [artifact] = await uploadAndWait({ url, caseId: await newCase(url), name: 'shop.hprof', bytes: heap.bytes })
  expect(artifact).toMatchObject({
    kind: 'heap-dump',
    size: heap.bytes.length,
    state: { status: 'ready', partial: null },
  })
  return { heap, of: `/api/artifacts/${artifact?.id}/heap` }
}

/** The first artifact, once its analysis runs. */
function analysing(url: string, caseId: string): Promise<Artifact> {
  return waitFor(async () => (await readCase(url, caseId)).artifacts.find(({ state }) => state.status === 'analysing'))
}

describe('questions to a heap', () => {
  test('walk from the histogram to the object, and from there to what keeps it alive', async () => {
    const { url } = await startTestServer()
    const { heap, of } = await ordersDump(url)
    const hex = (name: string) => `0x${heap.id(name).toString(16)}`

    const summary = await expectAnswer(await request(url, of), 200, HeapSummary.strict())
    expect(summary).toMatchObject({ fileSize: heap.bytes.length, partial: null })

    const histogram = await expectAnswer(
      await request(url, `${of}/histogram?filter=acme.Order&sort=objects`),
      200,
      Histogram,
    )
    const [orders] = histogram.rows
    expect(orders).toMatchObject({ className: 'acme.Order', objects: 2 })

    const objects = await expectAnswer(
      await request(url, `${of}/objects?classId=${orders?.classId}`),
      200,
      ObjectsOfClass,
    )
    expect(objects.rows.map(({ id }) => id)).toEqual([hex('C'), hex('D')])

    const level = await expectAnswer(await request(url, `${of}/dominators?parent=${hex('B')}`), 200, Dominators)
    expect(level).toMatchObject({ total: 1, rows: [{ id: hex('C'), children: 1 }] })

    const ancestors = await expectAnswer(
      await request(url, `${of}/objects/${hex('D')}/ancestors`),
      200,
      DominatorAncestors,
    )
    expect(ancestors.rows.map(({ object }) => object.id)).toEqual(['A', 'B', 'C', 'D'].map(hex))

    const detail = await expectAnswer(await request(url, `${of}/objects/${hex('C')}`), 200, ObjectDetail)
    expect(detail).toMatchObject({ className: 'acme.Order', immediateDominator: { id: hex('B') } })

    const fields = await expectAnswer(await request(url, `${of}/objects/${hex('C')}/fields`), 200, Fields)
    expect(fields.rows).toMatchObject([{ name: 'next', value: { kind: 'reference', object: { id: hex('D') } } }])

    const incoming = await expectAnswer(
      await request(url, `${of}/objects/${hex('D')}/references/incoming`),
      200,
      References,
    )
    expect(incoming.rows).toMatchObject([{ edges: [{ kind: 'field', name: 'next' }], object: { id: hex('C') } }])

    const paths = await expectAnswer(
      await request(url, `${of}/objects/${hex('D')}/paths?exclude=weak,soft`),
      200,
      Paths,
    )
    expect(paths.rows[0]?.steps.map(({ object }) => object.id)).toEqual(['D', 'C', 'B', 'A'].map(hex))
    expect(paths.rows[0]?.root.types).toEqual(['JNI Global'])
  })

  test('say what is wrong with them', async () => {
    const { url } = await startTestServer()
    const { of } = await ordersDump(url)
    const QUESTIONS = [
      ['/objects/0x999999', 404, 'object-not-found'],
      ['/dominators?parent=0x999999', 404, 'object-not-found'],
      ['/objects?classId=0x999999', 404, 'class-not-found'],
      ['/histogram?filter=%2F(%2F', 400, 'bad-request'],
      ['/objects/0x1/references/sideways', 400, 'bad-request'],
      ['/objects/0x1/paths?exclude=strong', 400, 'bad-request'],
      ['/histogram?sort=colour', 400, 'bad-request'],
    ] as const
    for (const [question, status, code] of QUESTIONS) {
      expect((await expectAnswer(await request(url, of + question), status, ErrorBody)).code, question).toBe(code)
    }
    expect((await expectAnswer(await request(url, of.replace('/heap', '/jstat')), 409, ErrorBody)).code).toBe(
      'wrong-kind',
    )
  })

  test('are answered from what is stored after a restart', async () => {
    const server = await startTestServer()
    const { of } = await ordersDump(server.url)
    await server.close()
    const again = await startTestServer({ dataDirectory: server.dataDirectory })
    expect((await request(again.url, of)).status).toBe(200)
  })
})

describe('a snapshot', () => {
  test.each([
    ['is damaged', (file: string) => damage(file)],
    ['has flipped bits in its pages', (file: string) => flipBits(file)],
    ['says that it is of another version', (file: string) => changeVersion(file)],
    [
      'is of an older version by its name',
      (file: string) => rename(file, file.replace(/\.\d+\.snapshot$/, '.1.snapshot')),
    ],
  ])('that %s is made again from its dump', async (_what, spoil) => {
    const server = await startTestServer()
    const { of } = await ordersDump(server.url)
    await server.close()
    const folder = path.join(server.dataDirectory, 'snapshots')
    for (const name of await readdir(folder)) await spoil(path.join(folder, name))

    const { url } = await startTestServer({ dataDirectory: server.dataDirectory })
    expect((await expectAnswer(await request(url, of), 409, ErrorBody)).code).toBe('not-ready')
    await waitFor(async () => ((await request(url, of)).status === 200 ? true : undefined))
    expect((await request(url, `${of}/histogram`)).status).toBe(200)
    expect(await readdir(folder)).toHaveLength(1)
  })
})

test('a dump whose content has a damaged snapshot is analysed for itself', async () => {
  const server = await startTestServer()
  const { bytes } = heapFromText(ORDERS)
  await uploadAndWait({ url: server.url, caseId: await newCase(server.url), name: 'a.hprof', bytes })
  await server.close()
  const folder = path.join(server.dataDirectory, 'snapshots')
  for (const name of await readdir(folder)) await damage(path.join(folder, name))
  const { url } = await startTestServer({ dataDirectory: server.dataDirectory })
  const [again] = await uploadAndWait({ url, caseId: await newCase(url), name: 'b.hprof', bytes })
  expect(again?.state).toEqual({ status: 'ready', partial: null })
})

describe('a dump', () => {
  test('that is cut off is analysed as far as it goes, and says where it ends', async () => {
    const { url } = await startTestServer()
    const whole = smallDump('known-17')
    const bytes = whole.subarray(0, Math.floor(whole.length * 0.6))
    const [artifact] = await uploadAndWait({ url, caseId: await newCase(url), name: 'cut.hprof', bytes })
    expect(artifact?.state).toMatchObject({ status: 'ready', partial: { byte: expect.any(Number) as number } })
    const summary = await expectAnswer(await request(url, `/api/artifacts/${artifact?.id}/heap`), 200, HeapSummary)
    expect(summary.partial).toEqual(artifact?.state.status === 'ready' ? artifact.state.partial : undefined)
  })

  test('whose content was analysed before is ready without another analysis', async () => {
    const { url, dataDirectory } = await startTestServer()
    const { bytes } = heapFromText(ORDERS)
    const first = await newCase(url)
    await uploadAndWait({ url, caseId: first, name: 'a.hprof', bytes })
    const [again] = await uploadAndWait({ url, caseId: await newCase(url), name: 'b.hprof', bytes })
    expect(again?.state.status).toBe('ready')
    expect(await readdir(path.join(dataDirectory, 'snapshots'))).toHaveLength(1)

    // Who looks at the one meanwhile does not notice that the other is deleted.
    const asked = Array.from({ length: 30 }, () => request(url, `/api/artifacts/${again?.id}/heap/histogram`))
    await request(url, `/api/cases/${first}`, { method: 'DELETE' })
    expect((await Promise.all(asked)).filter(({ status }) => status !== 200)).toEqual([])
    expect((await request(url, `/api/artifacts/${again?.id}/heap`)).status).toBe(200)
    await request(url, `/api/artifacts/${again?.id}`, { method: 'DELETE' })
    expect(await readdir(path.join(dataDirectory, 'snapshots'))).toEqual([])
  })
})

describe('an analysis', () => {
  test('tells its phases, never goes back, and is cancelled at once with all its files', async () => {
    const analyses = holdAnalyses()
    const { url, dataDirectory } = await startTestServer()
    const caseId = await newCase(url)
    await upload({ url, caseId, name: 'large.hprof', bytes: LARGE_DUMP })
    const { id } = await analysing(url, caseId)
    const first = await analyses.held()
    expect((await expectAnswer(await request(url, `/api/artifacts/${id}/heap`), 409, ErrorBody)).code).toBe('not-ready')

    const cancelled = await expectAnswer(
      await request(url, `/api/artifacts/${id}/cancel`, { method: 'POST' }),
      200,
      Artifact,
    )
    expect(cancelled.state).toEqual({ status: 'cancelled' })
    expect(await readdir(path.join(dataDirectory, 'temporary'))).toEqual([])
    expect(childrenOf(process.pid)).toEqual([])
    const twice = await request(url, `/api/artifacts/${id}/cancel`, { method: 'POST' })
    expect((await expectAnswer(twice, 409, ErrorBody)).code).toBe('not-running')

    await request(url, `/api/artifacts/${id}/retry`, { method: 'POST' })
    await analyses.held(first)
    let last = 0
    const ready = await waitFor(async () => {
      const { state } = await expectAnswer(await request(url, `/api/artifacts/${id}`), 200, Artifact)
      if (state.status === 'analysing') {
        expect(state.fraction).toBeGreaterThanOrEqual(last)
        last = state.fraction
        if (state.phase === 'dominators') analyses.letGo()
      }
      return state.status === 'ready' ? state : undefined
    })
    expect(ready).toEqual({ status: 'ready', partial: null })
    expect(last).toBeGreaterThan(0)
  })

  test('whose process is killed begins again by itself', async () => {
    const analyses = holdAnalyses()
    const { url } = await startTestServer()
    const caseId = await newCase(url)
    await upload({ url, caseId, name: 'large.hprof', bytes: LARGE_DUMP })
    const killed = await analyses.held()
    for (const pid of killed) process.kill(pid, 'SIGKILL')
    await analyses.held(killed)
    analyses.letGo()
    expect((await settledCase(url, caseId)).artifacts[0]?.state).toEqual({ status: 'ready', partial: null })
  })

  test('whose process is killed twice failed with a reason, and can be tried again', async () => {
    const analyses = holdAnalyses()
    const { url } = await startTestServer()
    const caseId = await newCase(url)
    await upload({ url, caseId, name: 'large.hprof', bytes: LARGE_DUMP })
    const { id } = await analysing(url, caseId)
    const first = await analyses.held()
    for (const pid of first) process.kill(pid, 'SIGKILL')
    for (const pid of await analyses.held(first)) process.kill(pid, 'SIGKILL')
    analyses.letGo()
    const failed = (await settledCase(url, caseId)).artifacts[0]
    expect(failed?.state).toMatchObject({
      status: 'failed',
      problem: { message: expect.stringContaining('memory') as string },
    })
    await request(url, `/api/artifacts/${id}/retry`, { method: 'POST' })
    expect((await settledCase(url, caseId)).artifacts[0]?.state.status).toBe('ready')
  })

  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'that a server stopped by %s left starts again by itself',
    async (signal) => {
      const folder = await temporaryDataDirectory()
      const analyses = holdAnalyses()
      const first = await spawnServer({ HEAPTRAIL_DATA_DIR: folder }, analyses.execArgv)
      const caseId = await newCase(first.url)
      await upload({ url: first.url, caseId, name: 'large.hprof', bytes: LARGE_DUMP })
      const children = await analyses.held()
      expect(childrenOf(first.process.pid ?? 0)).toEqual(children)
      await first.end(signal)
      analyses.letGo()
      await waitFor(async () => (children.some(isAlive) ? undefined : true))

      const second = await spawnServer({ HEAPTRAIL_DATA_DIR: folder })
      const [artifact] = (await settledCase(second.url, caseId)).artifacts
      expect(artifact?.state).toEqual({ status: 'ready', partial: null })
      expect((await request(second.url, `/api/artifacts/${artifact?.id}/heap`)).status).toBe(200)
    },
  )

  test('of a deleted case ends', async () => {
    const analyses = holdAnalyses()
    const { url, dataDirectory } = await startTestServer()
    const caseId = await newCase(url)
    await upload({ url, caseId, name: 'large.hprof', bytes: LARGE_DUMP })
    await analyses.held()
    expect((await request(url, `/api/cases/${caseId}`, { method: 'DELETE' })).status).toBe(204)
    expect(childrenOf(process.pid)).toEqual([])
    for (const folder of ['blobs', 'snapshots', 'temporary', 'uploads']) {
      expect(await readdir(path.join(dataDirectory, folder))).toEqual([])
    }
  })
})

/** Changes every byte but the first few. */
async function damage(file: string): Promise<void> {
  const bytes = await readFile(file)
  await writeFile(
    file,
    bytes.map((byte, index) => (index < 8 ? byte : byte ^ 0xff)),
  )
}

/** One bit of each page; header and directory stay as they are. */
async function flipBits(file: string): Promise<void> {
  const bytes = await readFile(file)
  const directory = Number(bytes.readBigUInt64LE(24))
  for (let at = 16_384 + 100; at < directory; at += 16_384) bytes[at] = bytes.readUInt8(at) ^ 4
  await writeFile(file, bytes)
}

async function changeVersion(file: string): Promise<void> {
  const bytes = await readFile(file)
  bytes.writeUInt32LE(1, 8)
  await writeFile(file, bytes)
}

/** Processes that this one started: analyses and query processes. */
function childrenOf(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
  return table.split('\n').flatMap((line) => {
    const [child, parent, ...command] = line.trim().split(/\s+/)
    return Number(parent) === pid && command.join(' ').includes('heap-node') ? [Number(child)] : []
  })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // No such process.
    return false
  }
}
