/** The engine over any source, in the thread that asks: the same in a browser and in Node. */
import { DEFAULT_OPTIONS } from '@heaptrail/heap/analysis-options'
import { parseHeap } from '@heaptrail/heap/parse/parse-heap'
import { inlineRunner } from '@heaptrail/heap/parse/pass-runner'
import type { Phase } from '@heaptrail/heap/progress'
import { exportObjects } from '@heaptrail/heap/query/export'
import { buildSnapshot } from '@heaptrail/heap/snapshot/build'
import { openSnapshot } from '@heaptrail/heap/snapshot/open'
import { memorySink } from '@heaptrail/heap/snapshot/sink'
import { type ByteSource, bytesSource } from '@heaptrail/hprof/byte-source'
import type { Outcome } from './messages.ts'

/** @throws HprofError when the bytes are no heap dump that can be read */
export async function analyse(source: ByteSource): Promise<Outcome> {
  const start = performance.now()
  const clock = phaseClock(start)
  // as Eclipse MAT counts, so that its answers can be compared, too
  const parsed = await parseHeap(source, inlineRunner(source), clock.enter, { ...DEFAULT_OPTIONS, sizes: 'mat' })
  const sink = memorySink()
  const meta = buildSnapshot(parsed, sink, { onProgress: clock.enter })
  const analysisMs = performance.now() - start
  const phases = clock.phases()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  exportObjects(openSnapshot(bytesSource(sink.bytes())), (bytes) => chunks.push(Uint8Array.from(bytes)))
  return {
    tableSha256: await sha256(await new Blob(chunks).arrayBuffer()),
    objects: meta.reachable.objects,
    usedHeap: meta.reachable.bytes,
    partial: meta.partial?.message,
    dumpBytes: source.size,
    snapshotBytes: sink.bytes().length,
    analysisMs,
    phases,
  }
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Adds up the time between one phase and the next; phases take turns. */
function phaseClock(start: number): { enter: (phase: Phase) => void; phases: () => Outcome['phases'] } {
  const times = new Map<Phase, number>()
  let current: Phase | undefined
  let since = start
  const enter = (phase: Phase | undefined): void => {
    const now = performance.now()
    if (current !== undefined) times.set(current, (times.get(current) ?? 0) + now - since)
    current = phase
    since = now
  }
  return {
    enter,
    phases() {
      enter(undefined)
      return Array.from(times, ([phase, ms]) => ({ phase, ms }))
    },
  }
}
