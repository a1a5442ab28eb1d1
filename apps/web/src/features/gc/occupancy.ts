/** How full the spaces are, as the chart draws it: percent, or bytes where capacities are known. */
import type { JstatSeries, SpaceName } from '@heaptrail/api/jstat'
import type { GcUnit } from '@heaptrail/api/place-evidence'
import type { Datum } from '../../charts/plot.tsx'
import { byteTicks, highestOf } from '../../charts/scale.ts'
import { SPACES } from './series-list.ts'

const KB = 1024

/** Bytes are shown where somebody tells them, even if the link asks for them. */
export function unitOf(series: Pick<JstatSeries, 'capacities'>, wanted: GcUnit): GcUnit {
  return series.capacities === 'none' ? 'percent' : wanted
}

/** Percent or bytes of a space at each point. */
export function valuesOf(
  { spaces }: JstatSeries,
  name: SpaceName,
  unit: GcUnit,
): readonly (number | null)[] | undefined {
  const space = spaces[name]
  if (space === undefined) return undefined
  return unit === 'percent' ? space.percent : space.usedKb?.map(toBytes)
}

export function occupancyData(series: JstatSeries, unit: GcUnit): readonly Datum[] {
  const columns = SPACES.flatMap(({ name }) => {
    const values = valuesOf(series, name, unit)
    return values === undefined ? [] : [{ name, values }]
  })
  return series.x.map((x, index) => {
    const point: Record<string, number | null> = {}
    for (const { name, values } of columns) point[name] = values[index] ?? null
    return { ...point, x }
  })
}

/** What the heap has committed, in bytes. */
export function committedOf({ heap }: JstatSeries): readonly (number | null)[] {
  return heap?.committedKb.map(toBytes) ?? []
}

export function floorsOf({ floors }: JstatSeries, unit: GcUnit): readonly (number | null)[] {
  return (unit === 'percent' ? floors?.percent : floors?.kb?.map(toBytes)) ?? []
}

const PERCENT_TICKS = [0, 25, 50, 75, 100] as const

export function occupancyTicks(unit: GcUnit, ...drawn: readonly JstatSeries[]): readonly number[] {
  if (unit === 'percent') return PERCENT_TICKS
  const spaces = drawn.flatMap((series) => SPACES.map(({ name }) => valuesOf(series, name, unit)))
  return byteTicks(highestOf(...spaces, ...drawn.map(committedOf)), 4)
}

function toBytes(kb: number | null): number | null {
  return kb === null ? null : kb * KB
}
