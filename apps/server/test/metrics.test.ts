import { Health } from '@heaptrail/api/health'
import { expect, test } from 'vitest'
import { jstatLog } from './evidence.ts'
import { expectAnswer, newCase, readCase, request, startTestServer, uploadAndWait } from './running-server.ts'

test('what the server does can be watched, and nothing of a case is told', async () => {
  const { url } = await startTestServer()
  const caseId = await newCase(url, 'a secret title')
  await uploadAndWait({ url, caseId, name: 'secret.log', bytes: jstatLog() })
  const [log] = (await readCase(url, caseId)).artifacts
  await (await request(url, `/api/artifacts/${log?.id}/jstat`)).text()
  await beginUpload(url, caseId)
  const answer = await request(url, '/metrics')
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const text = await answer.text()
  expect(text).toContain('heaptrail_artifacts{state="ready"} 1')
  expect(text).toMatch(/heaptrail_analysis_seconds_count\{kind="jstat-log",outcome="ready"\} 1/)
  expect(text).toMatch(/heaptrail_request_seconds_count\{method="POST",route="\/api\/cases",status="201"\} 1/)
  expect(text).toMatch(/heaptrail_disk_used_bytes\{part="contents"\} [1-9]/)
  expect(text).toContain('heaptrail_uploads{state="uploading"} 1')
  expect(text).toMatch(
    /heaptrail_request_seconds_bucket\{le="[\d.]+",method="GET",route="\/api\/artifacts\/:artifactId\/jstat",status="200"\}/,
  )
  for (const name of ['heaptrail_disk_free_bytes', 'process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds'])
    expect(text).toMatch(new RegExp(`^${name} (?!0$)[\\d.]+`, 'm'))
  expect(text).not.toContain('secret')
  expect(text).not.toContain(caseId)
})

test('with an access key the figures need it too', async () => {
  const { url } = await startTestServer({ accessKey: 'a-key-that-nobody-guesses' })
  expect((await request(url, '/metrics')).status).toBe(401)
})

test('the server says that it is ready, or why not', async () => {
  const { url } = await startTestServer()
  expect(await expectAnswer(await request(url, '/api/health'), 200, Health)).toMatchObject({ ready: true, reasons: [] })
  const full = await startTestServer({ minFreeBytes: 2 ** 60 })
  expect(await expectAnswer(await request(full.url, '/api/health'), 200, Health)).toMatchObject({
    ready: false,
    reasons: ['The disk is nearly full: uploads and analyses are refused.'],
  })
})

async function beginUpload(url: string, caseId: string): Promise<void> {
  const metadata = `filename ${btoa('secret.hprof')},caseId ${btoa(caseId)}`
  const headers = { 'tus-resumable': '1.0.0', 'upload-length': '10', 'upload-metadata': metadata }
  expect((await request(url, '/api/uploads', { method: 'POST', headers })).status).toBe(201)
}
