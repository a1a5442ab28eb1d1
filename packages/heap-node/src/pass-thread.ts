/** Entry of a worker thread: runs one pass after another over the dump that its parent names. */
import { parentPort, workerData } from 'node:worker_threads'
import { collectIds } from '@heaptrail/heap/parse/collect-ids'
import type { Pass } from '@heaptrail/heap/parse/pass-runner'
import type { PassThread } from '@heaptrail/heap/parse/pass-thread'
import { readReferences } from '@heaptrail/heap/parse/read-references'
import { scanUnits } from '@heaptrail/heap/parse/scan'
import { openFileSource } from './file-source.ts'
import { type PassReply, type ThreadStart, nextUnit, passed } from './pass-messages.ts'

const port = parentPort
if (port === null) throw new Error('pass-thread runs in a worker thread only.')
const { dumpPath, counters } = workerData as ThreadStart
const shared = new Int32Array(counters)
const thread: PassThread = {
  source: openFileSource(dumpPath),
  next: () => Atomics.add(shared, nextUnit, 1),
  advance: (bytes) => void Atomics.add(shared, passed, Math.round(bytes / 1024)),
}

port.on('message', (pass: Pass) => {
  const reply = run(pass)
  port.postMessage(reply, transferable(reply))
})

function run(pass: Pass): PassReply {
  switch (pass.kind) {
    case 'scan':
      return { kind: 'scan', result: scanUnits(pass.input, thread) }
    case 'collect-ids':
      return { kind: 'collect-ids', result: collectIds(pass.input, thread) }
    case 'read-references':
      return { kind: 'read-references', result: readReferences(pass.input, thread) }
  }
}

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
