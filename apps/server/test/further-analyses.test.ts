/** One dump, analysed with several options. */
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { Artifact } from '@heaptrail/api/cases'
import { ErrorBody } from '@heaptrail/api/errors'
import { HeapSummary } from '@heaptrail/api/heap'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { expect, test } from 'vitest'
import { jstatLog } from './evidence.ts'
import { expectAnswer, newCase, readCase, request, startTestServer, upload, uploadAndWait } from './running-server.ts'

/** Nothing refers to C. */
const HEAP = heapFromText(`
  root -> A
  A:acme.Shop -> first=B
  B:acme.Order ->
  C:acme.Order ->
`)

async function analysed(url: string): Promise<Artifact> {
  const [artifact] = await uploadAndWait({ url, caseId: await newCase(url), name: 'shop.hprof', bytes: HEAP.bytes })
  if (artifact === undefined) throw new Error('nothing came of the upload')
  return artifact
}

function analyseWith(url: string, artifactId: string, options: unknown): Promise<Response> {
  return request(url, `/api/artifacts/${artifactId}/analyses`, { method: 'POST', json: options })
}

async function settled(url: string, { id, caseId }: Artifact): Promise<Artifact> {
  for (;;) {
    const found = (await readCase(url, caseId)).artifacts.find((artifact) => artifact.id === id)
    if (found === undefined) throw new Error('the artifact is gone')
    if (found.analyses.every(({ state }) => !['queued', 'analysing'].includes(state.status))) return found
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

async function summaryOf(url: string, ref: string): Promise<HeapSummary> {
  return expectAnswer(await request(url, `/api/artifacts/${ref}/heap`), 200, HeapSummary)
}

test('analyses with other options stand beside the default one, also after a restart', async () => {
  const server = await startTestServer()
  const artifact = await analysed(server.url)
  expect(artifact.analyses).toEqual([])
  const asked = await expectAnswer(await analyseWith(server.url, artifact.id, { keepUnreachable: true }), 200, Artifact)
  const ref = `${artifact.id}~keep`
  expect(asked.analyses).toMatchObject([{ ref, options: { keepUnreachable: true, sizes: 'jvm' } }])
  await analyseWith(server.url, artifact.id, { sizes: 'mat', layout: { referenceSize: 8, instanceHeader: 16 } })
  const both = await settled(server.url, artifact)
  expect(both.state).toEqual({ status: 'ready', partial: null })
  expect(both.analyses.map(({ ref, state }) => [ref, state.status])).toEqual([
    [ref, 'ready'],
    [`${artifact.id}~mat-r8-h16`, 'ready'],
  ])
  await server.close()

  const { url } = await startTestServer({ dataDirectory: server.dataDirectory })
  const plain = await summaryOf(url, artifact.id)
  const kept = await summaryOf(url, ref)
  const wide = await summaryOf(url, `${artifact.id}~mat-r8-h16`)
  expect(kept.objects).toBe(plain.objects + plain.unreachable.objects)
  expect(kept.objects).toBeGreaterThan(plain.objects)
  expect(kept.options).toEqual({ sizes: 'jvm', keepUnreachable: true, layout: {} })
  expect(wide.layout).toMatchObject({ referenceSize: 8, certainty: 'chosen' })
  expect(wide.usedHeap).toBeGreaterThan(plain.usedHeap)
  const orders = await request(url, `/api/artifacts/${ref}/heap/histogram?filter=acme.Order`)
  expect(await orders.json()).toMatchObject({ rows: [{ className: 'acme.Order', objects: 2 }] })
})

test('asking twice makes one analysis; deleting takes what belongs to it', async () => {
  const { url, dataDirectory } = await startTestServer()
  const snapshots = async () => (await readdir(path.join(dataDirectory, 'snapshots'))).length
  const artifact = await analysed(url)
  for (let time = 0; time < 2; time++) await analyseWith(url, artifact.id, { keepUnreachable: true })
  await analyseWith(url, artifact.id, { sizes: 'mat' })
  expect((await settled(url, artifact)).analyses).toHaveLength(2)
  expect(await snapshots()).toBe(3)

  const gone = await request(url, `/api/artifacts/${artifact.id}~keep`, { method: 'DELETE' })
  expect(gone.status).toBe(204)
  expect(await snapshots()).toBe(2)
  expect((await settled(url, artifact)).analyses.map(({ ref }) => ref)).toEqual([`${artifact.id}~mat`])
  const asked = await request(url, `/api/artifacts/${artifact.id}~keep/heap`)
  expect((await expectAnswer(asked, 404, ErrorBody)).code).toBe('artifact-not-found')

  await request(url, `/api/artifacts/${artifact.id}`, { method: 'DELETE' })
  expect(await snapshots()).toBe(0)
  expect((await request(url, `/api/artifacts/${artifact.id}~mat`)).status).toBe(404)
})

test('only heap dumps have options, and only those that are known', async () => {
  const { url } = await startTestServer()
  const caseId = await newCase(url)
  await upload({ url, caseId, name: 'gc.txt', bytes: jstatLog() })
  const [log] = await uploadAndWait({ url, caseId, name: 'again.txt', bytes: jstatLog() })
  const wrong = await analyseWith(url, log?.id ?? '', { keepUnreachable: true })
  expect((await expectAnswer(wrong, 409, ErrorBody)).code).toBe('wrong-kind')
  const artifact = await analysed(url)
  const unknown = await analyseWith(url, artifact.id, { layout: { referenceSize: 5 } })
  expect((await expectAnswer(unknown, 400, ErrorBody)).code).toBe('bad-request')
})
