import { CaseEvent } from '@heaptrail/api/cases'
import { expect, onTestFinished, test } from 'vitest'
import { jstatLog } from './evidence.ts'
import { newCase, request, startTestServer, upload } from './running-server.ts'

/** Reads along until `enough` says so. @returns all events so far */
async function readEvents(url: string, enough: (events: readonly CaseEvent[]) => boolean): Promise<CaseEvent[]> {
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  const response = await request(url, '/api/events', { signal: abort.signal })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const events: CaseEvent[] = []
  let rest = ''
  for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const messages = (rest + chunk).split('\n\n')
    rest = messages.pop() ?? ''
    for (const message of messages) {
      const data = /^data: (.*)$/m.exec(message)?.[1]
      if (data !== undefined) events.push(CaseEvent.parse(JSON.parse(data)))
    }
    if (enough(events)) break
  }
  abort.abort()
  return events
}

function statesIn(event: CaseEvent | undefined): string[] {
  return event?.type === 'case' ? event.case.artifacts.map(({ state }) => state.status) : []
}

test('whoever reads along sees an upload arrive, be analysed and become ready, and its case go', async () => {
  const { url } = await startTestServer()
  const caseId = await newCase(url)
  let deletion: Promise<Response> | undefined
  const reading = readEvents(url, (events) => {
    // Changes within a quarter of a second are told as one, so the case may go only when its being ready was told.
    if (statesIn(events.at(-1)).includes('ready'))
      deletion ??= request(url, `/api/cases/${caseId}`, { method: 'DELETE' })
    return events.some(({ type }) => type === 'case-gone')
  })
  await upload({ url, caseId, name: 'gc.log', bytes: jstatLog() })

  const events = await reading
  expect((await deletion)?.ok).toBe(true)
  expect(events.flatMap(statesIn).at(-1)).toBe('ready')
  expect(events.at(-1)).toEqual({ type: 'case-gone', caseId })
})

test('whoever comes later first hears of everything that is going on', async () => {
  const { url } = await startTestServer()
  const quiet = await newCase(url, 'nothing happens here')
  const busy = await newCase(url, 'an upload waits for its bytes')
  const metadata = `filename ${btoa('a.hprof')},caseId ${btoa(busy)}`
  const headers = { 'tus-resumable': '1.0.0', 'upload-length': '10', 'upload-metadata': metadata }
  expect((await request(url, '/api/uploads', { method: 'POST', headers })).status).toBe(201)

  const [first] = await readEvents(url, (events) => events.length > 0)
  expect(first).toMatchObject({
    type: 'case',
    case: { id: busy, uploads: [{ name: 'a.hprof', state: { status: 'uploading', receivedBytes: 0 } }] },
  })
  expect(first).not.toMatchObject({ case: { id: quiet } })
})
