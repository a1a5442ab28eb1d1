import { Worker } from 'node:worker_threads'
import type { Pass, PassRunner, Report } from '@heaptrail/heap/parse/pass-runner'
import type { PassThread } from '@heaptrail/heap/parse/pass-thread'
import type { WriterBeside } from '@heaptrail/heap/snapshot/write-job'
import { availableMemory } from './available-memory.ts'
import { packed, unpacked } from './far-columns.ts'
import { openFileSource } from './file-source.ts'
import { type PassReply, type ThreadStart, nextUnit, passed } from './pass-messages.ts'
import { runPass } from './run-pass.ts'
import { writerBeside } from './writer-beside.ts'

/** How often progress is told. */
const REPORT_MS = 100

export interface ThreadRunner extends PassRunner {
  /**
   * One of the workers, when their passes are over, as the writer of the snapshot.
   * @param path of a file that exists; absent: what is written is thrown away
   */
  writer(path: string | undefined): WriterBeside
  close(): Promise<void>
}

/**
 * Runs the passes of a parse on threads that share memory: this one and `threads` − 1 workers. Each thread compiles the
 * engine for itself, so this one, which would wait, saves the work of another.
 */
export function threadRunner(dumpPath: string, threads: number): ThreadRunner {
  const counters = new SharedArrayBuffer(8)
  const shared = new Int32Array(counters)
  const workerData: ThreadStart = { dumpPath, counters }
  const entry = new URL('./pass-thread.ts', import.meta.url)
  const workers = Array.from({ length: threads - 1 }, () => new Worker(entry, { workerData }))
  // reported by `reply` while a pass runs; nobody waits for the threads in between
  for (const worker of workers) worker.on('error', () => undefined)

  const source = openFileSource(dumpPath)

  /** Takes part in the pass itself, and reports for all. */
  function own(report: Report): PassThread {
    let told = performance.now()
    return {
      source,
      next: () => Atomics.add(shared, nextUnit, 1),
      advance(bytes) {
        const all = Atomics.add(shared, passed, Math.round(bytes / 1024))
        if (performance.now() - told < REPORT_MS) return
        told = performance.now()
        report(all * 1024)
      },
    }
  }

  async function run(pass: Pass, count: number, report: Report): Promise<PassReply[]> {
    Atomics.store(shared, nextUnit, 0)
    Atomics.store(shared, passed, 0)
    const replies = workers.slice(0, count - 1).map((worker) => reply(worker, pass))
    return [runPass(pass, own(report)), ...(await Promise.all(replies))]
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
    writer(path) {
      const [worker] = workers
      if (worker === undefined) throw new RangeError('A runner of one thread has no other to write.')
      return writerBeside(worker, path)
    },
    async close() {
      source.close()
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

function reply(worker: Worker, pass: Pass): Promise<PassReply> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
    }
    const onMessage = (message: unknown): void => {
      done()
      resolve(unpacked(message) as PassReply)
    }
    const onError = (reason: unknown): void => {
      done()
      reject(reason)
    }
    const onExit = (code: number): void => onError(new Error(`A thread of the analysis ended with code ${code}.`))
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    worker.postMessage(packed(pass))
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
