/** Findings in one text, and where they are to be seen. */
import type { Finding } from '@heaptrail/api/findings'
import { gcFindings } from '@heaptrail/findings/gc/verdict'
import { histogramFindings } from '@heaptrail/findings/histogram/contents'
import { classesGrow } from '@heaptrail/findings/histogram/growing'
import { gcThreadsBusy } from '@heaptrail/findings/top/gc-threads'
import type { JstatLog } from '@heaptrail/jvm-text/jstat/log'
import { histogramAt } from './histogram-answers.ts'
import { positionsOf } from './jstat-answers.ts'
import { keptLog, keptText } from './kept-texts.ts'
import type { FoundInText, GrowthRequest, LogContext, TextFile } from './text-questions.ts'

export function findingsIn({ file, kind }: TextFile, contexts: readonly LogContext[]): FoundInText[] {
  switch (kind) {
    case 'jstat-log':
      return findingsInLogs(file, contexts)
    case 'class-histogram':
      return keptText({ file, kind }).histograms.flatMap((histogram, part) =>
        histogramFindings(histogram).map((finding) => ({ part, finding, own: null, time: null })),
      )
    case 'top-output': {
      const finding = gcThreadsBusy(keptText({ file, kind }))
      return finding === undefined ? [] : [{ part: 0, finding, own: null, time: null }]
    }
  }
}

/** Across the histograms of a case. */
export function growthFinding({ columns }: Pick<GrowthRequest, 'columns'>): Finding | null {
  const histograms = columns.map(({ file, part }) => histogramAt(file, part))
  return classesGrow({ histograms, times: columns.map(({ at }) => at) }) ?? null
}

/** A verdict on a long log takes a second; pages ask for it again and again. */
const verdicts = new WeakMap<JstatLog, { readonly oldKb: number | undefined; readonly findings: readonly Finding[] }>()

function judged(log: JstatLog, oldKb: number | undefined): readonly Finding[] {
  const known = verdicts.get(log)
  if (known !== undefined && known.oldKb === oldKb) return known.findings
  const findings = gcFindings(log, oldKb)
  verdicts.set(log, { oldKb, findings })
  return findings
}

function findingsInLogs(file: string, contexts: readonly LogContext[]): FoundInText[] {
  return contexts.flatMap((context) => {
    const { log } = keptLog(file, context.part)
    const [own, time] = [positionsOf(log, context, 'own'), positionsOf(log, context, 'case')]
    return judged(log, context.capacities.kb.O).map((finding): FoundInText => {
      const { fromRow, toRow } = finding.evidence
      const span = (x: Float64Array) => ({ from: x[fromRow - 1], to: x[toRow - 1] })
      return { part: context.part, finding, own: span(own), time: span(time) }
    })
  })
}
