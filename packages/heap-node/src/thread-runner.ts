import { Worker } from 'node:worker_threads'
import type { Pass, PassRunner, Report } from '@heaptrail/heap/parse/pass-runner'
import { availableMemory } from './available-memory.ts'
import { type PassReply, type ThreadStart, nextUnit, passed } from './pass-messages.ts'

/** How often progress is told. */
const REPORT_MS = 100

export interface ThreadRunner extends PassRunner {
  close(): Promise<void>
}

/** Runs the passes of a parse on worker threads that share memory. */
export function threadRunner(dumpPath: string, threads: number): ThreadRunner {
  const counters = new SharedArrayBuffer(8)
  const shared = new Int32Array(counters)
  const workerData: ThreadStart = { dumpPath, counters }
  const entry = new URL('./pass-thread.ts', import.meta.url)
  const workers = Array.from({ length: threads }, () => new Worker(entry, { workerData }))
  // reported by `reply` while a pass runs; nobody waits for the threads in between
  for (const worker of workers) worker.on('error', () => undefined)

  async function run(pass: Pass, count: number, report: Report): Promise<PassReply[]> {
    Atomics.store(shared, nextUnit, 0)
    Atomics.store(shared, passed, 0)
    const cancelled = Promise.withResolvers<never>()
    const timer = setInterval(() => {
      try {
        report(Atomics.load(shared, passed) * 1024)
      } catch (reason) {
        cancelled.reject(reason)
      }
    }, REPORT_MS)
    try {
      const replies = workers.slice(0, count).map((worker) => reply(worker, pass))
      return await Promise.race([Promise.all(replies), cancelled.promise])
    } finally {
      clearInterval(timer)
    }
  }

  return {
    threads,
    allocate: (bytes) => new SharedArrayBuffer(bytes),
    available: availableMemory,
    scan: async (input, report) =>
      (await run({ kind: 'scan', input }, threads, report)).map((one) => expectKind(one, 'scan').result),
    collectIds: async (input, report) =>
      (await run({ kind: 'collect-ids', input }, threads, report)).map((one) => expectKind(one, 'collect-ids').result),
    readReferences: async (input, report) => {
      const replies = await run({ kind: 'read-references', input }, input.duplicates ? 1 : threads, report)
      return replies.map((one) => expectKind(one, 'read-references').result)
    },
    close: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  }
}

function reply(worker: Worker, pass: Pass): Promise<PassReply> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
    }
    const onMessage = (message: PassReply): void => {
      done()
      resolve(message)
    }
    const onError = (reason: unknown): void => {
      done()
      reject(reason)
    }
    const onExit = (code: number): void => onError(new Error(`A thread of the analysis ended with code ${code}.`))
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    worker.postMessage(pass)
  })
}

function expectKind<Kind extends PassReply['kind']>(
  message: PassReply,
  kind: Kind,
): Extract<PassReply, { kind: Kind }> {
  if (!isKind(message, kind)) throw new Error(`Expected the result of ${kind}, got that of ${message.kind}.`)
  return message
}

function isKind<Kind extends PassReply['kind']>(
  message: PassReply,
  kind: Kind,
): message is Extract<PassReply, { kind: Kind }> {
  return message.kind === kind
}
