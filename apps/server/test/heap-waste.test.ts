/** Duplicate strings and the fill of collections and arrays, over HTTP; of dumps whose contents were counted when they were made. */
import { ErrorBody } from '@heaptrail/api/errors'
import { DuplicateStrings, FillByClass, FillByHolder, SurplusHolders } from '@heaptrail/api/heap-waste'
import { smallDump } from '@heaptrail/fixtures/packed'
import { expect, test } from 'vitest'
import { expectAnswer, newCase, request, startTestServer, uploadAndWait } from './running-server.ts'

test('what is wasted by strings, collections and arrays; without its file a dump does not know', async () => {
  const { url } = await startTestServer()
  const bytes = smallDump('known-17')
  const [dump] = await uploadAndWait({ url, caseId: await newCase(url), name: 'known.hprof', bytes })
  const ask = (question: string) => request(url, `/api/artifacts/${dump?.id}/heap/${question}`)

  const strings = await expectAnswer(await ask('duplicate-strings?limit=2'), 200, DuplicateStrings)
  expect(strings.rows).toHaveLength(2)
  expect(strings.sums.strings).toBe(strings.sums.distinct + strings.sums.surplus)
  const held = await expectAnswer(await ask('duplicate-strings/holders?limit=1000'), 200, SurplusHolders)
  expect(held.rows.reduce((sum, row) => sum + row.bytes, 0)).toBe(strings.sums.bytes)

  for (const of of ['collections', 'arrays']) {
    const classes = await expectAnswer(await ask(`fill/${of}?limit=1000`), 200, FillByClass)
    expect(classes.rows.reduce((sum, row) => sum + row.bytes, 0)).toBe(classes.sums.bytes)
    const holders = await expectAnswer(await ask(`fill/${of}/holders?limit=1000`), 200, FillByHolder)
    expect([holders.sums, holders.rows.reduce((sum, row) => sum + row.bytes, 0)]).toEqual([
      classes.sums,
      classes.sums.bytes,
    ])
  }
  await expectAnswer(await ask('fill/maps'), 400, ErrorBody)
  await expectAnswer(await ask('duplicate-strings?filter=/(/'), 400, ErrorBody)

  await request(url, `/api/artifacts/${dump?.id}/content`, { method: 'DELETE' })
  for (const question of ['duplicate-strings', 'fill/collections', 'fill/arrays/holders'])
    expect((await expectAnswer(await ask(question), 410, ErrorBody)).code).toBe('gone')
})
