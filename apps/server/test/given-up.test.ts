/** A question whose request is given up ends where it is worked on. */
import { Histogram, ObjectsOfClass } from '@heaptrail/api/heap'
import { smallDump } from '@heaptrail/fixtures/packed'
import { expect, test } from 'vitest'
import { expectAnswer, newCase, request, startTestServer, uploadAndWait } from './running-server.ts'

const GIVEN_UP = ['rejected', 'AbortError: This operation was aborted']

test('a request that is given up ends its question, and the next one is answered by the same process', async () => {
  const { url } = await startTestServer()
  const bytes = smallDump('leak-17')
  const [artifact] = await uploadAndWait({ url, caseId: await newCase(url), name: 'leak.hprof', bytes })
  const ask = (query: string, signal?: AbortSignal) =>
    request(url, `/api/artifacts/${artifact?.id}/heap/${query}`, signal === undefined ? {} : { signal })
  const strings = 'histogram?filter=/^java.lang.String$/&limit=1'
  const { rows } = await expectAnswer(await ask(strings), 200, Histogram)
  const objects = `objects?classId=${rows[0]?.classId}&limit=1&filter=`
  const short = await expectAnswer(await ask(`${objects}this%20!=%20null`), 200, ObjectsOfClass)
  expect(short.searched).toBeGreaterThan(1000)

  // Each reads every string of the heap so often that no test would see the end of all of them.
  const giveUp = new AbortController()
  const asked = Array.from({ length: 100 }, (_, place) => {
    const filter = [...Array.from({ length: 16 }, () => 'this!=null'), `length!=${place + 1000}`].join()
    return ask(objects + encodeURIComponent(filter), giveUp.signal)
  })
  setTimeout(() => giveUp.abort(), 300)
  for (const end of await Promise.allSettled(asked))
    expect([end.status, 'reason' in end ? String(end.reason) : end.value.status]).toEqual(GIVEN_UP)
  await expectAnswer(await ask(strings), 200, Histogram)
}, 120_000)
