/** Output of top, and what of each process of Java is heap. */
import type { HeapBeside, TopOutput, TopProcess } from '@heaptrail/api/top-output'
import type { TopOutput as ReadTop, TopProcess as ReadProcess } from '@heaptrail/jvm-text/top/output'
import { plainProcess } from '@heaptrail/jvm-text/top/plain'
import { artifactNotFound } from '../../errors.ts'
import type { Texts } from '../texts/texts.ts'
import type { CaseEvidence, PartOfKind } from './case-evidence.ts'
import { heapBeside } from './heap-beside.ts'

const MOST_PROCESSES = 500
const MOST_THREADS = 100
const SKIPPED_SHOWN = 100
const DAY = 86_400_000

export async function topOutput(
  texts: Texts,
  part: PartOfKind<'top-output'> | undefined,
  evidence: CaseEvidence,
): Promise<TopOutput> {
  if (part === undefined) throw artifactNotFound()
  const read = await texts.ask({ file: part.file, kind: 'top-output' }, 'top', undefined)
  const at = sampleTimes(read, part)
  const processes = read.processes.slice(0, MOST_PROCESSES)
  return {
    time: part.time,
    samples: read.samples.map(({ line, timeOfDay, threads, rows, memoryBytes }, index) => ({
      line,
      at: at[index],
      timeOfDay: timeOfDay === undefined ? null : new Date(timeOfDay).toISOString().slice(11, 19),
      threads,
      rows: rows.length,
      memoryTotal: memoryBytes.total ?? null,
      memoryFree: memoryBytes.free ?? null,
    })),
    processes: await Promise.all(
      processes.map(async (process) => {
        const heap = process.isJava ? await heapBeside(texts, evidence.parts, read, { process, at, part }) : null
        return processOf(process, heap)
      }),
    ),
    processesTotal: read.processes.length,
    threads: threadsOf(read),
    skipped: read.skipped.slice(0, SKIPPED_SHOWN),
    skippedTotal: read.skippedTotal,
  }
}

/** By the times that top printed; without them the samples stand at equal distances. */
export function sampleTimes({ samples }: ReadTop, { time }: PartOfKind<'top-output'>): number[] {
  let [days, before] = [0, samples[0]?.timeOfDay ?? 0]
  const first = samples[0]?.timeOfDay
  return samples.map(({ timeOfDay }, index) => {
    if (time.pace !== 'clock' || timeOfDay === undefined || first === undefined)
      return time.from + (samples.length < 2 ? 0 : ((time.to - time.from) * index) / (samples.length - 1))
    if (timeOfDay < before) days += 1
    before = timeOfDay
    return time.from + timeOfDay - first + days * DAY
  })
}

function processOf(process: ReadProcess, heap: HeapBeside | null): TopProcess {
  return { ...plainProcess(process), heap }
}

function threadsOf({ samples }: ReadTop): TopOutput['threads'] {
  const byId = new Map<number, TopOutput['threads'][number]>()
  samples.forEach(({ threads, rows }, sample) => {
    if (!threads) return
    for (const { id, command, cpuPercent, cpuSeconds } of rows) {
      const one = byId.get(id) ?? { id, name: command, samples: [], cpuPercent: [], cpuSeconds: null }
      one.samples.push(sample)
      one.cpuPercent.push(orNull(cpuPercent))
      one.cpuSeconds = orNull(cpuSeconds)
      byId.set(id, one)
    }
  })
  const most = ({ cpuPercent }: TopOutput['threads'][number]) => Math.max(0, ...cpuPercent.map((value) => value ?? 0))
  return [...byId.values()].sort((a, b) => most(b) - most(a) || a.id - b.id).slice(0, MOST_THREADS)
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}
