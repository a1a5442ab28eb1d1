/** Series of columns as the chart wants them: one record per point. */
import type { JstatSeries } from '@heaptrail/api/jstat'
import { COLLECTIONS } from './columns.ts'

export interface ChartPoint {
  readonly x: number
  readonly row: number
  readonly [series: string]: number | null
}

export function chartPoints({ x, row, values, collections }: JstatSeries): readonly ChartPoint[] {
  return x.map((position, index) => {
    const point: Record<string, number | null> = {}
    for (const [column, list] of Object.entries(values)) point[column] = list[index] ?? null
    // Counters are drawn as collections since the point before; none is no bar.
    for (const { name, key } of COLLECTIONS) point[name] = collections[key][index] || null
    return { ...point, x: position, row: row[index] ?? 0 }
  })
}

/** The row of the point that lies nearest. */
export function nearestRow(points: readonly ChartPoint[], x: number): number | undefined {
  let best: ChartPoint | undefined
  for (const point of points) {
    if (best === undefined || Math.abs(point.x - x) < Math.abs(best.x - x)) best = point
  }
  return best?.row
}
