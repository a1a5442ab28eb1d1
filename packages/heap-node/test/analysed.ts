/** Dumps in memory through the whole engine: parse → graph → snapshot → questions. */
import { type Heap, openHeap } from '@heaptrail/heap/query/heap'

import { parseHeap } from '@heaptrail/heap/parse/parse-heap'
import { type PassRunner, inlineRunner } from '@heaptrail/heap/parse/pass-runner'
import { buildSnapshot } from '@heaptrail/heap/snapshot/build'
import { openSnapshot } from '@heaptrail/heap/snapshot/open'
import { memorySink } from '@heaptrail/heap/snapshot/sink'
import { bytesSource } from '@heaptrail/hprof/byte-source'

/** @param options.runner runs the passes; absent: this thread does. */
export async function analysed(
  bytes: Uint8Array,
  options: { readonly runner?: PassRunner; readonly cacheBytes?: number } = {},
): Promise<Heap> {
  const source = bytesSource(bytes)
  const parsed = await parseHeap(source, options.runner ?? inlineRunner(source), () => {})
  const sink = memorySink()
  buildSnapshot(parsed, sink)
  return openHeap(openSnapshot(bytesSource(sink.bytes()), options), source)
}
