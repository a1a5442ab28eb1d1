/** What several runs of one analysis cost: the median of each row for itself. */
import type { AnalysisRun } from './analysis-run.ts'
import { median } from './measure-opening.ts'
import { megabytesText, printTable, secondsText } from './print.ts'

export function objectsOf({ meta }: AnalysisRun): number {
  return meta.reachable.objects + meta.unreachable.objects
}

export function printAnalysis(runs: readonly AnalysisRun[], dumpBytes: number): void {
  const [first] = runs
  if (first === undefined) throw new Error('--runs must be at least 1')
  const objects = objectsOf(first)
  const count = objects.toLocaleString('en-US')
  console.log(`${megabytesText(dumpBytes)}, ${count} objects; medians of ${runs.length} runs, each row for itself:`)
  printPhases(first, runs)
  const of = (value: (run: AnalysisRun) => number): number => median(runs.map(value))
  const [wall, cpu, peak] = [of((run) => run.totalMs), of((run) => run.cpuMs), of((run) => run.peakTreeBytes)]
  const each = (value: number): string => (value / objects).toFixed(1)
  printTable(
    ['', 'Total', 'per object'],
    [
      ['Wall', secondsText(wall), `${each(wall * 1e6)} ns`],
      ['CPU', secondsText(cpu), `${each(cpu * 1e6)} ns`],
      ['Peak memory (VmHWM)', megabytesText(peak), `${each(peak)} B`],
      ['… less 100 MB', megabytesText(peak - 1e8), `${each(peak - 1e8)} B`],
      ['… of the dump', `${(peak / dumpBytes).toFixed(2)} ×`, ''],
      ['Snapshot', megabytesText(first.snapshotBytes), `${each(first.snapshotBytes)} B`],
    ],
  )
  const share = of((run) => run.histogramMs / run.totalMs)
  console.log(
    `First histogram after ${secondsText(of((run) => run.histogramMs))}, ${(share * 100).toFixed(1)} % of the wall time.\n`,
  )
}

function printPhases(first: AnalysisRun, runs: readonly AnalysisRun[]): void {
  const rows = first.timings.map(({ phase }) => {
    const timings = runs.flatMap((run) => run.timings.filter((one) => one.phase === phase))
    const memory = runs.flatMap((run) => run.memoryAt.get(phase) ?? [])
    return [
      phase,
      secondsText(median(timings.map(({ wallMs }) => wallMs))),
      secondsText(median(timings.map(({ cpuMs }) => cpuMs))),
      memory.length === 0 ? '' : megabytesText(median(memory)),
    ]
  })
  printTable(['Phase', 'Wall', 'CPU', 'Memory so far'], rows)
}
