import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { Case } from '@heaptrail/api/cases'
import { ErrorBody } from '@heaptrail/api/errors'
import { describe, expect, test } from 'vitest'
import { chainDump, jstatLog } from './evidence.ts'
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
import { canMount, smallDisk } from './small-disk.ts'
import { emptied } from './waiting.ts'

const MIB = 2 ** 20
const NO_SPACE = /^The disk of the server is full\..*try again\.$/

async function begin(url: string, caseId: string, size: number): Promise<Response> {
  const metadata = `filename ${btoa('big.txt')},caseId ${btoa(caseId)}`
  const headers = { 'tus-resumable': '1.0.0', 'upload-length': String(size), 'upload-metadata': metadata }
  return request(url, '/api/uploads', { method: 'POST', headers })
}

function send(url: string, location: string, offset: number, body: Uint8Array): Promise<Response> {
  const headers = {
    'tus-resumable': '1.0.0',
    'content-type': 'application/offset+octet-stream',
    'upload-offset': String(offset),
  }
  return request(url, location, { method: 'PATCH', headers, body: Buffer.from(body) })
}

describe.skipIf(!canMount)('a full disk (needs root, to mount one)', () => {
  test('while bytes arrive: they stay, and the upload goes on when there is room again', async () => {
    const disk = await smallDisk(64)
    const { url } = await startTestServer({ dataDirectory: disk.dataDirectory, minFreeBytes: 16 * MIB })
    const caseId = await newCase(url)
    const bytes = Buffer.alloc(30 * MIB, 'neither a dump nor a log\n')
    const location = (await begin(url, caseId, bytes.length)).headers.get('location') ?? ''
    expect((await send(url, location, 0, bytes.subarray(0, MIB))).status).toBe(204)

    await disk.fillUpTo(4 * MIB)
    const refused = await send(url, location, MIB, bytes.subarray(MIB))
    expect((await expectAnswer(refused, 507, ErrorBody)).message).toMatch(NO_SPACE)
    await disk.fillUpTo(100 * MIB)
    const head = await request(url, location, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })
    const arrived = Number(head.headers.get('upload-offset'))
    expect(arrived).toBeGreaterThanOrEqual(MIB)
    expect((await send(url, location, arrived, bytes.subarray(arrived))).status).toBe(204)
    const { artifacts } = await settledCase(url, caseId)
    expect(artifacts).toMatchObject([{ size: bytes.length }])
  })

  test('while an archive is unpacked: the upload says so and leaves nothing', async () => {
    const disk = await smallDisk(64)
    const { url, dataDirectory } = await startTestServer({ ...disk, minFreeBytes: 16 * MIB })
    const caseId = await newCase(url)
    const packed = gzipSync(chainDump(2_500_000), { level: 1 })
    const { uploads } = await uploadedCase(url, caseId, 'chain.hprof.gz', packed)
    expect(uploads).toMatchObject([
      { state: { status: 'failed', problem: { message: expect.stringMatching(NO_SPACE) as string } } },
    ])
    for (const name of ['temporary', 'uploads', 'blobs']) await emptied(path.join(dataDirectory, name))
    const [log] = (await uploadedCase(url, await newCase(url), 'jstat.log', jstatLog())).artifacts
    expect(log).toMatchObject({ state: { status: 'ready' } })
  })

  test('while a dump is analysed: the analysis says so, leaves nothing, and can be tried again', async () => {
    const analyses = holdAnalyses()
    const dump = chainDump(500_000)
    const disk = await smallDisk(Math.ceil(dump.length / MIB) + 30)
    const { url, dataDirectory } = await startTestServer({ ...disk, minFreeBytes: 2 * MIB })
    const caseId = await newCase(url)
    const other = await newCase(url)
    await upload({ url, caseId, name: 'chain.hprof', bytes: dump })
    await analyses.held()
    await disk.fillUpTo(4 * MIB)
    analyses.letGo()
    const [artifact] = (await settledCase(url, caseId)).artifacts
    expect(artifact?.state).toMatchObject({
      status: 'failed',
      problem: { message: expect.stringMatching(NO_SPACE) as string },
    })
    for (const name of ['temporary', 'snapshots']) await emptied(path.join(dataDirectory, name))
    // What makes room needs none.
    expect((await request(url, `/api/cases/${other}`, { method: 'DELETE' })).status).toBe(204)

    await disk.fillUpTo(100 * MIB)
    await request(url, `/api/artifacts/${artifact?.id}/retry`, { method: 'POST' })
    const [again] = (await settledCase(url, caseId)).artifacts
    expect(again?.state).toMatchObject({ status: 'ready' })
  })

  test('to the last byte, by others: what can be read is read, and after that everything works again', async () => {
    const disk = await smallDisk(64)
    const { dataDirectory } = disk
    const settings = { HEAPTRAIL_DATA_DIR: dataDirectory, HEAPTRAIL_MIN_FREE_MIB: '16' }
    const first = await spawnServer(settings)
    const caseId = await newCase(first.url, 'before')
    await uploadAndWait({ url: first.url, caseId, name: 'jstat.log', bytes: jstatLog() })
    await disk.fillUpTo(0)
    expect((await readCase(first.url, caseId)).title).toBe('before')
    const answers = new Set<number>()
    for (let count = 0; count < 300; count++) {
      const answer = await request(first.url, '/api/cases', { method: 'POST', json: { title: 'x'.repeat(200) } })
      answers.add(answer.status)
      await answer.body?.cancel()
    }
    expect([...answers].filter((status) => ![201, 507].includes(status))).toEqual([])
    await disk.fillUpTo(100 * MIB)
    const made = await request(first.url, '/api/cases', { method: 'POST', json: { title: 'after' } })
    expect((await expectAnswer(made, 201, Case)).title).toBe('after')
    await first.end('SIGKILL')
    const second = await spawnServer(settings)
    expect((await readCase(second.url, caseId)).title).toBe('before')
  })
})

async function uploadedCase(url: string, caseId: string, name: string, bytes: Uint8Array): Promise<Case> {
  await upload({ url, caseId, name, bytes })
  return settledCase(url, caseId)
}

test('a quota refuses what does not fit, before its first byte, and names the setting', async () => {
  const { url } = await startTestServer({ dataDirectory: await temporaryDataDirectory(), quotaBytes: 2 ** 30 })
  const caseId = await newCase(url)
  const refused = await expectAnswer(await begin(url, caseId, 2 ** 30 + 1), 507, ErrorBody)
  expect(refused).toMatchObject({
    code: 'quota-exceeded',
    message: expect.stringContaining('HEAPTRAIL_QUOTA_GIB') as string,
  })
  // What a running upload has announced is taken, until it is given up.
  const running = await begin(url, caseId, 2 ** 29)
  expect((await begin(url, caseId, 2 ** 29 + 1)).status).toBe(507)
  const headers = { 'tus-resumable': '1.0.0' }
  await request(url, running.headers.get('location') ?? '', { method: 'DELETE', headers })
  expect((await begin(url, caseId, 2 ** 29 + 1)).status).toBe(201)
})
