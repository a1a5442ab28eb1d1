/** How long it takes from nothing to the first page of the dominator tree. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { queryClients } from '@heaptrail/heap-node/query-client'

const ONCE = fileURLToPath(new URL('open-once.ts', import.meta.url))
const RUNS = 5

export interface OpeningTimes {
  /** In a fresh process, without its start: open the snapshot, first 100 rows. Median, ms. */
  readonly openMs: number
  /** By the query client: start of the process, open, first 100 rows. Median, ms. */
  readonly processMs: number
}

export async function measureOpening(snapshotPath: string, dumpPath: string): Promise<OpeningTimes> {
  const opens = Array.from({ length: RUNS }, () => openOnce(snapshotPath, dumpPath))
  const starts: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const clients = queryClients()
    const start = performance.now()
    await clients.open({ snapshotPath, dumpPath }).dominators({ offset: 0, limit: 100 })
    starts.push(performance.now() - start)
    await clients.close()
  }
  return { openMs: median(opens), processMs: median(starts) }
}

function openOnce(snapshotPath: string, dumpPath: string): number {
  const { stdout, stderr, status } = spawnSync(process.execPath, [ONCE, snapshotPath, dumpPath], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the snapshot could not be opened: ${stderr}`)
  return Number(stdout)
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
