/** A heap analysed in this process instead of one of its own, which takes a quarter of a second to start. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseHeap } from '@heaptrail/heap/parse/parse-heap'
import { inlineRunner } from '@heaptrail/heap/parse/pass-runner'
import { openHeap } from '@heaptrail/heap/query/open-heap'
import { buildSnapshot } from '@heaptrail/heap/snapshot/build'
import { openSnapshot } from '@heaptrail/heap/snapshot/open'
import { fileSink } from '@heaptrail/heap-node/file-sink'
import { openFileSource } from '@heaptrail/heap-node/file-source'
import type { withAnalysedHeap } from '../src/heap-analysis.ts'
import { InputFault } from '../src/input-fault.ts'

export const withHeapInHere: typeof withAnalysedHeap = async ({ dumpPath, options, folder }, use) => {
  const dump = openFileSource(dumpPath)
  const path = join(folder, 'snapshot')
  try {
    const parsed = await parseHeap(dump, inlineRunner(dump), () => {}, options)
    const sink = fileSink(path)
    buildSnapshot(parsed, sink)
    sink.finish()
    const snapshot = openFileSource(path)
    const cost = { phases: [], wallMs: 0, cpuMs: 0, peakMemory: 0, snapshotSize: sink.size }
    try {
      return use(openHeap(openSnapshot(snapshot), dump), cost)
    } finally {
      snapshot.close()
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'HprofError') throw new InputFault(error.message)
    throw error
  } finally {
    dump.close()
    rmSync(path, { force: true })
  }
}
