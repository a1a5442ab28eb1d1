/** How long a query process takes for the questions that a page asks all the time. */
import type { HeapClient } from '@heaptrail/heap/query/questions'
import type { Snapshot } from '@heaptrail/heap/snapshot/snapshot'
import { pickObjects } from './pick-objects.ts'

export interface QueryTimes {
  readonly question: string
  readonly objects: string
  readonly count: number
  /** Milliseconds. */
  readonly p50: number
  readonly p95: number
  readonly max: number
}

const WINDOW = { offset: 0, limit: 100 }
const WARM_UP = 30
const ONE_PATH = { offset: 0, limit: 1, exclude: [] }

type Ask = (client: HeapClient, id: string) => Promise<unknown>
const ASKED: readonly (readonly [name: string, ask: Ask])[] = [
  ['children in the dominator tree', (client, parent) => client.dominators({ ...WINDOW, parent })],
  ['outgoing references', (client, id) => client.references(id, 'outgoing', WINDOW)],
  ['incoming references', (client, id) => client.references(id, 'incoming', WINDOW)],
  ['fields', (client, id) => client.fields(id, WINDOW)],
  ['shortest path to a GC root', (client, id) => client.paths(id, ONE_PATH)],
]

/** Each question about `count` objects of each sort, first pages of 100 rows; one question after the other. */
export async function measureQueries(client: HeapClient, snapshot: Snapshot, count: number): Promise<QueryTimes[]> {
  const rows: QueryTimes[] = []
  const { random, widest, deepest } = pickObjects(snapshot, count)
  const picked = [
    ['random', random],
    ['widest', widest],
    ['deepest', deepest],
  ] as const
  await warmUp(client, snapshot, random.slice(0, WARM_UP))
  for (const [question, ask] of ASKED) {
    for (const [objects, indices] of picked) {
      const times: number[] = []
      for (const index of indices) {
        const start = performance.now()
        await ask(client, idOf(snapshot, index))
        times.push(performance.now() - start)
      }
      rows.push({ question, objects, ...percentiles(times) })
    }
  }
  return rows
}

/** Starts the process and lets V8 compile; what a first question costs is measured by itself. */
async function warmUp(client: HeapClient, snapshot: Snapshot, indices: readonly number[]): Promise<void> {
  for (const index of indices) for (const [, ask] of ASKED) await ask(client, idOf(snapshot, index))
}

function idOf(snapshot: Snapshot, index: number): string {
  return `0x${snapshot.idOf(index).toString(16)}`
}

function percentiles(times: number[]): Pick<QueryTimes, 'count' | 'p50' | 'p95' | 'max'> {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? 0 }
}
