/** A process of top as JSON has it: lists instead of typed arrays, `null` for what a sample did not show. */
import type { TopProcess } from './output.ts'

export interface PlainProcess {
  readonly pid: number
  readonly command: string
  readonly user: string | null
  readonly isJava: boolean
  /** Indices of samples; the lists below are parallel to it. */
  readonly samples: number[]
  readonly virtualBytes: (number | null)[]
  readonly residentBytes: (number | null)[]
  readonly cpuPercent: (number | null)[]
}

export function plainProcess(process: TopProcess): PlainProcess {
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

function numbers(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value))
}
