/** What has to be known about figures of class histograms before they are believed. */
import type { HistogramNote } from '@heaptrail/api/class-histograms'
import type { PartOf } from '@heaptrail/api/text-parts'
import type { ClassHistogram } from '@heaptrail/jvm-text/histogram/histogram'
import { isHiddenClass } from './class-names.ts'

export interface NotedHistogram {
  readonly place: PartOf
  readonly counted: ClassHistogram['counted']
  readonly completeness: ClassHistogram['completeness']
  readonly pid: number | null
}

export function histogramNotes(histograms: readonly NotedHistogram[]): HistogramNote[] {
  const notes: HistogramNote[] = []
  const garbage = histograms.filter(({ counted }) => counted !== 'live')
  if (garbage.length > 0) {
    const certain = garbage.some(({ counted }) => counted === 'all')
    notes.push({ id: 'garbage-counted', histograms: garbage.map(({ place }) => place), certain })
  }
  const cut = histograms.filter(({ completeness }) => completeness !== 'complete')
  if (cut.length > 0) notes.push({ id: 'cut-off', histograms: cut.map(({ place }) => place) })
  const pids = [...new Set(histograms.flatMap(({ pid }) => pid ?? []))]
  if (pids.length > 1) notes.push({ id: 'different-processes', pids })
  return notes
}

export function hiddenNamesNote(names: Iterable<string>): HistogramNote[] {
  let classes = 0
  for (const name of names) if (isHiddenClass(name)) classes++
  return classes === 0 ? [] : [{ id: 'hidden-names', classes }]
}
