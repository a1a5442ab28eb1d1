/** `npm run bench`: what an analysis costs and how fast its snapshot answers; README.md says what the figures mean. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openFileSource } from '@heaptrail/heap-node/file-source'
import { queryClients } from '@heaptrail/heap-node/query-client'
import { openSnapshot } from '@heaptrail/heap/snapshot/open'
import { type AnalysisRun, runAnalysis } from './analysis-run.ts'
import { dumpFile } from './dump-file.ts'
import { benchLinear } from './linear.ts'
import { measureOpening } from './measure-opening.ts'
import { measureQueries } from './measure-queries.ts'
import { megabytesText, printTable, secondsText } from './print.ts'
import { writeShopHeap } from './shop-heap.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    linear: { type: 'boolean', default: false },
    objects: { type: 'string', default: '3000000' },
    queries: { type: 'string', default: '300' },
    runs: { type: 'string', default: '1' },
    threads: { type: 'string' },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'heaptrail-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.on('SIGINT', () => process.exit(130))
console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${megabytesText(totalmem())}, Node ${process.versions.node}\n`,
)
if (values.linear) await benchLinear(folder)
else await benchDump(positionals[0] === undefined ? madeDump() : resolve(positionals[0]))

/** A dump of the made-up shop. */
function madeDump(): string {
  const path = join(folder, 'shop.hprof')
  const start = performance.now()
  const file = dumpFile(path)
  const objects = writeShopHeap(file.write, Number(values.objects))
  file.close()
  console.log(
    `Made a dump of ${objects.toLocaleString('en-US')} objects in ${secondsText(performance.now() - start)}.\n`,
  )
  return path
}

async function benchDump(dumpPath: string): Promise<void> {
  const snapshotPath = join(folder, 'bench.snapshot')
  const threads = values.threads === undefined ? undefined : Number(values.threads)
  const runs: AnalysisRun[] = []
  for (let run = 0; run < Number(values.runs); run++) runs.push(await runAnalysis(dumpPath, snapshotPath, threads))
  const typical = runs.toSorted((a, b) => a.totalMs - b.totalMs)[Math.floor(runs.length / 2)]
  if (typical === undefined) throw new Error('--runs must be at least 1')
  printAnalysis(typical, statSync(dumpPath).size, runs.length)

  const opening = await measureOpening(snapshotPath, dumpPath)
  console.log('From nothing to the first 100 rows of the dominator tree (medians of 5):')
  console.log(`  ${opening.openMs.toFixed(1)} ms in a fresh process, its start not counted`)
  console.log(`  ${opening.processMs.toFixed(1)} ms with the start of a query process\n`)

  const snapshot = openSnapshot(openFileSource(snapshotPath))
  const clients = queryClients()
  const client = clients.open({ snapshotPath, dumpPath })
  const times = await measureQueries(client, snapshot, Number(values.queries))
  await clients.close()
  console.log('Questions to a query process, first page of 100 rows, ms:')
  const ms = (value: number): string => value.toFixed(2)
  const rows = times.map((row) => [row.question, row.objects, `${row.count}`, ms(row.p50), ms(row.p95), ms(row.max)])
  printTable(['Question', 'Objects', 'Asked', 'p50', 'p95', 'max'], rows)
}

function printAnalysis(run: AnalysisRun, dumpBytes: number, runs: number): void {
  const { meta } = run
  const objects = meta.reachable.objects + meta.unreachable.objects
  const each = (value: number): string => (value / objects).toFixed(1)
  console.log(
    `${megabytesText(dumpBytes)}, ${objects.toLocaleString('en-US')} objects; the median of ${runs} runs by wall time:`,
  )
  printTable(
    ['Phase', 'Wall', 'CPU', 'Memory so far'],
    run.timings.map(({ phase, wallMs, cpuMs }) => {
      const memory = run.memoryAt.get(phase)
      return [phase, secondsText(wallMs), secondsText(cpuMs), memory === undefined ? '' : megabytesText(memory)]
    }),
  )
  printTable(
    ['', 'Total', 'per object'],
    [
      ['Wall', secondsText(run.totalMs), `${each(run.totalMs * 1e6)} ns`],
      ['CPU', secondsText(run.cpuMs), `${each(run.cpuMs * 1e6)} ns`],
      ['Peak memory (VmHWM)', megabytesText(run.peakMemoryBytes), `${each(run.peakMemoryBytes)} B`],
      ['… of the dump', `${(run.peakMemoryBytes / dumpBytes).toFixed(2)} ×`, ''],
      ['Snapshot', megabytesText(run.snapshotBytes), `${each(run.snapshotBytes)} B`],
    ],
  )
}
