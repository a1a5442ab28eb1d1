import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { parseHeap } from '@heaptrail/heap/parse/parse-heap'
import { inlineRunner } from '@heaptrail/heap/parse/pass-runner'
import { buildSnapshot } from '@heaptrail/heap/snapshot/build'
import { memorySink } from '@heaptrail/heap/snapshot/sink'
import { bytesSource } from '@heaptrail/hprof/byte-source'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { HeapClient } from '@heaptrail/heap/query/questions'
import { type QueryClientOptions, type QueryClients, queryClients } from './query-client.ts'

const HEAP = heapFromText('root -> A:acme.Order\nA -> B:acme.Item')
const ORDER = `0x${HEAP.id('A').toString(16)}`
const HISTOGRAM = { offset: 0, limit: 10, sort: 'class', order: 'asc', filter: 'acme' } as const

let folder = ''
let clients: QueryClients
/** Processes in the order in which they started. */
let pids: number[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heaptrail-query-'))
  pids = []
  for (const name of ['one', 'two']) await writeHeap(name, HEAP.bytes)
})

afterEach(async () => {
  await clients.close()
  rmSync(folder, { recursive: true, force: true })
})

async function writeHeap(name: string, bytes: Uint8Array): Promise<void> {
  const source = bytesSource(bytes)
  const sink = memorySink()
  buildSnapshot(await parseHeap(source, inlineRunner(source), () => {}), sink)
  writeFileSync(join(folder, `${name}.hprof`), bytes)
  writeFileSync(join(folder, `${name}.snapshot`), sink.bytes())
}

function open(name: string) {
  return clients.open({ snapshotPath: join(folder, `${name}.snapshot`), dumpPath: join(folder, `${name}.hprof`) })
}

function withOptions(options: QueryClientOptions = {}): void {
  clients = queryClients({ ...options, onStart: (pid) => pids.push(pid ?? 0) })
}

test('questions are answered by one process', async () => {
  withOptions()
  const heap = open('one')
  const [summary, histogram, detail] = await Promise.all([
    heap.summary(),
    heap.histogram(HISTOGRAM),
    heap.objectDetail(ORDER),
  ])
  expect(summary.format).toBe('JAVA PROFILE 1.0.2')
  expect(histogram.rows.map((row) => row.className)).toEqual(['acme.Item', 'acme.Order'])
  expect(detail.className).toBe('acme.Order')
  expect(pids).toHaveLength(1)
})

test('a question that is at fault says so', async () => {
  withOptions()
  await expect(open('one').objectDetail('0x1')).rejects.toMatchObject({ code: 'object-not-found' })
  await expect(open('one').histogram({ ...HISTOGRAM, filter: '/[/' })).rejects.toMatchObject({ code: 'bad-request' })
})

test('a process that is killed costs those who wait one retry', async () => {
  withOptions()
  const heap = open('one')
  await heap.summary()
  const waiting = heap.summary()
  process.kill(pids[0], 'SIGKILL')
  expect((await waiting).objects).toBeGreaterThan(0)
  expect(pids).toHaveLength(2)
  expect((await heap.objectDetail(ORDER)).className).toBe('acme.Order')
  expect(pids).toHaveLength(2)
})

test('a question that takes too long is given up, and the next one is answered', async () => {
  withOptions({ timeoutMs: 1 })
  await expect(open('one').summary()).rejects.toMatchObject({ reason: 'timeout' })
  await clients.close()
  withOptions()
  expect((await open('one').summary()).objects).toBeGreaterThan(0)
})

/** Reads a text again and again, for longer than any test may take. */
function endless(objects: number): { bytes: Uint8Array; ask: (heap: HeapClient) => Promise<unknown> } {
  const text = heapFromText(
    Array.from({ length: objects }, (_, place) => `root -> N${place}:acme.Node\nN${place} -> next=N${place}`).join(
      '\n',
    ),
  )
  const filter = Array.from({ length: 20_000 }, () => 'next != null').join(' and ')
  const ask = async (heap: HeapClient) => {
    const { rows } = await heap.histogram({ ...HISTOGRAM, filter: 'acme.Node' })
    return heap.objectsOfClass({ classId: rows[0]?.classId ?? '', offset: 0, limit: 10, filter })
  }
  return { bytes: text.bytes, ask }
}

test('a question that is given up stops, and its process answers the next one', async () => {
  const { bytes, ask } = endless(20_000)
  await writeHeap('one', bytes)
  withOptions({ timeoutMs: 600_000, stopMs: 600_000 })
  const giveUp = new AbortController()
  const files = { snapshotPath: join(folder, 'one.snapshot'), dumpPath: join(folder, 'one.hprof') }
  const asked = ask(clients.open(files, giveUp.signal))
  // What waits behind it is given up as well, or answered.
  const behind = open('one').summary()
  setTimeout(() => giveUp.abort(), 500)
  await expect(asked).rejects.toMatchObject({ reason: 'given-up' })
  expect((await behind).objects).toBe((await open('one').summary()).objects)
  expect(pids).toHaveLength(1)
  await expect(clients.open(files, giveUp.signal).summary()).rejects.toMatchObject({ reason: 'given-up' })
})

test('a process that does not stop is replaced, and what waited behind is answered', async () => {
  withOptions({ stopMs: 0 })
  await open('one').summary()
  const giveUp = new AbortController()
  const files = { snapshotPath: join(folder, 'one.snapshot'), dumpPath: join(folder, 'one.hprof') }
  process.kill(pids[0] ?? 0, 'SIGSTOP')
  const asked = clients.open(files, giveUp.signal).summary()
  const behind = open('one').summary()
  giveUp.abort()
  await expect(asked).rejects.toMatchObject({ reason: 'given-up' })
  expect((await behind).objects).toBeGreaterThan(0)
  expect(pids).toHaveLength(2)
})

test('an expression that backtracks for ever elsewhere is answered', async () => {
  await writeHeap('one', heapFromText(`root -> A:acme.${'a'.repeat(60)}_`).bytes)
  withOptions()
  expect((await open('one').histogram({ ...HISTOGRAM, filter: '/^(a|acme.|(a+)+)+$/' })).total).toBe(0)
})

test('there are never more processes than allowed, and everybody is served', async () => {
  withOptions({ maxProcesses: 1 })
  const answers = await Promise.all([open('one').summary(), open('two').summary(), open('one').summary()])
  expect(answers.map((answer) => answer.objects)).toEqual([answers[0].objects, answers[0].objects, answers[0].objects])
  expect(pids.filter(isAlive).length).toBeLessThanOrEqual(1)
})

test('a heap that is asked all the time makes room for another', async () => {
  withOptions({ maxProcesses: 1, turnMs: 0 })
  const busy = open('one')
  let isServed = false
  const asking = Array.from({ length: 8 }, async () => {
    while (!isServed) await busy.summary()
  })
  const one = await busy.summary()
  const other = await open('two').summary()
  isServed = true
  await Promise.all(asking)
  expect(other.objects).toBe(one.objects)
})

test('when too many wait already a question is refused, and those that wait are answered', async () => {
  withOptions({ maxQuestions: 6 })
  const heap = open('one')
  const waiting = Array.from({ length: 6 }, () => heap.summary())
  await expect(heap.summary()).rejects.toMatchObject({ reason: 'busy' })
  const answers = await Promise.all(waiting)
  expect(new Set(answers.map(({ objects }) => objects)).size).toBe(1)
  expect((await heap.summary()).objects).toBeGreaterThan(0)
})

test('a process that nobody asks ends, and starts again', async () => {
  withOptions({ idleMs: 1 })
  await open('one').summary()
  await expect.poll(() => pids.filter(isAlive), { timeout: 10_000 }).toEqual([])
  expect((await open('one').summary()).objects).toBeGreaterThan(0)
})

test('released files have no process any more', async () => {
  withOptions()
  await open('one').summary()
  await clients.release(join(folder, 'one.snapshot'))
  expect(pids.filter(isAlive)).toEqual([])
})

test('without the dump everything but contents is answered', async () => {
  rmSync(join(folder, 'one.hprof'))
  withOptions()
  expect((await open('one').objectDetail(ORDER)).contentsMissing).toContain('deleted')
  await expect(open('one').fields(ORDER, { offset: 0, limit: 10 })).rejects.toMatchObject({ code: 'gone' })
})

test('a damaged snapshot is told apart: it has to be made again', async () => {
  writeFileSync(join(folder, 'one.snapshot'), 'no snapshot')
  withOptions()
  await expect(open('one').summary()).rejects.toMatchObject({ reason: 'snapshot-damaged' })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
