/** Do more threads help, and what do they cost where there are fewer cores? */
import { type AnalysisRun, runAnalysis } from './analysis-run.ts'
import { median } from './measure-opening.ts'
import { printTable, secondsText } from './print.ts'

const COUNTS = [1, 2, 4]

export async function compareThreads(dumpPath: string, snapshotPath: string, runs: number): Promise<void> {
  const found = new Map<number, AnalysisRun[]>(COUNTS.map((count) => [count, []]))
  // in turns, so that a busy minute of the machine does not fall on one of them
  for (let run = 0; run < runs; run++)
    for (const [count, all] of found) all.push(await runAnalysis(dumpPath, snapshotPath, count))
  console.log(`Threads of the passes, medians of ${runs} runs:`)
  printTable(
    ['Threads', 'Wall', 'CPU'],
    [...found].map(([count, all]) => [
      `${count}`,
      secondsText(median(all.map((run) => run.totalMs))),
      secondsText(median(all.map((run) => run.cpuMs))),
    ]),
  )
}
