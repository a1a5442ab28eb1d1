/** How much of the memory of a process is committed heap, by the jstat logs of its case. */
import type { HeapBeside } from '@heaptrail/api/top-output'
import type { TopOutput as ReadTop, TopProcess } from '@heaptrail/jvm-text/top/output'
import type { Texts } from '../texts/texts.ts'
import { type EvidencePart, type PartOfKind, ofKind } from './case-evidence.ts'

type LogPart = PartOfKind<'jstat-log'>

export interface ProcessInTime {
  readonly process: TopProcess
  /** Sample of the output → milliseconds since 1970. */
  readonly at: readonly number[]
  readonly part: PartOfKind<'top-output'>
}

export async function heapBeside(
  texts: Texts,
  parts: readonly EvidencePart[],
  read: ReadTop,
  { process, at, part }: ProcessInTime,
): Promise<HeapBeside> {
  const logs = ofKind(parts, 'jstat-log')
  const named = logs.filter(({ facts }) => facts.target === String(process.pid))
  const onlyJava = read.processes.filter(({ isJava }) => isJava).length === 1
  const nameless = onlyJava && named.length === 0 && areOfOneJvm(logs) ? logs : []
  const [mine, by] = named.length > 0 ? ([named, 'process-id'] as const) : ([nameless, 'only-jvm'] as const)
  if (mine.length === 0) return { kind: 'no-log' }
  const telling = mine.findLast(({ facts }) => facts.capacities?.O !== undefined)
  if (telling === undefined) return { kind: 'not-comparable' }
  const times = Array.from(process.samples, (sample) => at[sample])
  const committedBytes = await committedAt(texts, telling, timesKnown(telling, part) ? times : undefined, times.length)
  return {
    kind: 'committed',
    artifactId: telling.artifact.id,
    part: telling.facts.part,
    committedBytes,
    restBytes: committedBytes.map((committed, index) => {
      const resident = process.residentBytes[index]
      return committed === null || Number.isNaN(resident) ? null : resident - committed
    }),
    by,
  }
}

/** Logs that name a process name the same one. */
function areOfOneJvm(logs: readonly LogPart[]): boolean {
  return new Set(logs.flatMap(({ facts }) => facts.target ?? [])).size <= 1
}

function timesKnown(log: LogPart, top: PartOfKind<'top-output'>): boolean {
  return log.time.source !== 'guessed' && log.time.pace === 'clock' && top.time.source !== 'guessed'
}

/** @param times at which it is asked; undefined: of the last row. */
async function committedAt(
  texts: Texts,
  { file, context, facts }: LogPart,
  times: readonly number[] | undefined,
  count: number,
): Promise<(number | null)[]> {
  const query = { part: facts.part, axis: 'case', from: undefined, to: undefined, intervals: 1, points: 5000 } as const
  const series = await texts.ask({ file, kind: 'jstat-log' }, 'jstat-series', { log: context, query })
  const committed = series.heap?.committedKb ?? []
  const bytes = (point: number): number | null => {
    const kb = committed[point] ?? null
    return kb === null ? null : kb * 1024
  }
  if (times === undefined) return Array.from({ length: count }, () => bytes(committed.length - 1))
  return times.map((time) => bytes(nearestPoint(series.x, time)))
}

function nearestPoint(x: readonly number[], wanted: number): number {
  let best = 0
  x.forEach((value, point) => {
    if (Math.abs(value - wanted) < Math.abs(x[best] - wanted)) best = point
  })
  return best
}
