/** What a process of Java has in memory, beside the heap that its JVM has committed. */
import type { FindingOf } from '@heaptrail/api/findings'
import type { TopOutput, TopProcess } from '@heaptrail/jvm-text/top/output'

/** @param committedBytes by sample of the process; undefined when no log tells it. */
export function processMemory(
  { samples }: TopOutput,
  ofJava: TopProcess,
  committedBytes: readonly (number | null)[] | undefined,
): FindingOf<'process-memory'> | undefined {
  const last = ofJava.residentBytes.findLastIndex((bytes) => !Number.isNaN(bytes))
  const residentBytes = ofJava.residentBytes[last]
  if (residentBytes === undefined) return undefined
  const sample = ofJava.samples[last]!
  const line = samples[sample]!.rows.find(({ id }) => id === ofJava.pid)?.line ?? samples[sample]!.line
  const cpu = ofJava.cpuPercent[last]!
  return {
    id: 'process-memory',
    severity: 'info',
    parameters: {
      pid: ofJava.pid,
      residentBytes,
      committedBytes: committedBytes?.[last] ?? null,
      cpuPercent: Number.isNaN(cpu) ? null : cpu,
    },
    occurrences: 1,
    evidence: { fromRow: sample + 1, toRow: sample + 1, fromLine: line, toLine: line, columns: ['RES', '%CPU'] },
  }
}
