/** Generations in percent above, collections per interval below, over the same window. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { JstatSummary } from '@heaptrail/api/jstat'
import { formatDecimal } from '../../format/count.ts'
import { jstatSeriesQuery } from '../../server/jstat.ts'
import type { PlaceOf } from '../../url/place-of.ts'
import { ErrorState } from '../../widgets/states.tsx'
import { PLOT, useChartGestures } from './chart-gestures.ts'
import { chartPoints, nearestRow, type ChartPoint } from './chart-points.ts'
import { ChartTooltip } from './chart-tooltip.tsx'
import { collectionsIn, generationsIn } from './columns.ts'
import type { Window } from './zoom.ts'
import styles from './gc-view.module.css'

/** A point per pixel or so: more cannot be seen. */
export const POINTS = 700
const MARGIN = { top: 6, right: PLOT.right, bottom: 0, left: 0 }
const TICK = { fill: 'var(--ht-dim)', fontSize: 11 }

interface GcChartsProps {
  readonly place: PlaceOf<'gc'>
  readonly summary: JstatSummary
  readonly window: Window
  readonly selectedX: number | undefined
  readonly onZoom: (window: Window) => void
  readonly onSelect: (row: number) => void
}

export function GcCharts({ place, summary, window, selectedX, onZoom, onSelect }: GcChartsProps) {
  const { t } = useTranslation()
  const series = useQuery({ ...jstatSeriesQuery(place.artifactId, place, POINTS), placeholderData: keepPreviousData })
  const points = useMemo(() => (series.data === undefined ? [] : chartPoints(series.data)), [series.data])
  const gestures = useChartGestures({
    extent: summary,
    window,
    onZoom,
    onSelectAt(x) {
      const row = nearestRow(points, x)
      if (row !== undefined) onSelect(row)
    },
  })
  if (series.error !== null) return <ErrorState error={series.error} retry={() => void series.refetch()} />
  const shared = { points, summary, window, selectedX, hidden: place.hidden, selecting: gestures.selecting }
  const words = { from: formatDecimal(window.from), to: formatDecimal(window.to), unit: t(`gc.unit.${summary.axis}`) }
  return (
    // Keys and drags work on the picture as a whole; the table below says the same in text.
    <div
      role="application"
      aria-label={t('gc.chartLabel', words)}
      tabIndex={0}
      className={styles['charts']}
      {...gestures.handlers}
    >
      <div className={styles['generations']} aria-hidden>
        <Generations {...shared} />
      </div>
      <div className={styles['collections']} aria-hidden>
        <Collections {...shared} />
      </div>
    </div>
  )
}

interface ChartProps {
  readonly points: readonly ChartPoint[]
  readonly summary: JstatSummary
  readonly window: Window
  readonly selectedX: number | undefined
  readonly hidden: readonly string[]
  readonly selecting: Window | undefined
}

function Generations({ points, summary, window, selectedX, hidden, selecting }: ChartProps) {
  const shown = generationsIn(summary.columns).filter(({ name }) => !hidden.includes(name))
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={points} margin={MARGIN} syncId="gc" accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--ht-line)" />
        <XAxis {...xAxis(window)} hide />
        <YAxis
          domain={[0, 100]}
          ticks={[0, 25, 50, 75, 100]}
          width={PLOT.left}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          unit=" %"
        />
        <Tooltip
          isAnimationActive={false}
          content={<ChartTooltip axis={summary.axis} hidden={hidden} columns={summary.columns} />}
        />
        {shown.map(({ name, color, width }) => (
          <Line
            key={name}
            dataKey={name}
            stroke={color}
            strokeWidth={width}
            dot={false}
            activeDot={{ r: 3 }}
            isAnimationActive={false}
            type="linear"
          />
        ))}
        {selectedX !== undefined && <ReferenceLine x={selectedX} stroke="var(--ht-accent)" strokeWidth={1.5} />}
        {selecting !== undefined && (
          <ReferenceArea x1={selecting.from} x2={selecting.to} fill="var(--ht-accent)" fillOpacity={0.15} />
        )}
      </LineChart>
    </ResponsiveContainer>
  )
}

function Collections({ points, summary, window, selectedX, hidden, selecting }: ChartProps) {
  const { t } = useTranslation()
  const shown = collectionsIn(summary.columns).filter(({ name }) => !hidden.includes(name))
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={points} margin={MARGIN} syncId="gc" accessibilityLayer={false}>
        <XAxis
          {...xAxis(window)}
          tick={TICK}
          tickLine={false}
          stroke="var(--ht-line-strong)"
          tickFormatter={formatDecimal}
          unit={summary.axis === 'seconds' ? ' s' : ''}
        />
        <YAxis allowDecimals={false} width={PLOT.left} tick={TICK} tickLine={false} axisLine={false} tickCount={3} />
        <Tooltip isAnimationActive={false} cursor={false} content={() => undefined} />
        {shown.map(({ name, color }) => (
          <Bar
            key={name}
            dataKey={name}
            stackId="collections"
            fill={color}
            barSize={2}
            isAnimationActive={false}
            name={t(`gc.series.${name}`)}
          />
        ))}
        {selectedX !== undefined && <ReferenceLine x={selectedX} stroke="var(--ht-accent)" strokeWidth={1.5} />}
        {selecting !== undefined && (
          <ReferenceArea x1={selecting.from} x2={selecting.to} fill="var(--ht-accent)" fillOpacity={0.15} />
        )}
      </BarChart>
    </ResponsiveContainer>
  )
}

function xAxis({ from, to }: Window) {
  return { dataKey: 'x', type: 'number', domain: [from, to], allowDataOverflow: true } as const
}
