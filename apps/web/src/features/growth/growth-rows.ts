/** Rows of the table and lines of the chart: a name and a figure for each dump. */
import type { HeapGrowth } from '@heaptrail/api/heap-growth'
import type { GrowthSubject, HeapGrowthPlace } from '@heaptrail/api/place-growth'

export interface GrowthRow {
  readonly name: string
  readonly title: string
  /** One per dump. */
  readonly figures: readonly number[]
  readonly steady: boolean
}

/** Those that grew most first, as the answer has them. */
export function rowsOf(
  { signatures, classes }: HeapGrowth,
  subject: GrowthSubject,
  { figure, filter }: Pick<HeapGrowthPlace, 'figure' | 'filter'>,
): GrowthRow[] {
  const rows =
    subject === 'suspects'
      ? signatures.map(({ signature, name, bytes, steady }) => ({
          name: signature,
          title: name,
          figures: bytes,
          steady,
        }))
      : classes.map(({ name, retained, objects, steady }) => ({
          name,
          title: name,
          figures: figure === 'objects' ? objects : retained,
          steady,
        }))
  const wanted = filter.trim().toLowerCase()
  return rows.filter(({ name }) => name.toLowerCase().includes(wanted)).toSorted((a, b) => growthOf(b) - growthOf(a))
}

/** From the first dump to the last. */
export function growthOf({ figures }: Pick<GrowthRow, 'figures'>): number {
  return (figures.at(-1) ?? 0) - (figures[0] ?? 0)
}
