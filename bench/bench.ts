/** `npm run bench`: what an analysis costs and how fast its snapshot answers; README.md says what the figures mean. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openFileSource } from '@heaptrail/heap-node/file-source'
import { queryClients } from '@heaptrail/heap-node/query-client'
import { openSnapshot } from '@heaptrail/heap/snapshot/open'
import { type AnalysisRun, runAnalysis } from './analysis-run.ts'
import { compareThreads } from './compare-threads.ts'
import { dumpFile } from './dump-file.ts'
import { benchLinear } from './linear.ts'
import { median, measureOpening } from './measure-opening.ts'
import { measureQueries } from './measure-queries.ts'
import { memoryOfProcess } from './process-memory.ts'
import { megabytesText, printTable, secondsText } from './print.ts'
import { printAnalysis } from './print-analysis.ts'
import { writeShopHeap } from './shop-heap.ts'
import { measureWithoutWriting } from './without-writing.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    linear: { type: 'boolean', default: false },
    objects: { type: 'string', default: '3000000' },
    queries: { type: 'string', default: '300' },
    runs: { type: 'string', default: '1' },
    snapshot: { type: 'string' },
    threads: { type: 'string' },
    'compare-threads': { type: 'boolean', default: false },
    'without-writing': { type: 'boolean', default: false },
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
  if (values.snapshot !== undefined) return benchQueries(dumpPath, resolve(values.snapshot))
  const snapshotPath = join(folder, 'bench.snapshot')
  const threads = values.threads === undefined ? undefined : Number(values.threads)
  const runs: AnalysisRun[] = []
  for (let run = 0; run < Number(values.runs); run++) runs.push(await runAnalysis(dumpPath, snapshotPath, threads))
  printAnalysis(runs, statSync(dumpPath).size)
  if (values['without-writing']) withoutWriting(dumpPath, threads ?? cpus().length)
  if (values['compare-threads']) await compareThreads(dumpPath, snapshotPath, Number(values.runs))
  if (Number(values.queries) > 0) await benchQueries(dumpPath, snapshotPath)
}

function withoutWriting(dumpPath: string, threads: number): void {
  const times = Array.from({ length: Number(values.runs) }, () => measureWithoutWriting(dumpPath, threads))
  const wall = secondsText(median(times.map(({ wallMs }) => wallMs)))
  const cpu = secondsText(median(times.map(({ cpuMs }) => cpuMs)))
  console.log(`Without writing the snapshot, medians of ${times.length} runs: ${wall} wall, ${cpu} CPU.\n`)
}

async function benchQueries(dumpPath: string, snapshotPath: string): Promise<void> {
  const opening = await measureOpening(snapshotPath, dumpPath)
  console.log('From nothing to the first 100 rows of the dominator tree (medians of 5):')
  console.log(`  ${opening.openMs.toFixed(1)} ms in a fresh process, its start not counted`)
  console.log(`  ${opening.processMs.toFixed(1)} ms with the start of a query process\n`)

  const snapshot = openSnapshot(openFileSource(snapshotPath))
  let pid: number | undefined
  const clients = queryClients({ onStart: (started) => (pid = started) })
  const client = clients.open({ snapshotPath, dumpPath })
  const times = await measureQueries(client, snapshot, Number(values.queries))
  const memory = pid === undefined ? undefined : memoryOfProcess(pid)
  await clients.close()
  console.log('Questions to a query process, first page of 100 rows, ms:')
  const ms = (value: number): string => value.toFixed(2)
  const rows = times.map((row) => [row.question, row.objects, `${row.count}`, ms(row.p50), ms(row.p95), ms(row.max)])
  printTable(['Question', 'Objects', 'Asked', 'p50', 'p95', 'max'], rows)
  const asked = times.reduce((sum, { count }) => sum + count, 0)
  if (memory !== undefined)
    console.log(
      `The query process after ${asked.toLocaleString('en-US')} questions: ${megabytesText(memory.rss)}, ${megabytesText(memory.own)} of them its own, at most ${megabytesText(memory.peak)} (VmHWM).`,
    )
}
