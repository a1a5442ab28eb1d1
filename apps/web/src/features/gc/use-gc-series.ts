/** What the view of a log draws: its series over the window, everything in small, and the log laid over it. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { JstatAxis, JstatSeries, JstatSummary } from '@heaptrail/api/jstat'
import type { Axis } from '../../charts/axis.ts'
import { EVERYTHING, windowOf, type Extent, type Span, type Window } from '../../charts/window.ts'
import { jstatSeriesQuery } from '../../server/jstat.ts'
import type { PlaceOf } from '../../url/place-of.ts'
import type { OverlaySeries } from './gc-charts.tsx'

/** A point per pixel or so: more cannot be seen. */
const POINTS = 900
const POINTS_IN_SMALL = 300
const MOST_INTERVALS = 120
const FEWEST_ROWS = 5

export interface GcSeries {
  /** Of requests; `axis` is the same for people. */
  readonly jstatAxis: JstatAxis
  readonly axis: Axis
  readonly extent: Extent
  readonly window: Window
  /** Undefined while they are on the way. */
  readonly series: JstatSeries | undefined
  readonly whole: JstatSeries | undefined
  readonly overlay: OverlaySeries | undefined
  readonly error: Error | null
  readonly retry: () => void
}

export function useGcSeries(place: PlaceOf<'gc'>, summary: JstatSummary): GcSeries {
  const { overlay, shift } = place
  const jstatAxis = overlay === undefined ? 'own' : 'elapsed'
  const small = { points: POINTS_IN_SMALL, intervals: 60 }
  const whole = useQuery(jstatSeriesQuery(place, { axis: jstatAxis, ...EVERYTHING }, small))
  const overWhole = useQuery({
    ...jstatSeriesQuery(overlay ?? place, { axis: 'elapsed', ...EVERYTHING }, small),
    enabled: overlay !== undefined,
  })
  const ends = overlay === undefined ? undefined : endsOf(whole.data, overWhole.data, shift)
  const extent = useMemo(() => extentOf(summary, overlay !== undefined, ends), [summary, overlay, ends])
  const window = windowOf(extent, place)
  const fine = { points: POINTS, intervals: intervalsIn(extent, window, summary.rows) }
  const series = useQuery({
    ...jstatSeriesQuery(place, { axis: jstatAxis, from: place.from, to: place.to }, fine),
    placeholderData: keepPreviousData,
  })
  const over = useQuery({
    ...jstatSeriesQuery(overlay ?? place, { axis: 'elapsed', ...movedBy(place, -shift) }, fine),
    enabled: overlay !== undefined,
    placeholderData: keepPreviousData,
  })
  const overSeries = overlay === undefined ? undefined : over.data
  return {
    jstatAxis,
    axis: useMemo(() => ({ unit: overlay === undefined ? summary.axis : 'elapsed' }), [overlay, summary.axis]),
    extent,
    window,
    series: useMemo(() => series.data && asMeant(series.data, summary), [series.data, summary]),
    whole: whole.data,
    overlay: useMemo(() => overSeries && { series: overSeries, shift }, [overSeries, shift]),
    error: series.error ?? whole.error ?? over.error,
    retry: () => {
      for (const query of [series, whole, over, overWhole]) if (query.error !== null) void query.refetch()
    },
  }
}

/** What jstat counts as full collections of Shenandoah are its concurrent cycles. */
export function asMeant(series: JstatSeries, { collector }: Pick<JstatSummary, 'collector'>): JstatSeries {
  if (collector !== 'shenandoah') return series
  const { full, ...intervals } = series.intervals
  return { ...series, intervals: { ...intervals, concurrent: full, full: full.map(() => null) } }
}

/** The last moment of both logs, in seconds since the first row of the one below. */
function endsOf(below: JstatSeries | undefined, over: JstatSeries | undefined, shift: number): number | undefined {
  const last = below?.x.at(-1)
  const overLast = over?.x.at(-1)
  return last === undefined ? undefined : Math.max(last, overLast === undefined ? 0 : overLast + shift)
}

export function extentOf(
  { from, to, rows, axis }: Pick<JstatSummary, 'from' | 'to' | 'rows' | 'axis'>,
  isElapsed: boolean,
  end: number | undefined,
): Extent {
  const span = isElapsed ? { from: 0, to: end ?? 0 } : { from, to }
  // A log of one row has no width, but its point has to stand somewhere.
  const [start, stop] = span.to > span.from ? [span.from, span.to] : [span.from - 0.5, span.to + 0.5]
  const least = ((stop - start) / Math.max(1, rows - 1)) * Math.min(FEWEST_ROWS, Math.max(1, rows - 1))
  return { from: start, to: stop, least, step: !isElapsed && axis === 'row' ? 1 : 0.001 }
}

/** Intervals so short that no row falls into some of them would look like gaps. */
export function intervalsIn(extent: Window, window: Window, rows: number): number {
  const shown = ((window.to - window.from) / (extent.to - extent.from)) * rows
  return Math.max(1, Math.min(MOST_INTERVALS, Math.floor(shown / 2)))
}

function movedBy({ from, to }: Span, by: number): Span {
  return { from: from === undefined ? undefined : from + by, to: to === undefined ? undefined : to + by }
}
