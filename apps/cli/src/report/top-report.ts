import type { TopOutput, TopProcess, TopSample } from '@heaptrail/jvm-text/top/output'
import type { ArtifactFacts } from '../artifacts.ts'
import { gcThreadsBusy } from '@heaptrail/findings/top/gc-threads'
import { processMemory } from '@heaptrail/findings/top/process-memory'
import { type Finding, withSentences } from './finding.ts'
import { type TextFacts, textFacts } from './text-facts.ts'

/** What `analyze` says of output of top; as JSON it is documented in docs/cli.md. */
export interface TopReport extends TextFacts {
  readonly kind: 'top-output'
  readonly findings: readonly Finding[]
  readonly samples: readonly {
    readonly line: number
    /** `00:26:24`, or null when the first line of top is missing. */
    readonly time: string | null
    readonly threads: boolean
    readonly rows: number
    readonly memoryTotal: number | null
  }[]
  readonly processes: readonly TopProcessFacts[]
}

/** Lists are parallel; null where top printed nothing readable. */
export interface TopProcessFacts {
  readonly pid: number
  readonly command: string
  readonly user: string | null
  readonly isJava: boolean
  /** Indices into the report's `samples`. */
  readonly samples: readonly number[]
  readonly virtualBytes: readonly (number | null)[]
  readonly residentBytes: readonly (number | null)[]
  readonly cpuPercent: readonly (number | null)[]
}

export function topReport(facts: ArtifactFacts, output: TopOutput): TopReport {
  return {
    kind: 'top-output',
    ...textFacts(facts, output),
    findings: findingsOf(output).map(withSentences),
    samples: output.samples.map(({ line, timeOfDay, threads, rows, memoryBytes }) => ({
      line,
      time: timeText(timeOfDay),
      threads,
      rows: rows.length,
      memoryTotal: memoryBytes.total ?? null,
    })),
    processes: output.processes.map(processFacts),
  }
}

/** Of the largest process of Java; which logs are of the same process is not known here. */
function findingsOf(output: TopOutput) {
  const process = output.processes.find(({ isJava }) => isJava)
  const memory = process === undefined ? undefined : processMemory(output, process, undefined)
  return [gcThreadsBusy(output), memory].filter((finding) => finding !== undefined)
}

function processFacts(process: TopProcess): TopProcessFacts {
  const { pid, command, user, isJava, samples, virtualBytes, residentBytes, cpuPercent } = process
  return {
    pid,
    command,
    user: user ?? null,
    isJava,
    samples: [...samples],
    virtualBytes: numbers(virtualBytes),
    residentBytes: numbers(residentBytes),
    cpuPercent: numbers(cpuPercent),
  }
}

function timeText(milliseconds: TopSample['timeOfDay']): string | null {
  return milliseconds === undefined ? null : new Date(milliseconds).toISOString().slice(11, 19)
}

function numbers(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value))
}
