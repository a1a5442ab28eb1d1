/** What the server keeps in mind of a text: enough to place its parts in time without reading it again. */
import type { ClassHistogramFacts } from '@heaptrail/api/class-histograms'
import type { SkippedLine } from '@heaptrail/api/jstat'
import type { ClassHistogram, ClassHistograms } from '@heaptrail/jvm-text/histogram/histogram'
import type { Collector } from '@heaptrail/jvm-text/jstat/collector'
import { clockOf, collectorOfLog, hasFixedGenerations } from '@heaptrail/jvm-text/jstat/collector'
import type { JstatOption } from '@heaptrail/jvm-text/jstat/columns'
import type { JstatLog, JstatLogs } from '@heaptrail/jvm-text/jstat/log'
import { type Capacities, spacesOf } from '@heaptrail/jvm-text/jstat/spaces'
import type { StampKind } from '@heaptrail/jvm-text/stamp'
import type { TopOutput } from '@heaptrail/jvm-text/top/output'

/** What a part of a text tells about its time. */
export interface TextMoment {
  /** Of its first row, histogram or sample. */
  readonly stamp: { readonly kind: StampKind; readonly milliseconds: number } | undefined
  /** From the first row or sample to the last, by its own clock; undefined without one. */
  readonly seconds: number | undefined
  /** Steps between rows; 0 for a histogram. */
  readonly steps: number
  /** As jstat was asked; undefined when the command is not there. */
  readonly intervalSeconds: number | undefined
}

export interface LogFacts {
  readonly part: number
  readonly moment: TextMoment
  readonly option: JstatOption
  readonly collector: Collector
  readonly axis: JstatLog['axis']
  readonly rows: number
  readonly columns: readonly string[]
  readonly firstLine: number
  readonly lastLine: number
  readonly prefix: string
  readonly target: string | undefined
  /** Of Serial, Parallel and CMS, as far as the columns tell: -Xmx tells how large they are. */
  readonly hasFixedGenerations: boolean
  /** KB that the spaces last had; undefined when the log does not print them. */
  readonly capacities: Capacities | undefined
}

export interface HistogramFacts {
  readonly printed: Omit<ClassHistogramFacts, 'time'>
  readonly moment: TextMoment
}

export type TextFacts =
  | { readonly kind: 'jstat-log'; readonly logs: readonly LogFacts[] }
  | {
      readonly kind: 'class-histogram'
      readonly histograms: readonly HistogramFacts[]
      readonly skipped: readonly SkippedLine[]
      readonly skippedTotal: number
    }
  | {
      readonly kind: 'top-output'
      readonly moment: TextMoment
      readonly samples: number
      readonly java: readonly number[]
    }

const SKIPPED_SHOWN = 100

export function jstatFacts({ logs }: JstatLogs): TextFacts {
  return { kind: 'jstat-log', logs: logs.map(logFacts) }
}

function logFacts(log: JstatLog, part: number): LogFacts {
  const { option, axis, rows, columns, lines, prefix, command } = log
  return {
    part,
    moment: logMoment(log),
    option,
    collector: collectorOfLog(log),
    axis,
    rows,
    columns: [...columns],
    firstLine: lines[0],
    lastLine: lines[rows - 1],
    prefix,
    target: command?.target,
    hasFixedGenerations: hasFixedGenerations(log),
    capacities: capacitiesOf(log),
  }
}

function logMoment(log: JstatLog): TextMoment {
  const { stamps, stampKind, rows, command } = log
  const clock = clockOf(log, { first: 0, end: rows })
  const first = stamps?.[0] ?? Number.NaN
  const asked = command?.intervalMilliseconds
  return {
    stamp: stampKind === undefined || Number.isNaN(first) ? undefined : { kind: stampKind, milliseconds: first },
    seconds: clock === undefined ? undefined : clock[rows - 1] - clock[0],
    steps: rows - 1,
    intervalSeconds: asked === undefined ? undefined : asked / 1000,
  }
}

function capacitiesOf(log: JstatLog): Capacities | undefined {
  const known = [...spacesOf(log)].flatMap(([space, { capacityKb }]) => {
    const last = capacityKb?.findLast((value) => value > 0)
    return last === undefined ? [] : [[space, last] as const]
  })
  return known.length === 0 ? undefined : Object.fromEntries(known)
}

export function histogramFacts({ histograms, skipped, skippedTotal }: ClassHistograms): TextFacts {
  return {
    kind: 'class-histogram',
    histograms: histograms.map(oneHistogram),
    skipped: skipped.slice(0, SKIPPED_SHOWN),
    skippedTotal,
  }
}

function oneHistogram(histogram: ClassHistogram, part: number): HistogramFacts {
  const { line, rows, sum, total, completeness, counted, pid, stamp } = histogram
  return {
    printed: {
      part,
      line,
      classes: rows,
      ...sum,
      total: total === undefined ? null : { instances: total.instances, bytes: total.bytes },
      completeness,
      counted,
      pid: pid ?? null,
    },
    moment: { stamp, seconds: undefined, steps: 0, intervalSeconds: undefined },
  }
}

const DAY = 86_400_000

export function topFacts({ samples, processes }: TopOutput): TextFacts {
  const times = samples.flatMap(({ timeOfDay }) => timeOfDay ?? [])
  const known = times.length === samples.length
  // A sample earlier than the one before is of the next day.
  const length = times.reduce((sum, time, index) => sum + (index === 0 ? 0 : (time - times[index - 1] + DAY) % DAY), 0)
  return {
    kind: 'top-output',
    moment: {
      stamp:
        samples[0]?.timeOfDay === undefined ? undefined : { kind: 'time-of-day', milliseconds: samples[0].timeOfDay },
      seconds: known ? length / 1000 : undefined,
      steps: samples.length - 1,
      intervalSeconds: undefined,
    },
    samples: samples.length,
    java: processes.filter(({ isJava }) => isJava).map(({ pid }) => pid),
  }
}
