/** Dumps are read while their upload runs. */
import { execFileSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { Artifact } from '@heaptrail/api/cases'
import { ErrorBody } from '@heaptrail/api/errors'
import { HeapSummary, Histogram } from '@heaptrail/api/heap'
import { Provisional, type ProvisionalHistogram } from '@heaptrail/api/provisional'
import { describe, expect, test } from 'vitest'
import { chainDump, tarOf } from './evidence.ts'
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
  uploadAndWait,
} from './running-server.ts'
import { beginSlowUpload, goOnSlowly, receivedBytes } from './slow-upload.ts'
import { waitFor } from './waiting.ts'

/** 12 MB. */
const DUMP = chainDump(400_000)
const HALF = Math.floor(DUMP.length / 2)

/** The histogram so far, once there is one that counts something. */
function soFar(url: string, uploadId: string): Promise<ProvisionalHistogram> {
  return waitFor(async () => {
    const answer = await request(url, `/api/uploads/${uploadId}/histogram`)
    const { histogram } = await expectAnswer(answer, 200, Provisional)
    return histogram !== null && histogram.sums.objects > 1000 ? histogram : undefined
  })
}

/** What the finished analysis of the only artifact says, but for what it took. */
async function resultOf(url: string, caseId: string): Promise<unknown> {
  const [artifact] = (await settledCase(url, caseId)).artifacts
  expect(artifact?.state).toEqual({ status: 'ready', partial: null })
  const of = `/api/artifacts/${artifact?.id}/heap`
  const { phases, ...summary } = await expectAnswer(await request(url, of), 200, HeapSummary)
  expect(phases.length).toBeGreaterThan(5)
  return { summary, histogram: await expectAnswer(await request(url, `${of}/histogram`), 200, Histogram) }
}

/** Of the same dump, sent at once. */
let ordinary: unknown

async function ordinaryResult(): Promise<unknown> {
  const { url } = await startTestServer()
  const caseId = await newCase(url)
  await uploadAndWait({ url, caseId, name: 'dump.hprof', bytes: DUMP })
  return resultOf(url, caseId)
}

describe('a dump that comes in slowly', () => {
  test.each([
    ['dump.hprof', DUMP],
    ['dump.hprof.gz', gzipSync(DUMP)],
    ['dump.hprof.zst', zstdCompressSync(DUMP)],
    ['dump.tar.gz', gzipSync(tarOf('dump.hprof', DUMP))],
  ])('as %s is counted meanwhile, and ends as any other', async (name, bytes) => {
    const { url, dataDirectory } = await startTestServer()
    const caseId = await newCase(url)
    const upload = await beginSlowUpload({ url, caseId, name, size: bytes.length })
    upload.send(bytes.subarray(0, bytes.length / 2))
    const histogram = await soFar(url, upload.id)
    expect(histogram).toMatchObject({ isWhole: false, rows: [{ className: 'acme.Node' }, {}] })
    expect(histogram.bytesRead).toBeLessThan(DUMP.length)
    expect((await readCase(url, caseId)).uploads[0]?.state.status).toBe('uploading')

    upload.send(bytes.subarray(bytes.length / 2))
    await upload.end()
    const read = await resultOf(url, caseId)
    expect(await readdir(path.join(dataDirectory, 'temporary'))).toEqual([])

    ordinary ??= await ordinaryResult()
    expect(read).toEqual(ordinary)
  })

  test('leaves nothing when it is given up', async () => {
    const { url, dataDirectory } = await startTestServer()
    const caseId = await newCase(url)
    const upload = await beginSlowUpload({ url, caseId, name: 'dump.hprof.gz', size: 1e9 })
    upload.send(gzipSync(DUMP))
    await soFar(url, upload.id)
    expect(childrenOf(process.pid)).toHaveLength(1)
    expect((await request(url, `/api/uploads/${upload.id}/state`, { method: 'DELETE' })).status).toBe(204)
    expect(childrenOf(process.pid)).toEqual([])
    for (const folder of ['temporary', 'uploads', 'blobs'])
      expect(await readdir(path.join(dataDirectory, folder))).toEqual([])
    const gone = await request(url, `/api/uploads/${upload.id}/histogram`)
    expect((await expectAnswer(gone, 404, ErrorBody)).code).toBe('not-found')
  })

  test('whose reader dies is analysed as usual', async () => {
    const { url } = await startTestServer()
    const caseId = await newCase(url)
    const upload = await beginSlowUpload({ url, caseId, name: 'dump.hprof', size: DUMP.length })
    upload.send(DUMP.subarray(0, HALF))
    await soFar(url, upload.id)
    for (const pid of childrenOf(process.pid)) process.kill(pid, 'SIGKILL')
    await waitFor(() => (childrenOf(process.pid).length === 0 ? true : undefined))
    upload.send(DUMP.subarray(HALF))
    await upload.end()
    expect(await resultOf(url, caseId)).toMatchObject({ summary: { fileSize: DUMP.length } })
  })

  test('into a server that is killed goes on with the next one', async () => {
    const folder = await temporaryDataDirectory()
    const first = await spawnServer({ HEAPTRAIL_DATA_DIR: folder })
    const caseId = await newCase(first.url)
    const upload = await beginSlowUpload({ url: first.url, caseId, name: 'dump.hprof', size: DUMP.length })
    upload.send(DUMP.subarray(0, HALF))
    await soFar(first.url, upload.id)
    const readers = childrenOf(first.process.pid ?? 0)
    expect(readers).toHaveLength(1)
    await first.end('SIGKILL')
    await waitFor(() => (readers.some(isAlive) ? undefined : true))

    const second = await spawnServer({ HEAPTRAIL_DATA_DIR: folder })
    expect(await readdir(path.join(folder, 'temporary'))).toEqual([])
    const resumed = await goOnSlowly(second.url, upload.id)
    const received = await receivedBytes(second.url, upload.id)
    resumed.send(DUMP.subarray(received))
    await resumed.end()
    await resultOf(second.url, caseId)
  })

  test('and is no dump after all goes the ordinary way', async () => {
    const { url } = await startTestServer()
    const caseId = await newCase(url)
    const bytes = Buffer.concat([new TextEncoder().encode('JAVA PROFILE 1.0.2\0'), Buffer.alloc(3_000_000)])
    const upload = await beginSlowUpload({ url, caseId, name: 'dump.hprof', size: bytes.length })
    upload.send(bytes.subarray(0, 2_000_000))
    await waitFor(() => (childrenOf(process.pid).length > 0 ? true : undefined))
    upload.send(bytes.subarray(2_000_000))
    await upload.end()
    const [artifact] = (await settledCase(url, caseId)).artifacts
    expect(artifact?.state).toMatchObject({ status: 'failed', problem: { byte: expect.any(Number) as number } })
  })
})

describe('after the first pass', () => {
  test('classes and largest arrays are known before the analysis is over', async () => {
    const analyses = holdAnalyses()
    const { url } = await startTestServer()
    const caseId = await newCase(url)
    const bytes = chainDump(200_000)
    const upload = await beginSlowUpload({ url, caseId, name: 'dump.hprof', size: bytes.length })
    upload.send(bytes)
    await upload.end()
    const { id } = await waitFor(async () => (await readCase(url, caseId)).artifacts[0])
    const { histogram } = await waitFor(async () => {
      const answer = await request(url, `/api/artifacts/${id}/heap/provisional?sort=objects&limit=1`)
      const told = await expectAnswer(answer, 200, Provisional)
      return told.histogram?.isWhole === true ? told : undefined
    })
    expect(histogram).toMatchObject({
      bytesRead: bytes.length,
      rows: [{ className: 'acme.Node', objects: 200_001 }],
      largestArrays: [{ className: 'java.lang.Object[]', length: 1 }],
    })
    expect(histogram?.total).toBeGreaterThan(1)
    const running = await expectAnswer(await request(url, `/api/artifacts/${id}`), 200, Artifact)
    expect(running.state.status).toBe('analysing')

    analyses.letGo()
    await settledCase(url, caseId)
    const over = await expectAnswer(await request(url, `/api/artifacts/${id}/heap/provisional`), 200, Provisional)
    expect(over.histogram).toBeNull()
  })
})

/** Processes that read or analyse dumps for this one. */
function childrenOf(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
  return table.split('\n').flatMap((line) => {
    const [child, parent, state, ...command] = line.trim().split(/\s+/)
    const isOne = Number(parent) === pid && command.join(' ').includes('analysis-process') && !state?.startsWith('Z')
    return isOne ? [Number(child)] : []
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
