import type { TopOutput, TopSample } from '@heaptrail/jvm-text/top/output'
import { type PlainProcess, plainProcess } from '@heaptrail/jvm-text/top/plain'
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
  readonly processes: readonly PlainProcess[]
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
    processes: output.processes.map(plainProcess),
  }
}

/** Of the largest process of Java; which logs are of the same process is not known here. */
function findingsOf(output: TopOutput) {
  const process = output.processes.find(({ isJava }) => isJava)
  const memory = process === undefined ? undefined : processMemory(output, process, undefined)
  return [gcThreadsBusy(output), memory].filter((finding) => finding !== undefined)
}

function timeText(milliseconds: TopSample['timeOfDay']): string | null {
  return milliseconds === undefined ? null : new Date(milliseconds).toISOString().slice(11, 19)
}
