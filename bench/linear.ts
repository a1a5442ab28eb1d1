/** Whether the engine's CPU time grows with the size and not faster, on shapes that break algorithms which are not linear. */
import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type AnalysisRun, runAnalysis } from './analysis-run.ts'
import { dumpFile } from './dump-file.ts'
import { median } from './measure-opening.ts'
import { printTable, secondsText } from './print.ts'
import { SHAPES, type Shape, writeShape } from './shapes.ts'

const SIZES = [1_250_000, 2_500_000, 5_000_000]
const RUNS = 3

/** CPU of an analysis that does nothing is taken off, so that the start of a process does not hide growth. */
export async function benchLinear(folder: string): Promise<void> {
  const idle = await cpuOf(folder, 'star', 1000)
  console.log(`Process and threads alone: ${secondsText(idle)} CPU, taken off below. Medians of ${RUNS} runs.\n`)
  const rows: string[][] = []
  for (const shape of SHAPES) {
    let before: number | undefined
    for (const n of SIZES) {
      const cpu = (await cpuOf(folder, shape, n)) - idle
      const ratio = before === undefined ? '' : (cpu / before).toFixed(2)
      rows.push([shape, n.toLocaleString('en-US'), secondsText(cpu), ((1e6 * cpu) / n).toFixed(0), ratio])
      before = cpu
    }
  }
  printTable(['Shape', 'n', 'CPU', 'ns per n', 'times CPU at n/2'], rows)
}

async function cpuOf(folder: string, shape: Shape, n: number): Promise<number> {
  const dumpPath = join(folder, `${shape}-${n}.hprof`)
  const snapshotPath = `${dumpPath}.snapshot`
  const file = dumpFile(dumpPath)
  writeShape(file.write, shape, n)
  file.close()
  const runs: AnalysisRun[] = []
  for (let run = 0; run < RUNS; run++) runs.push(await runAnalysis(dumpPath, snapshotPath))
  console.log(
    `  ${shape} ${n}: ${statSync(dumpPath).size} bytes, ${runs.map((run) => Math.round(run.cpuMs)).join(' ')} ms`,
  )
  rmSync(dumpPath)
  rmSync(snapshotPath)
  return median(runs.map((run) => run.cpuMs))
}
