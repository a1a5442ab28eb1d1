import { Case } from '@heaptrail/api/cases'
import { Dominators, Histogram, Paths } from '@heaptrail/api/heap'
import { JstatRows, JstatSeries, JstatSummary } from '@heaptrail/api/jstat'
import { TopOutput } from '@heaptrail/api/top-output'
import { expect, test } from 'vitest'
import { expectAnswer, request, settledCase, startTestServer } from './running-server.ts'

test('the demo case is made once, and its evidence can be walked to the holder of the buffers', async () => {
  const { url } = await startTestServer()
  const demo = () => request(url, '/api/demo', { method: 'POST' })
  const [one, other] = await Promise.all([demo(), demo()])
  const { id } = await expectAnswer(one, 200, Case)
  expect((await expectAnswer(other, 200, Case)).id).toBe(id)

  const { artifacts, uploads } = await settledCase(url, id)
  expect(uploads).toEqual([])
  const told = artifacts.map(({ name, archive, kind, state }) => [name, archive, kind, state.status])
  expect(told.toSorted(([a = ''], [b = '']) => String(a).localeCompare(String(b)))).toEqual([
    ['fetch.bin', 'fetch.tar.gz', 'heap-dump', 'ready'],
    ['jmap-histo-early.txt', null, 'class-histogram', 'ready'],
    ['jmap-histo-live.txt', null, 'class-histogram', 'ready'],
    ['jstat-gc-t.log', null, 'jstat-log', 'ready'],
    ['jstat-gcutil-100.log', null, 'jstat-log', 'ready'],
    ['top.txt', null, 'top-output', 'ready'],
  ])
  const idOf = (name: string) => artifacts.find((artifact) => artifact.name === name)?.id
  const heap = `/api/artifacts/${idOf('fetch.bin')}/heap`
  const log = `/api/artifacts/${idOf('jstat-gcutil-100.log')}/jstat`

  const { rows } = await expectAnswer(await request(url, `${log}?`), 200, JstatSummary)
  const end = await expectAnswer(await request(url, `${log}/rows?offset=${rows - 1}`), 200, JstatRows)
  expect(end.rows).toMatchObject([{ row: rows, values: { O: 100 } }])
  const series = await expectAnswer(await request(url, `${log}/series?points=200`), 200, JstatSeries)
  expect(series.x.length).toBeLessThanOrEqual(200)
  expect(series.rowsInWindow).toBe(rows)

  const { processes } = await expectAnswer(await request(url, `/api/artifacts/${idOf('top.txt')}/top`), 200, TopOutput)
  expect(processes).toMatchObject([{ pid: 25_520, isJava: true, heap: { kind: 'committed', by: 'process-id' } }])

  const histogram = await expectAnswer(await request(url, `${heap}/histogram?sort=shallow&limit=1`), 200, Histogram)
  expect(histogram.rows[0]?.className).toBe('byte[]')

  const top = await expectAnswer(await request(url, `${heap}/dominators?limit=4`), 200, Dominators)
  expect(top.rows.map(({ className }) => className)).toEqual(Array(4).fill('io.netty.buffer.PoolArena$HeapArena'))
  expect(new Set(top.rows.map(({ retained }) => retained))).toEqual(new Set([14_434_088, 14_433_224]))

  const exclude = 'exclude=weak,soft,phantom,finalizer'
  const paths = await expectAnswer(
    await request(url, `${heap}/objects/${top.rows[0]?.id}/paths?${exclude}`),
    200,
    Paths,
  )
  const [path] = paths.rows
  const holder = path?.firstOwn === null || path?.firstOwn === undefined ? undefined : path.steps[path.firstOwn]
  expect(holder).toMatchObject({
    object: { label: { kind: 'class', name: 'demo.redis.Utils' } },
    edges: [{ kind: 'static', name: 'bufPool' }],
  })
})
