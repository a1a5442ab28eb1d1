/** Findings in one text, and where they are to be seen. */
import { gcFindings } from '@heaptrail/findings/gc/verdict'
import { positionsOf } from './jstat-answers.ts'
import { keptLog } from './kept-texts.ts'
import type { FoundInText, LogContext, TextFile } from './text-questions.ts'

export function findingsIn({ file, kind }: TextFile, contexts: readonly LogContext[]): FoundInText[] {
  if (kind !== 'jstat-log') return []
  return contexts.flatMap((context) => {
    const { log } = keptLog(file, context.part)
    const [own, time] = [positionsOf(log, context, 'own'), positionsOf(log, context, 'case')]
    return gcFindings(log).map((finding): FoundInText => {
      const { fromRow, toRow } = finding.evidence
      const span = (x: Float64Array) => ({ from: x[fromRow - 1], to: x[toRow - 1] })
      return { part: context.part, finding, own: span(own), time: span(time) }
    })
  })
}
