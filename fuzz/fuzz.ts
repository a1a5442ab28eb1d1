/**
 * `npm run fuzz -- --minutes N`: changed heap dumps, archives and logs, one after the other, for so long. Counts add
 * up over runs; whatever is neither a result, a partial result nor a typed error is kept as a file.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { repeated } from './check.ts'
import type { Batch, Counts, Finding, Reply } from './messages.ts'
import { Totals, printTotals, saveFinding } from './totals.ts'
import { work } from './worker.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string', default: 'test-results/fuzz' },
    repeat: { type: 'string' },
    worker: { type: 'boolean', default: false },
  },
})
const folder = resolve(values.folder)
const seed = Number(values.seed)

const BATCH = 50
/** The heartbeat counts only while this process runs, so that a pause of both processes is no hang. */
const TICK_MS = 250
/** A batch takes a tenth of a second; a machine may be busy. */
const BATCH_TICKS = 240
const INPUT_TICKS = 120
const PRINT_MS = 60_000
/** A batch that took longer was paused: that is not counted as work. */
const PAUSE_MS = 10_000
/** A process is replaced when it has grown so large. */
const LARGE = 1 << 30

if (values.worker) work(folder, seed)
else if (values.repeat !== undefined) await repeat(values.repeat)
else await fuzz(Number(values.minutes))

async function fuzz(minutes: number): Promise<void> {
  const totals = new Totals(folder, seed)
  const start = performance.now()
  const before = totals.inputs
  let worked = 0
  let last = start
  let printed = start
  let worker = startWorker()
  let stopped = false
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => (stopped = true))
  while (!stopped && performance.now() - start < minutes * 60_000) {
    const from = totals.next
    const end = await batch(worker, { from, count: BATCH, careful: false })
    const now = performance.now()
    worked += Math.min(now - last, PAUSE_MS)
    last = now
    if (end.kind === 'done') totals.add(BATCH, end.counts, worked)
    else worker = await carefully(totals, from, worked)
    end.findings.forEach((finding) => totals.addFinding(saveFinding(folder, seed, finding)))
    if (end.kind === 'done' && end.memory > LARGE) worker = replaced(worker)
    if (performance.now() - printed > PRINT_MS) {
      printed = performance.now()
      printTotals(totals, before, worked)
    }
  }
  worker.disconnect()
  printTotals(totals, before, worked)
  if (totals.findings > 0) process.exitCode = 1
}

/** One input after the other, of a batch that did not come back. @returns the process to go on with */
async function carefully(totals: Totals, from: number, elapsed: number): Promise<ChildProcess> {
  let worker = startWorker()
  for (let number = from; number < from + BATCH; number++) {
    const end = await batch(worker, { from: number, count: 1, careful: true })
    end.findings.forEach((finding) => totals.addFinding(saveFinding(folder, seed, finding)))
    if (end.kind === 'done') totals.add(1, end.counts, elapsed)
    else {
      const bytes = new Uint8Array(0)
      const lost: Finding = { number, target: 'dump', base: 'see the number', message: end.reason, bytes }
      totals.addFinding(saveFinding(folder, seed, lost))
      totals.add(1, { 'lost finding': 1 }, elapsed)
      worker = startWorker()
    }
  }
  return worker
}

type End = { readonly findings: readonly Finding[] } & (
  | { readonly kind: 'done'; readonly counts: Counts; readonly memory: number }
  | { readonly kind: 'lost'; readonly reason: string }
)

/** Gives the worker a batch. It is killed when it does not come back. */
function batch(worker: ChildProcess, order: Batch): Promise<End> {
  const findings: Finding[] = []
  return new Promise((done) => {
    let ticks = order.careful ? INPUT_TICKS : BATCH_TICKS
    const end = (result: { kind: 'done'; counts: Counts; memory: number } | { kind: 'lost'; reason: string }): void => {
      clearInterval(timer)
      worker.off('message', onMessage).off('exit', onExit)
      if (result.kind === 'lost') worker.kill('SIGKILL')
      done({ ...result, findings })
    }
    const timer = setInterval(() => {
      if (--ticks === 0) end({ kind: 'lost', reason: 'hangs' })
    }, TICK_MS)
    const onExit = (code: number | null, signal: string | null): void =>
      end({ kind: 'lost', reason: `the process ended with ${code ?? signal}` })
    const onMessage = (reply: Reply): void => {
      if (reply.kind === 'finding') findings.push(reply.finding)
      else if (reply.kind === 'done') end(reply)
    }
    worker.on('message', onMessage).on('exit', onExit)
    worker.send(order)
  })
}

function startWorker(): ChildProcess {
  const args = ['--worker', '--seed', String(seed), '--folder', folder]
  // the collector's threads cost more than they save on so small heaps
  const execArgv = ['--single-threaded-gc']
  return fork(new URL('fuzz.ts', import.meta.url), args, { serialization: 'advanced', execArgv })
}

function replaced(worker: ChildProcess): ChildProcess {
  worker.disconnect()
  return startWorker()
}

/** `--repeat FILE`: a finding once more, in this process. */
async function repeat(path: string): Promise<void> {
  const bytes = new Uint8Array(readFileSync(path))
  const scratch = join(tmpdir(), `heaptrail-fuzz-${process.pid}`)
  console.log(await repeated(path.slice(path.lastIndexOf('/') + 1), bytes, scratch))
}
