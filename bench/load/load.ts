/**
 * `npm run load -- FILE [--minutes N] [--viewers N] [--think MS] [--upload MB/s]`: how the server does for those who
 * look around in a heap while others upload into it and a dump is analysed. Prints times of the answers, errors, the delay
 * of the event loop and the memory of server and query processes over the time.
 */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { megabytesText, printTable } from '../print.ts'
import { expect, json, newCase, readyCase, upload } from './requests.ts'
import { type BenchServer, cpuSecondsOf, memoryOf, startServer } from './server.ts'
import { type Evidence, findObjects, look, type Seen } from './viewers.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '5' },
    viewers: { type: 'string', default: '50' },
    /** Milliseconds between an answer and the next question, on average. */
    think: { type: 'string', default: '500' },
    /** Megabytes per second, of each of the two uploads. */
    upload: { type: 'string', default: '20' },
  },
})
const [given] = positionals
if (given === undefined) throw new Error('Usage: npm run load -- FILE [--minutes N] [--viewers N] [--think MS]')
const dump = { file: resolve(given), size: statSync(given).size }
const LOG = resolve(import.meta.dirname, '../../apps/server/demo/jstat-gcutil-100.log')
const SAMPLE_MS = 5000
const SAMPLES_PER_LINE = 60
const UPLOADS = 2

interface Sample {
  readonly server: number
  readonly query: number
  /** 99 of 100 delays of the event loop since the sample before, in milliseconds. */
  readonly delay: number
  /** Seconds of processor time that the server itself has used so far; its children use their own. */
  readonly cpu: number
}

/** Counted for the report. */
const done = { uploads: 0, analyses: 0 }
let isOver = false

const server = await startServer()
try {
  const evidence = await prepare(server)
  const objects = await findObjects(evidence)
  const seen: Seen = { times: new Map(), errors: [] }
  const samples: Sample[] = []
  setTimeout(() => (isOver = true), Number(values.minutes) * 60_000)
  const viewers = Array.from({ length: Number(values.viewers) }, () =>
    look(evidence, objects, Number(values.think), seen, () => isOver),
  )
  const others = [analyseForever(evidence), ...Array.from({ length: UPLOADS }, uploadForever)]
  await Promise.all([...viewers, ...others, watch(server, samples)])
  report(seen, samples)
} finally {
  await server.end()
}

async function prepare({ url }: BenchServer): Promise<Evidence> {
  const caseId = await newCase(url, 'what is looked at')
  await upload(url, caseId, dump)
  await upload(url, caseId, { file: LOG, size: statSync(LOG).size })
  const artifacts = await readyCase(url, caseId)
  const idOf = (kind: string) => artifacts.find((artifact) => artifact.kind === kind)?.id ?? ''
  return { url, dump: idOf('heap-dump'), log: idOf('jstat-log') }
}

/** The same file again and again, each time into a case of its own that goes afterwards; given up at the end. */
async function uploadForever(): Promise<void> {
  const { url } = server
  while (!isOver) {
    const caseId = await newCase(url, 'an upload')
    const sending = upload(url, caseId, { ...dump, rate: Number(values.upload) * 1e6 })
    // What is broken off at the end is no fault.
    const sent = sending.then(() => true).catch(orFault)
    while (!isOver && (await Promise.race([sent, second()])) === undefined);
    if (!isOver) done.uploads++
    await expect(204, `${url}/api/cases/${caseId}`, { method: 'DELETE' })
    await sent
  }
}

function orFault(error: Error): true {
  if (!isOver) throw error
  return true
}

/** The dump is analysed with other options, which is as much work as the first time, and that analysis deleted again. */
async function analyseForever({ url, dump: id }: Evidence): Promise<void> {
  while (!isOver) {
    const { text } = await expect(200, `${url}/api/artifacts/${id}/analyses`, json('POST', { sizes: 'mat' }))
    const { caseId } = JSON.parse(text) as { caseId: string }
    const artifacts = await readyCase(url, caseId)
    for (const { ref } of artifacts.flatMap(({ analyses }) => analyses))
      await expect(204, `${url}/api/artifacts/${ref}`, { method: 'DELETE' })
    done.analyses++
  }
}

async function watch({ url, pid }: BenchServer, samples: Sample[]): Promise<void> {
  while (!isOver) {
    await new Promise((wake) => setTimeout(wake, SAMPLE_MS))
    const { text } = await expect(200, `${url}/metrics`)
    const delay = Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(text)?.[1]) * 1000
    samples.push({ ...memoryOf(pid), delay, cpu: cpuSecondsOf(pid) })
    if (samples.length % SAMPLES_PER_LINE === 0) printLine(samples)
  }
}

/** So that somebody who looks at a long run sees that it goes on. */
function printLine(samples: readonly Sample[]): void {
  const last = samples.slice(-SAMPLES_PER_LINE)
  const worst = Math.max(...last.map(({ delay }) => delay))
  const memory = (['server', 'query'] as const).map((part) => megabytesText(last.at(-1)?.[part] ?? 0))
  const minutes = (samples.length * SAMPLE_MS) / 60_000
  console.log(`${minutes} min: event loop p99 up to ${worst.toFixed(0)} ms, memory ${memory.join(' + ')}`)
}

function second(): Promise<undefined> {
  return new Promise((wake) => setTimeout(() => wake(undefined), 1000))
}

function report({ times, errors }: Seen, samples: readonly Sample[]): void {
  const all = [...times.values()].flat()
  const perSecond = all.length / (Number(values.minutes) * 60)
  console.log(
    `${values.viewers} viewers for ${values.minutes} minutes, ${all.length} answers (${perSecond.toFixed(0)} per second), ` +
      `${errors.length} errors; meanwhile ${done.uploads} uploads of ${megabytesText(dump.size)} and ${done.analyses} analyses.\n`,
  )
  for (const error of new Set(errors.slice(0, 20))) console.log(`  ${error}`)
  const rows = [...times, ['all', all] as const].map(([kind, list]) => [
    kind,
    String(list.length),
    ...[0.5, 0.95, 0.99, 1].map((part) => quantile(list, part).toFixed(1)),
  ])
  printTable(['Answers, ms', 'Number', 'p50', 'p95', 'p99', 'slowest'], rows)
  const delays = samples.map(({ delay }) => delay)
  console.log(
    `  Delay of the event loop, p99 of each ${SAMPLE_MS / 1000} s: median ${quantile(delays, 0.5).toFixed(1)} ms, ` +
      `p95 ${quantile(delays, 0.95).toFixed(1)} ms, worst ${quantile(delays, 1).toFixed(1)} ms`,
  )
  const [first, last] = [samples[0], samples.at(-1)]
  const cpu = ((last?.cpu ?? 0) - (first?.cpu ?? 0)) / (((samples.length - 1) * SAMPLE_MS) / 1000)
  console.log(`  The server itself (without analyses and query processes) used ${cpu.toFixed(2)} processors.\n`)
  printTable(
    ['Own memory (without the page cache)', 'First third', 'Last third', 'Most'],
    (['server', 'query'] as const).map((part) => memoryRow(part, samples)),
  )
}

/** Medians of the thirds: growth shows beside the ups and downs of collecting garbage. */
function memoryRow(part: 'server' | 'query', samples: readonly Sample[]): string[] {
  const bytes = samples.map((sample) => sample[part])
  const third = Math.max(1, Math.floor(bytes.length / 3))
  const figures = [quantile(bytes.slice(0, third), 0.5), quantile(bytes.slice(-third), 0.5), quantile(bytes, 1)]
  return [part === 'server' ? 'Server' : 'Query process', ...figures.map(megabytesText)]
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}
