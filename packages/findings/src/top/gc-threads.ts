/** Threads of the collector that use most of the processor time of their process (`top -H`). */
import type { FindingOf } from '@heaptrail/api/findings'
import type { TopOutput, TopSample } from '@heaptrail/jvm-text/top/output'

/** As HotSpot names them, cut to the 15 characters that Linux keeps; `VM Thread` collects with SerialGC. */
const COLLECTOR_THREAD =
  /^(?:GC Thread#|GC task thread|G1 (?:Main|Conc|Refine|Service|Young)|ZWorker|XWorker|ZDriver|XDriver|Shenandoah GC|Concurrent Mark|VM Thread)/
const MOST = 50
const LEAST_CPU = 20

export function gcThreadsBusy({ samples }: TopOutput): FindingOf<'gc-threads-busy'> | undefined {
  const found = samples.flatMap((sample, index) => (sample.threads ? (busyIn(sample, index) ?? []) : []))
  return found.at(-1)
}

function busyIn({ rows, line }: TopSample, index: number): FindingOf<'gc-threads-busy'> | undefined {
  const collector = rows.filter(({ command, cpuPercent }) => COLLECTOR_THREAD.test(command) && cpuPercent > 0)
  const sum = (list: TopSample['rows']) =>
    list.reduce((total, { cpuPercent }) => total + (Number.isNaN(cpuPercent) ? 0 : cpuPercent), 0)
  const [cpuPercent, cpuOfAll] = [sum(collector), sum(rows)]
  if (cpuPercent < LEAST_CPU || 100 * cpuPercent < MOST * cpuOfAll) return undefined
  const lines = collector.map((row) => row.line)
  return {
    id: 'gc-threads-busy',
    severity: 'info',
    parameters: { threads: collector.length, cpuPercent, cpuOfAll },
    occurrences: 1,
    evidence: {
      fromRow: index + 1,
      toRow: index + 1,
      fromLine: Math.min(line, ...lines),
      toLine: Math.max(line, ...lines),
      columns: ['%CPU'],
    },
  }
}
