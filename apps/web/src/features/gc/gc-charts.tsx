/** The charts of a log over one window: spaces, collections, time in them, and rates. */
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Line, ReferenceLine } from 'recharts'
import type { JstatIntervals, JstatSeries } from '@heaptrail/api/jstat'
import type { GcUnit } from '@heaptrail/api/place-evidence'
import { IntervalBars, LineOfItsOwn } from '../../charts/marks.tsx'
import { Plot } from '../../charts/plot.tsx'
import { byteTicks, countTicks, decimalTicks, highestOf } from '../../charts/scale.ts'
import type { Window } from '../../charts/window.ts'
import { formatRoundBytes } from '../../format/bytes.ts'
import { formatCount, formatDecimal } from '../../format/count.ts'
import { formatSeconds } from '../../format/time.ts'
import { committedOf, floorsOf, occupancyData, occupancyTicks, valuesOf } from './occupancy.ts'
import { COLOR, collectionsIn, has, spacesIn } from './series-list.ts'

/** The log that lies over this one, already moved into place. */
export interface OverlaySeries {
  readonly series: JstatSeries
  readonly shift: number
}

interface GcChartsProps {
  readonly series: JstatSeries
  readonly overlay: OverlaySeries | undefined
  readonly unit: GcUnit
  readonly hidden: readonly string[]
  readonly window: Window
}

const NO_DATA = [] as const
/** More lines at which another JVM begins would hide the curves; the status line counts them all. */
const MOST_RESTARTS = 30

export const GcCharts = memo(function GcCharts(props: GcChartsProps) {
  const { series, hidden, window } = props
  const { t } = useTranslation()
  const isShown = (name: string) => !hidden.includes(name)
  const collections = collectionsIn(series).filter(({ name }) => isShown(name))
  const time = has(series, 'gcShare') ? 'gcShare' : 'gcSeconds'
  return (
    <>
      <Occupancy {...props} />
      {collections.length > 0 && (
        <Intervals
          title={t('gc.plot.collections')}
          window={window}
          intervals={series.intervals}
          series={collections.map(({ name, key, color }) => ({ name, color, values: series.intervals[key] }))}
          ticks={countTicks(highestSum(series.intervals, collections), 2)}
          format={formatCount}
        />
      )}
      {isShown('time') && has(series, time) && (
        <Intervals
          title={t(`gc.plot.${time}`)}
          window={window}
          intervals={series.intervals}
          series={[{ name: 'time', color: COLOR.time, values: series.intervals[time] }]}
          peaks={time === 'gcShare' ? series.intervals.gcSharePeak : NO_DATA}
          ticks={time === 'gcShare' ? shareTicks(series) : decimalTicks(highestOf(series.intervals.gcSeconds), 2)}
          format={time === 'gcShare' ? percentText : formatSeconds}
        />
      )}
      <Rate series={series} window={window} name="alloc" rate="allocationKb" isShown={isShown('alloc')} />
      <Rate series={series} window={window} name="promo" rate="promotionKb" isShown={isShown('promo')} />
    </>
  )
})

function Occupancy({ series, overlay, unit, hidden, window }: GcChartsProps) {
  const { t } = useTranslation()
  const shown = spacesIn(series).filter(({ name }) => !hidden.includes(name))
  const trend = unit === 'percent' && !hidden.includes('floor') ? series.floors?.trend : undefined
  return (
    <Plot
      title={t(`gc.plot.${unit}`)}
      size="large"
      data={occupancyData(series, unit)}
      window={window}
      ticks={occupancyTicks(unit, series, ...(overlay === undefined ? [] : [overlay.series]))}
      format={unit === 'percent' ? (value) => `${value} %` : formatRoundBytes}
    >
      {unit === 'bytes' && <LineOfItsOwn x={series.x} y={committedOf(series)} color={COLOR.committed} dash="2 3" />}
      {overlay !== undefined &&
        spacesIn(overlay.series)
          .filter(({ name }) => !hidden.includes(name))
          .map(({ name, color, width }) => (
            <LineOfItsOwn
              key={`over ${name}`}
              x={overlay.series.x.map((x) => x + overlay.shift)}
              y={valuesOf(overlay.series, name, unit) ?? NO_DATA}
              color={color}
              width={width}
              dash="5 4"
            />
          ))}
      {series.restarts.length <= MOST_RESTARTS &&
        series.restarts.map((x) => <ReferenceLine key={x} x={x} stroke="var(--ht-dim)" strokeDasharray="1 3" />)}
      {shown.map(({ name, color, width }) => (
        <Line
          key={name}
          dataKey={name}
          stroke={color}
          strokeWidth={width}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
          type="linear"
        />
      ))}
      {!hidden.includes('floor') && series.floors !== null && (
        <LineOfItsOwn x={series.floors.x} y={floorsOf(series, unit)} color={COLOR.floor} width={1.5} dots />
      )}
      {trend !== undefined && trend !== null && (
        <LineOfItsOwn
          x={[trend.fromX, trend.toX]}
          y={[trend.fromPercent, trend.toPercent]}
          color={COLOR.floor}
          width={2}
          dash="7 4"
        />
      )}
    </Plot>
  )
}

interface IntervalsProps {
  readonly title: string
  readonly window: Window
  readonly intervals: JstatIntervals
  readonly series: Parameters<typeof IntervalBars>[0]['series']
  readonly peaks?: readonly (number | null)[]
  readonly ticks: readonly number[]
  readonly format: (value: number) => string
}

function Intervals({ title, window, intervals, series, peaks, ticks, format }: IntervalsProps) {
  const [first] = series
  return (
    <Plot title={title} size="small" data={NO_DATA} window={window} ticks={ticks} format={format}>
      {peaks !== undefined && first !== undefined && (
        <g opacity={0.35}>
          <IntervalBars
            from={intervals.from}
            end={intervals.end}
            series={[{ ...first, name: 'peaks', values: peaks }]}
          />
        </g>
      )}
      <IntervalBars from={intervals.from} end={intervals.end} series={series} />
    </Plot>
  )
}

interface RateProps {
  readonly series: JstatSeries
  readonly window: Window
  readonly name: 'alloc' | 'promo'
  readonly rate: 'allocationKb' | 'promotionKb'
  readonly isShown: boolean
}

function Rate({ series, window, name, rate, isShown }: RateProps) {
  const { t } = useTranslation()
  if (!isShown || !has(series, rate)) return undefined
  const { intervals, rateUnit } = series
  const toBytes = (values: readonly (number | null)[]) => values.map((kb) => (kb === null ? null : kb * 1024))
  const [values, peaks] = [toBytes(intervals[rate]), toBytes(intervals[`${rate}Peak`])]
  return (
    <Intervals
      title={t(`gc.plot.${name}`, { per: t(`gc.per.${rateUnit}`) })}
      window={window}
      intervals={intervals}
      series={[{ name, color: COLOR[name], values }]}
      peaks={peaks}
      ticks={byteTicks(highestOf(values, peaks), 2)}
      format={formatRoundBytes}
    />
  )
}

function percentText(value: number): string {
  return `${formatDecimal(value)} %`
}

function highestSum(
  intervals: JstatIntervals,
  kinds: readonly { readonly key: 'young' | 'concurrent' | 'full' }[],
): number {
  const sums = intervals.from.map((_, index) => kinds.reduce((sum, { key }) => sum + (intervals[key][index] ?? 0), 0))
  return highestOf(sums)
}

/** A healthy JVM spends so little time in collections that a scale up to 100 % would show nothing. */
function shareTicks({ intervals }: JstatSeries): readonly number[] {
  const highest = highestOf(intervals.gcShare, intervals.gcSharePeak)
  return highest > 40 ? [0, 50, 100] : decimalTicks(Math.max(1, highest), 2)
}
