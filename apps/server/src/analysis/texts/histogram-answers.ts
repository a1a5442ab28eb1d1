/** Answers about class histograms. */
import type {
  BesideDumpQuery,
  BesideDumpRow,
  ClassHistogramPage,
  ClassHistogramQuery,
  HistogramNote,
} from '@heaptrail/api/class-histograms'
import type { Page } from '@heaptrail/api/page'
import { type DumpClasses, besideDump } from '@heaptrail/findings/histogram/beside-dump'
import { type GrowthPage, classGrowth } from '@heaptrail/findings/histogram/growth'
import { hiddenNamesNote } from '@heaptrail/findings/histogram/notes'
import { histogramRows } from '@heaptrail/findings/histogram/rows'
import type { ClassHistogram } from '@heaptrail/jvm-text/histogram/histogram'
import { NoSuchPart, keptText } from './kept-texts.ts'
import type { GrowthRequest } from './text-questions.ts'

export function histogramPage(file: string, part: number, query: ClassHistogramQuery): ClassHistogramPage {
  return histogramRows(histogramAt(file, part), query)
}

export function growthOf({ columns, query }: GrowthRequest): GrowthPage & { readonly notes: HistogramNote[] } {
  const histograms = columns.map(({ file, part }) => histogramAt(file, part))
  const page = classGrowth({ histograms, times: columns.map(({ at }) => at) }, query)
  return { ...page, notes: hiddenNamesNote(new Set(histograms.flatMap(({ names }) => names))) }
}

export function besideDumpOf(
  file: string,
  part: number,
  dump: DumpClasses,
  query: BesideDumpQuery,
): Page<BesideDumpRow> & {
  readonly dump: { readonly instances: number; readonly bytes: number }
  notes: HistogramNote[]
} {
  const histogram = histogramAt(file, part)
  return { ...besideDump(histogram, dump, query), notes: hiddenNamesNote(histogram.names) }
}

/** @throws NotReadable, NoSuchPart */
export function histogramAt(file: string, part: number): ClassHistogram {
  const { histograms } = keptText({ file, kind: 'class-histogram' })
  const histogram = histograms[part]
  if (histogram === undefined) throw new NoSuchPart(histograms.length)
  return histogram
}
