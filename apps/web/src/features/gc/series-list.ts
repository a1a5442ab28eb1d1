/** The series that charts of a log show: their names in links, their colours, and which of them this log has. */
import type { TFunction } from 'i18next'
import type { JstatFloors, JstatSeries, SpaceName } from '@heaptrail/api/jstat'
import type { LegendEntry } from '../../charts/legend.tsx'
import { highestOf } from '../../charts/scale.ts'

/** In the order in which they are drawn: the old generation lies on top. */
export const SPACES: readonly { readonly name: SpaceName; readonly color: string; readonly width: number }[] = [
  { name: 'CCS', color: 'var(--ht-gen-classes)', width: 1 },
  { name: 'M', color: 'var(--ht-gen-meta)', width: 1 },
  { name: 'P', color: 'var(--ht-gen-meta)', width: 1 },
  { name: 'S0', color: 'var(--ht-gen-survivor0)', width: 1 },
  { name: 'S1', color: 'var(--ht-gen-survivor1)', width: 1 },
  { name: 'E', color: 'var(--ht-gen-eden)', width: 1 },
  { name: 'O', color: 'var(--ht-gen-old)', width: 2 },
]

/** As a reader thinks of them. */
const LEGEND_ORDER: readonly SpaceName[] = ['O', 'E', 'S0', 'S1', 'P', 'M', 'CCS']

export const COLLECTIONS = [
  { name: 'YGC', key: 'young', color: 'var(--ht-gc-young)' },
  { name: 'CGC', key: 'concurrent', color: 'var(--ht-gc-concurrent)' },
  { name: 'FGC', key: 'full', color: 'var(--ht-gc-full)' },
] as const

export const COLOR = {
  floor: 'var(--ht-gen-floor)',
  committed: 'var(--ht-dim)',
  time: 'var(--ht-gc-time)',
  alloc: 'var(--ht-gen-eden)',
  promo: 'var(--ht-gen-old)',
} as const

/** Spaces of which the log tells anything, in the order of drawing. */
export function spacesIn({ spaces }: JstatSeries) {
  return SPACES.filter(({ name }) => spaces[name]?.percent.some((value) => value !== null) === true)
}

/** Kinds of collections that happened, or that the log at least counts. */
export function collectionsIn({ intervals }: JstatSeries) {
  return COLLECTIONS.filter(({ key }) => intervals[key].some((value) => value !== null))
}

export type IntervalKey = 'gcShare' | 'gcSeconds' | 'allocationKb' | 'promotionKb'

export function has({ intervals }: JstatSeries, key: IntervalKey): boolean {
  return intervals[key].some((value) => value !== null) && highestOf(intervals[key]) > 0
}

export function legendOf(t: TFunction, series: JstatSeries): readonly LegendEntry[] {
  const spaces = spacesIn(series).toSorted((a, b) => LEGEND_ORDER.indexOf(a.name) - LEGEND_ORDER.indexOf(b.name))
  const entries: LegendEntry[] = spaces.map(({ name, color }) => ({
    name,
    title: t(`gc.series.${name}`),
    color,
    look: 'line',
  }))
  if (series.floors !== null && series.floors.x.length > 0)
    entries.push({ name: 'floor', title: floorTitle(t, series.floors), color: COLOR.floor, look: 'dots' })
  for (const { name, color } of collectionsIn(series))
    entries.push({ name, title: t(`gc.series.${name}`), color, look: 'bar' })
  if (has(series, 'gcShare') || has(series, 'gcSeconds'))
    entries.push({ name: 'time', title: t('gc.series.time'), color: COLOR.time, look: 'bar' })
  if (has(series, 'allocationKb'))
    entries.push({ name: 'alloc', title: t('gc.series.alloc'), color: COLOR.alloc, look: 'bar' })
  if (has(series, 'promotionKb'))
    entries.push({ name: 'promo', title: t('gc.series.promo'), color: COLOR.promo, look: 'bar' })
  return entries
}

export function floorTitle(t: TFunction, { after }: Pick<JstatFloors, 'after'>): string {
  return t(`gc.floor.${after}`)
}
