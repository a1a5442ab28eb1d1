/** Who holds a heap, two heaps beside each other, and what would be freed, over HTTP. */
import { Comparison } from '@heaptrail/api/compare'
import { ErrorBody } from '@heaptrail/api/errors'
import { HeapFindings } from '@heaptrail/api/heap-findings'
import { HeapGrowth } from '@heaptrail/api/heap-growth'
import { CutAnswer, RetainedSet } from '@heaptrail/api/what-if'
import { smallDump } from '@heaptrail/fixtures/packed'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { expect, test } from 'vitest'
import { expectAnswer, newCase, request, startTestServer, uploadAndWait } from './running-server.ts'

async function dumpOf(url: string, bytes: Uint8Array): Promise<string> {
  const [artifact] = await uploadAndWait({ url, caseId: await newCase(url), name: 'shop.hprof', bytes })
  if (artifact === undefined) throw new Error('nothing came of the upload')
  return artifact.id
}

test('suspects of a dump, and what became of them in another, as JSON, CSV and a page', async () => {
  const { url } = await startTestServer()
  const [leaky, fixed] = [await dumpOf(url, smallDump('leak-17')), await dumpOf(url, smallDump('known-17'))]
  const answer = await request(url, `/api/artifacts/${leaky}/heap/suspects`)
  const { findings } = await expectAnswer(answer, 200, HeapFindings)
  expect(findings.map(({ id, severity }) => [severity, id])).toEqual([['warning', 'leak-suspect']])

  const path = `/api/artifacts/${leaky}/heap/compare/${fixed}`
  const { suspects } = await expectAnswer(await request(url, path), 200, Comparison)
  expect(suspects.map(({ fate }) => fate)).toEqual(['fixed'])
  const csv = await request(url, `${path}/csv`)
  expect(csv.headers.get('content-type')).toContain('text/csv')
  expect(await csv.text()).toMatch(/\r\nscen\.Scenarios\$Session,10000,0,/)
  const page = await (await request(url, `${path}/page?language=zh`)).text()
  expect(page).toContain('已修复')
  expect(page).not.toMatch(/<script|https?:/)
})

test('what a cut frees, what a selection retains; what is no reference is refused', async () => {
  const { url } = await startTestServer()
  const text = heapFromText(`
    root -> A
    A:acme.Shop -> first=B
    B:acme.Order -> next=C
    C:acme.Order ->
  `)
  const dump = await dumpOf(url, text.bytes)
  const id = (name: string): string => `0x${text.id(name).toString(16)}`
  const ask = (query: string): Promise<Response> => request(url, `/api/artifacts/${dump}/heap/${query}`)
  const cut = await expectAnswer(await ask(`what-if?source=${id('A')}&target=${id('B')}`), 200, CutAnswer)
  expect(cut.freed.objects).toBe(2)
  const set = await expectAnswer(await ask('retained-set?class=acme.Order'), 200, RetainedSet)
  expect([set.selected, set.objects]).toEqual([2, 2])
  await expectAnswer(await ask(`what-if?source=${id('C')}&target=${id('A')}`), 400, ErrorBody)
})

test('growth over the dumps of a case, in the order of their own times, as JSON and CSV', async () => {
  const { url } = await startTestServer()
  const caseId = await newCase(url)
  const shop = (orders: number, time: number) =>
    heapFromText(
      Array.from({ length: orders }, (_, place) => `root -> N${place}:acme.Order\nN${place} -> next=N${place}`).join(
        '\n',
      ),
      { takenAtMs: time },
    ).bytes
  await expectAnswer(await request(url, `/api/cases/${caseId}/heap-growth`), 400, ErrorBody)
  const HOUR = 3_600_000
  for (const [name, orders, hour] of [
    ['late.hprof', 9, 3],
    ['early.hprof', 2, 1],
    ['middle.hprof', 5, 2],
  ] as const)
    await uploadAndWait({ url, caseId, name, bytes: shop(orders, 1_700_000_000_000 + hour * HOUR) })
  const growth = await expectAnswer(await request(url, `/api/cases/${caseId}/heap-growth`), 200, HeapGrowth)
  expect(growth.dumps.map(({ name }) => name)).toEqual(['early.hprof', 'middle.hprof', 'late.hprof'])
  expect(growth.dumps.every(({ time }) => time.source !== 'guessed')).toBe(true)
  const [first] = growth.classes
  expect(first).toMatchObject({ name: 'acme.Order', objects: [2, 5, 9], steady: true })
  const csv = await (await request(url, `/api/cases/${caseId}/heap-growth/csv`)).text()
  expect(csv).toContain('early.hprof 2023-11-14T23:13:20.000Z')
  expect(csv).toMatch(/\r\nclass,objects,acme\.Order,2,5,9\r\n/)
})
