/** Entry of a worker thread: runs one pass after another over the dump that its parent names, then writes the snapshot. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Pass } from '@heaptrail/heap/parse/pass-runner'
import type { PassThread } from '@heaptrail/heap/parse/pass-thread'
import { packed, unpacked } from './far-columns.ts'
import { openFileSource } from './file-source.ts'
import { type PassReply, type ThreadStart, type WriterOrder, nextUnit, passed } from './pass-messages.ts'
import { runPass } from './run-pass.ts'
import { writerThread } from './writer-thread.ts'

const port = parentPort
if (port === null) throw new Error('pass-thread runs in a worker thread only.')
const { dumpPath, counters } = workerData as ThreadStart
const shared = new Int32Array(counters)
const thread: PassThread = {
  source: openFileSource(dumpPath),
  next: () => Atomics.add(shared, nextUnit, 1),
  advance: (bytes) => void Atomics.add(shared, passed, Math.round(bytes / 1024)),
}

const write = writerThread()
port.on('message', (received: unknown) => {
  const message = unpacked(received) as Pass | WriterOrder
  switch (message.kind) {
    case 'write-into':
    case 'write':
    case 'finish-writing': {
      const reply = write(message)
      if (reply !== undefined) port.postMessage(reply)
      break
    }
    default: {
      const reply = runPass(message, thread)
      port.postMessage(packed(reply), transferable(reply))
    }
  }
})

// What cannot be read would never be answered.
port.on('messageerror', (reason) => {
  throw reason
})

/** Bitmaps and ids are moved to the parent, not copied. */
function transferable(reply: PassReply): ArrayBuffer[] {
  return largeColumns(reply).flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []))
}

function largeColumns(reply: PassReply): readonly (Uint32Array | BigUint64Array)[] {
  switch (reply.kind) {
    case 'scan':
      return reply.result.pages.chunks
    case 'collect-ids':
      return [reply.result]
    case 'read-references':
      return []
  }
}
