/** One input of any kind: what came of it, within a time and a memory. */
import { type Random, seededRandom } from '@heaptrail/fixtures/random'
import type { AnalysisOptions } from '@heaptrail/heap/analysis-options'
import { type ArchiveOutcome, checkArchive } from './check-archive.ts'
import { type HeapOutcome, checkHeap } from './check-heap.ts'
import { type TextOutcome, checkText } from './check-text.ts'
import { type Input, TARGETS } from './inputs.ts'

export type Outcome = HeapOutcome | ArchiveOutcome | TextOutcome

/** CPU time that any input may take, and what each of its megabytes adds. */
const CPU_MS = 1500
const CPU_MS_PER_MB = 400
/** Memory by which any input may raise the peak of the process, and how many times its size it adds. */
const MEMORY = 300 << 20
const MEMORY_PER_BYTE = 12

const COMPARED: AnalysisOptions = { sizes: 'mat', keepUnreachable: false, layout: {} }

function otherOptions(random: Random): AnalysisOptions {
  return {
    sizes: random.pick(['jvm', 'mat'] as const),
    keepUnreachable: random.chance(0.5),
    layout: random.chance(0.8)
      ? {}
      : {
          referenceSize: random.pick([undefined, 4, 8] as const),
          instanceHeader: random.pick([undefined, 8, 12, 16] as const),
          alignment: random.pick([undefined, 8, 16, 256] as const),
        },
  }
}

/** @param path of a scratch file. @throws what is a finding */
export async function checkInput(input: Input, path: string): Promise<Outcome> {
  const cpu = process.cpuUsage()
  const peak = process.resourceUsage().maxRSS
  const outcome = await outcomeOf(input, path)
  const { user, system } = process.cpuUsage(cpu)
  const taken = (user + system) / 1000
  const size = input.bytes.length
  if (taken > CPU_MS + (CPU_MS_PER_MB * size) / 1e6) throw new Error(`took ${Math.round(taken)} ms of CPU time`)
  const grown = (process.resourceUsage().maxRSS - peak) * 1024
  if (grown > MEMORY + MEMORY_PER_BYTE * size) throw new Error(`took ${grown} bytes of memory`)
  return outcome
}

function outcomeOf({ target, bytes, isReal, random }: Input, path: string): Outcome | Promise<Outcome> {
  switch (target) {
    case 'dump':
      return checkHeap(bytes, {
        parseOnly: !isReal && random.chance(0.5),
        compare: !isReal,
        analysis: random.chance(0.8) ? COMPARED : otherOptions(random),
        threads: isReal || random.chance(0.05) ? 1 + random.below(4) : 1,
        ask: isReal || random.chance(0.05) ? 5 : 0,
      })
    case 'archive':
      return checkArchive(bytes, path)
    case 'text':
      return checkText(bytes)
  }
}

/** A finding once more: everything is checked. @param name begins with the target, as findings are saved */
export function repeated(name: string, bytes: Uint8Array, path: string): Promise<Outcome> {
  const target = TARGETS.find((one) => name.startsWith(one)) ?? 'dump'
  // neither the passes alone nor other options
  const random = { ...seededRandom(0), chance: (probability: number) => probability >= 0.8 }
  return checkInput({ target, base: name, bytes, isReal: false, random }, path)
}
