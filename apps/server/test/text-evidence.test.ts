import { FoundFindings } from '@heaptrail/api/case-findings'
import {
  BesideDump,
  ClassGrowth,
  ClassHistogramPage,
  ClassHistograms,
  ClassInDumps,
} from '@heaptrail/api/class-histograms'
import { ErrorBody } from '@heaptrail/api/errors'
import { JstatRows, JstatSeries, JstatSummary } from '@heaptrail/api/jstat'
import { type Reading, Readings } from '@heaptrail/api/text-parts'
import { Timeline } from '@heaptrail/api/timeline'
import { TopOutput } from '@heaptrail/api/top-output'
import { readLog } from '@heaptrail/fixtures/logs'
import { smallDump } from '@heaptrail/fixtures/packed'
import { expect, test } from 'vitest'
import { expectAnswer, newCase, readCase, request, sharedTestServer, uploadAndWait } from './running-server.ts'

const shared = sharedTestServer()

const words = (name: string) => new TextDecoder().decode(readLog(name))

/** What an engineer writes down of an incident: three tools in one text. */
const REPORT = `# Push service, out of memory

${words('story-top.txt')}

\`\`\`
$ jstat -gcutil 13205 100 10
${words('leaky-17-prompt.txt').replace(/^.*\n/, '')}
\`\`\`

$ jmap -histo:live 13205
${words('story-jmap-histo.txt')}
`

test('a report of three tools becomes three artifacts, with findings, on one time axis', async () => {
  const { url } = shared
  const caseId = await newCase(url)
  const bytes = new TextEncoder().encode(REPORT)
  const artifacts = await uploadAndWait({ url, caseId, name: 'report.md', bytes })
  expect(artifacts.map(({ kind, state }) => `${kind} ${state.status}`).sort()).toEqual([
    'class-histogram ready',
    'jstat-log ready',
    'top-output ready',
  ])
  const idOf = (kind: string) => artifacts.find((artifact) => artifact.kind === kind)?.id ?? ''

  const timeline = await expectAnswer(await request(url, `/api/cases/${caseId}/timeline`), 200, Timeline.strict())
  expect(timeline.items.map(({ kind }) => kind).sort()).toEqual(['class-histogram', 'jstat-log', 'top-output'])
  expect(timeline).toMatchObject({ shows: 'elapsed', pending: [] })
  const log = timeline.items.find(({ kind }) => kind === 'jstat-log')
  expect(log?.time).toMatchObject({ source: 'guessed', basis: 'upload', pace: 'command' })
  // Nine steps of the 100 ms that were typed.
  expect(log?.time.to).toBeCloseTo((log?.time.from ?? 0) + 900, 3)

  const findings = await request(url, `/api/cases/${caseId}/findings`)
  const { findings: found } = await expectAnswer(findings, 200, FoundFindings.strict())
  expect(found[0]).toMatchObject({
    artifactId: idOf('jstat-log'),
    finding: { id: 'heap-exhausted', severity: 'critical' },
  })
  expect(found[0]?.time?.from).toBeGreaterThanOrEqual(log?.time.from ?? Infinity)
  const ids = found.map(({ finding }) => finding.id)
  expect(ids).toEqual(expect.arrayContaining(['histogram-contents', 'process-memory']))

  const histograms = await request(url, `/api/artifacts/${idOf('class-histogram')}/class-histograms`)
  const { histograms: listed } = await expectAnswer(histograms, 200, ClassHistograms.strict())
  expect(listed).toMatchObject([{ counted: 'live', pid: 13205 }])
  const page = await request(url, `/api/artifacts/${idOf('class-histogram')}/class-histograms/0?limit=1`)
  const { rows } = await expectAnswer(page, 200, ClassHistogramPage.strict())
  expect(rows).toMatchObject([{ name: 'byte[]', instances: 34943, own: false }])

  const top = await request(url, `/api/artifacts/${idOf('top-output')}/top`)
  const { processes } = await expectAnswer(top, 200, TopOutput.strict())
  expect(processes[0]).toMatchObject({ pid: 13205, isJava: true, heap: { kind: 'not-comparable' } })
})

test('what a person says of a log moves it, sets its pace, and turns percentages into bytes', async () => {
  const { url } = shared
  const caseId = await newCase(url)
  const bytes = readLog('leaky-17-serial.log')
  const [artifact] = await uploadAndWait({ url, caseId, name: 'gcutil.log', bytes })
  const of = `/api/artifacts/${artifact?.id}`
  const reading: Reading = {
    part: 0,
    startedAt: '2014-07-01T12:00:00+08:00',
    secondsPerRow: 0.1,
    maxHeapBytes: 300 * 2 ** 20,
    youngBytes: 100 * 2 ** 20,
  }
  const put = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(reading) }
  await expectAnswer(await request(url, `${of}/readings`, put), 200, Readings.strict())

  const { items, shows } = await expectAnswer(
    await request(url, `/api/cases/${caseId}/timeline`),
    200,
    Timeline.strict(),
  )
  const from = Date.parse('2014-07-01T04:00:00Z')
  expect(shows).toBe('dates')
  expect(items[0]).toMatchObject({ time: { from, to: from + 59_900, source: 'user', pace: 'user' }, reading })

  const window = `from=${from + 10_000}&to=${from + 20_000}`
  const series = await expectAnswer(
    await request(url, `${of}/jstat/series?axis=case&${window}`),
    200,
    JstatSeries.strict(),
  )
  expect(series).toMatchObject({ axis: 'time', capacities: 'user', rateUnit: 'row', rowsInWindow: 101 })
  expect(series.x[0]).toBe(from + 10_000)
  const { percent, usedKb } = series.spaces.O ?? {}
  // 200 MiB are left for the old generation.
  expect(usedKb?.[0]).toBeCloseTo(((percent?.[0] ?? 0) / 100) * 200 * 1024, 3)
  const rows = await expectAnswer(
    await request(url, `${of}/jstat/rows?axis=case&${window}&limit=1`),
    200,
    JstatRows.strict(),
  )
  expect(rows).toMatchObject({ total: 101, rows: [{ row: 101, line: 102 }] })

  const csv = await request(url, `${of}/jstat/csv?axis=case&${window}`)
  expect(csv.headers.get('content-type')).toContain('text/csv')
  const lines = (await csv.text()).trimEnd().split('\r\n')
  expect(lines[0]).toMatch(/^row,line,guessed time,S0,S1,E,O,/)
  expect(lines[1]).toMatch(/^101,102,2014-07-01T04:00:10\.000Z,/)
  expect(lines).toHaveLength(102)
})

test('several logs in a text are asked for by number, and a number too high is told', async () => {
  const { url } = shared
  const caseId = await newCase(url)
  const bytes = readLog('two-jvms-6-17.txt')
  const [artifact] = await uploadAndWait({ url, caseId, name: 'two.txt', bytes })
  const of = `/api/artifacts/${artifact?.id}/jstat`
  const first = await expectAnswer(await request(url, of), 200, JstatSummary.strict())
  const second = await expectAnswer(await request(url, `${of}?part=1`), 200, JstatSummary.strict())
  expect(first.logs).toHaveLength(2)
  expect(first.columns).toContain('P')
  expect(second.columns).toContain('CGC')
  const third = await expectAnswer(await request(url, `${of}?part=2`), 404, ErrorBody)
  expect(third.message).toContain('2 parts')
})

test('histograms are compared with each other and with a dump of the case', async () => {
  const { url } = shared
  const caseId = await newCase(url)
  const row = (rank: number, instances: number, bytes: number, name: string) =>
    `   ${rank}:   ${instances}   ${bytes}  ${name}\n`
  const histogram = (time: string, orders: number) =>
    `${time}\n num     #instances         #bytes  class name\n----------------------------------------------\n` +
    row(1, 1000, 500_000, '[B') +
    row(2, orders, orders * 24, 'com.acme.Order') +
    row(3, 2 * orders, orders * 64, 'java.util.HashMap$Node') +
    `Total   ${1000 + 3 * orders}   ${500_000 + orders * 88}\n`
  const text = histogram('2024-05-01T10:00:00Z', 100) + histogram('2024-05-01T10:30:00Z', 600)
  const bytes = new TextEncoder().encode(text)
  await uploadAndWait({ url, caseId, name: 'histo.txt', bytes })
  await uploadAndWait({ url, caseId, name: 'fetch.hprof', bytes: smallDump('small-leaky') })

  const growth = await request(url, `/api/cases/${caseId}/class-growth?limit=1`)
  const { columns, rows, notes } = await expectAnswer(growth, 200, ClassGrowth.strict())
  expect(columns.map(({ part }) => part)).toEqual([0, 1])
  expect(rows).toMatchObject([{ name: 'com.acme.Order', own: true, instances: [100, 600], bytesPerHour: 24_000 }])
  expect(notes).toMatchObject([{ id: 'garbage-counted', certain: false }])

  const { artifacts } = await readCase(url, caseId)
  const dump = artifacts.find(({ kind }) => kind === 'heap-dump')
  const query = `histogram=${columns[1]?.artifactId}~1&dump=${dump?.id}&filter=byte[]`
  const beside = await request(url, `/api/cases/${caseId}/histogram-beside-dump?${query}`)
  const compared = await expectAnswer(beside, 200, BesideDump.strict())
  expect(compared.rows[0]).toMatchObject({ name: 'byte[]', text: { instances: 1000, bytes: 500_000 } })
  expect(compared.rows[0]?.dump?.bytes).toBeGreaterThan(1_000_000)
  expect(compared.notes.map(({ id }) => id)).toContain('taken-apart')

  const found = await request(url, `/api/cases/${caseId}/class-in-dumps?name=${encodeURIComponent('byte[]')}`)
  const { dumps } = await expectAnswer(found, 200, ClassInDumps.strict())
  expect(dumps).toMatchObject([{ artifactId: dump?.id, found: { classId: compared.rows[0]?.dump?.classId } }])
})
