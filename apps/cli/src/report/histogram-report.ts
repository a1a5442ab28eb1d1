import type { ClassHistogram, ClassHistograms } from '@heaptrail/jvm-text/histogram/histogram'
import type { ArtifactFacts } from '../artifacts.ts'
import { histogramFindings } from '@heaptrail/findings/histogram/contents'
import { classesGrow } from '@heaptrail/findings/histogram/growing'
import { type Finding, withSentences } from './finding.ts'
import { type TextFacts, textFacts } from './text-facts.ts'

/** What `analyze` says of a class histogram; as JSON it is documented in docs/cli.md. */
export interface HistogramReport extends TextFacts {
  readonly kind: 'class-histogram'
  readonly findings: readonly Finding[]
  readonly histograms: readonly HistogramFacts[]
}

export interface HistogramFacts {
  readonly line: number
  readonly completeness: ClassHistogram['completeness']
  readonly counted: ClassHistogram['counted']
  readonly pid: number | null
  readonly classes: readonly HistogramRow[]
  /** Sums of the classes listed. */
  readonly instances: number
  readonly bytes: number
  /** As the JVM printed it. */
  readonly total: { readonly instances: number; readonly bytes: number } | null
}

export interface HistogramRow {
  readonly className: string
  readonly module: string
  readonly instances: number
  readonly bytes: number
}

export function histogramReport(facts: ArtifactFacts, text: ClassHistograms): HistogramReport {
  return {
    kind: 'class-histogram',
    ...textFacts(facts, text),
    findings: findingsOf(text).map(withSentences),
    histograms: text.histograms.map(histogramFacts),
  }
}

function findingsOf({ histograms }: ClassHistograms) {
  const times = histograms.map(({ stamp }) => (stamp?.kind === 'instant' ? stamp.milliseconds : undefined))
  const growth = histograms.length < 2 ? undefined : classesGrow({ histograms, times })
  return [...(growth === undefined ? [] : [growth]), ...histograms.flatMap(histogramFindings)]
}

function histogramFacts(histogram: ClassHistogram): HistogramFacts {
  const { names, modules, instances, bytes, total, sum, line, completeness, counted } = histogram
  return {
    line,
    completeness,
    counted,
    pid: histogram.pid ?? null,
    classes: names.map((className, row) => ({
      className,
      module: modules[row] ?? '',
      instances: instances[row] ?? 0,
      bytes: bytes[row] ?? 0,
    })),
    ...sum,
    total: total === undefined ? null : { instances: total.instances, bytes: total.bytes },
  }
}
