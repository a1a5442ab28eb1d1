/** The columns of jstat that the chart draws, and their colours. */

export interface SeriesStyle {
  /** As in the log's header; for collections, the name of the counter. */
  readonly name: string
  readonly color: string
  readonly width: number
}

/** In the order in which they are drawn: the old generation lies on top. */
const GENERATIONS: readonly SeriesStyle[] = [
  { name: 'CCS', color: 'var(--ht-gen-classes)', width: 1 },
  { name: 'M', color: 'var(--ht-gen-meta)', width: 1 },
  { name: 'P', color: 'var(--ht-gen-meta)', width: 1 },
  { name: 'S0', color: 'var(--ht-gen-survivor0)', width: 1 },
  { name: 'S1', color: 'var(--ht-gen-survivor1)', width: 1 },
  { name: 'E', color: 'var(--ht-gen-eden)', width: 1 },
  { name: 'O', color: 'var(--ht-gen-old)', width: 2 },
]

/** As a reader thinks of them. */
const LEGEND_ORDER = ['O', 'E', 'S0', 'S1', 'P', 'M', 'CCS']

export const COLLECTIONS = [
  { name: 'YGC', key: 'young', color: 'var(--ht-gc-young)', width: 2 },
  { name: 'CGC', key: 'concurrent', color: 'var(--ht-gc-concurrent)', width: 2 },
  { name: 'FGC', key: 'full', color: 'var(--ht-gc-full)', width: 2 },
] as const

/** Generations that this log has, in percent. */
export function generationsIn(columns: readonly string[]): readonly SeriesStyle[] {
  return GENERATIONS.filter(({ name }) => columns.includes(name))
}

/** The same in the order of the legend. */
export function legendOf(columns: readonly string[]): readonly SeriesStyle[] {
  const generations = generationsIn(columns).toSorted(
    (a, b) => LEGEND_ORDER.indexOf(a.name) - LEGEND_ORDER.indexOf(b.name),
  )
  return [...generations, ...collectionsIn(columns)]
}

export function collectionsIn(columns: readonly string[]): readonly (typeof COLLECTIONS)[number][] {
  return COLLECTIONS.filter(({ name }) => columns.includes(name))
}
