/** Dumps in memory through the whole engine: parse → graph → snapshot → questions. */
import { bytesSource } from '@heaptrail/hprof/byte-source'
import { type AnalysisOptions, DEFAULT_OPTIONS } from '../../analysis-options.ts'
import { parseHeap } from '../../parse/parse-heap.ts'
import { type PassRunner, inlineRunner } from '../../parse/pass-runner.ts'
import { buildSnapshot } from '../../snapshot/build.ts'
import { openSnapshot } from '../../snapshot/open.ts'
import { memorySink } from '../../snapshot/sink.ts'
import type { Heap } from '../heap.ts'
import { openHeap } from '../open-heap.ts'

/** @param options.runner runs the passes; absent: this thread does. */
export async function analysed(
  bytes: Uint8Array,
  options: {
    readonly runner?: PassRunner | undefined
    readonly cacheBytes?: number
    readonly analysis?: Partial<AnalysisOptions>
  } = {},
): Promise<Heap> {
  const source = bytesSource(bytes)
  const parsed = await parseHeap(source, options.runner ?? inlineRunner(source), () => {}, {
    ...DEFAULT_OPTIONS,
    ...options.analysis,
  })
  const sink = memorySink()
  buildSnapshot(parsed, sink)
  return openHeap(openSnapshot(bytesSource(sink.bytes()), options), source)
}
