import type { Worker } from 'node:worker_threads'
import type { WrittenSection } from '@heaptrail/heap/snapshot/page-writer'
import type { WriterBeside } from '@heaptrail/heap/snapshot/write-job'
import { packed } from './far-columns.ts'
import type { WriterOrder, WriterReply } from './pass-messages.ts'

/**
 * Lets a pass thread, which has nothing else to do by then, write a snapshot.
 * @param path of a file that exists; absent: what is written is thrown away
 */
export function writerBeside(worker: Worker, path: string | undefined): WriterBeside {
  const pageCounter = new Int32Array(new SharedArrayBuffer(4))
  let open = 0
  let sections: readonly WrittenSection[] = []
  let failed: { readonly reason: unknown } | undefined
  let wake = (): void => undefined
  const tell = (order: WriterOrder): void => worker.postMessage(packed(order))
  const fail = (reason: unknown): void => {
    failed ??= { reason }
    wake()
  }
  worker.on('message', (reply: WriterReply) => {
    if (reply.kind === 'sections') sections = reply.sections
    open--
    wake()
  })
  worker.on('error', fail)
  worker.on('exit', (code) => fail(new Error(`The thread that writes the snapshot ended with code ${code}.`)))
  tell({ kind: 'write-into', path, pageCounter })

  async function settled(): Promise<void> {
    while (open > 0 && failed === undefined) await new Promise<void>((resolve) => (wake = resolve))
    if (failed !== undefined) throw failed.reason
  }
  return {
    pageCounter,
    allocate: (bytes) => new SharedArrayBuffer(bytes),
    start(job) {
      open++
      tell({ kind: 'write', job })
    },
    settled,
    async finish() {
      open++
      tell({ kind: 'finish-writing' })
      await settled()
      return sections
    },
  }
}
