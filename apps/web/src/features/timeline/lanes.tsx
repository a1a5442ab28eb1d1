/** Curves over the time axis of a case: one lane per log, one per process of Java that top saw. */
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { JstatSeries } from '@heaptrail/api/jstat'
import type { Timeline, TimelineItem } from '@heaptrail/api/timeline'
import type { TopOutput, TopProcess } from '@heaptrail/api/top-output'
import type { LegendEntry } from '../../charts/legend.tsx'
import { IntervalBars, LineOfItsOwn } from '../../charts/marks.tsx'
import { Plot } from '../../charts/plot.tsx'
import { byteTicks, decimalTicks, highestOf } from '../../charts/scale.ts'
import type { Span, Window } from '../../charts/window.ts'
import { formatRoundBytes } from '../../format/bytes.ts'
import { formatDecimal } from '../../format/count.ts'
import { jstatSeriesQuery } from '../../server/jstat.ts'
import { topQuery } from '../../server/top.ts'

/** More lanes than a screen holds help nobody; the other logs stand below as bars and can be opened. */
const MOST_LOGS = 6
const POINTS = 600
const INTERVALS = 100

export interface LogLane {
  readonly kind: 'log'
  readonly item: TimelineItem
  readonly series: JstatSeries
}
export interface ProcessLane {
  readonly kind: 'process'
  readonly item: TimelineItem
  readonly process: TopProcess
  /** Position of each of its samples. */
  readonly x: readonly number[]
}
export type Lane = LogLane | ProcessLane

export function useLanes({ items }: Timeline, { from, to }: Span): readonly Lane[] {
  const logs = items.filter(({ kind }) => kind === 'jstat-log').slice(0, MOST_LOGS)
  const tops = items.filter(({ kind }) => kind === 'top-output').slice(0, MOST_LOGS)
  const series = useQueries({
    queries: logs.map((item) => ({
      ...jstatSeriesQuery(item, { axis: 'case', from, to }, { points: POINTS, intervals: INTERVALS }),
      placeholderData: keepPreviousData<JstatSeries>,
    })),
  })
  const outputs = useQueries({ queries: tops.map((item) => topQuery(item.artifactId)) })
  return [
    ...logs.flatMap((item, index): readonly LogLane[] => {
      const data = series[index]?.data
      return data === undefined ? [] : [{ kind: 'log', item, series: data }]
    }),
    ...tops.flatMap((item, index) => processLanes(item, outputs[index]?.data)),
  ]
}

function processLanes(item: TimelineItem, output: TopOutput | undefined): readonly ProcessLane[] {
  return (output?.processes ?? [])
    .filter(({ isJava }) => isJava)
    .slice(0, 2)
    .map((process) => ({
      kind: 'process',
      item,
      process,
      x: process.samples.map((sample) => output?.samples[sample]?.at ?? 0),
    }))
}

/** Where keys stop: at every point of a curve and every moment. */
export function lanePositions(lanes: readonly Lane[], moments: readonly TimelineItem[]): readonly number[] {
  const positions = lanes.flatMap((lane) => (lane.kind === 'log' ? lane.series.x : lane.x))
  return [...new Set([...positions, ...moments.map(({ time }) => time.from)])].toSorted((a, b) => a - b)
}

const SPACES = [
  { name: 'E', color: 'var(--ht-gen-eden)', width: 1 },
  { name: 'O', color: 'var(--ht-gen-old)', width: 2 },
] as const
const FLOOR = 'var(--ht-gen-floor)'
const TIME = 'var(--ht-gc-time)'
const RESIDENT = 'var(--ht-accent)'
const HEAP = 'var(--ht-gen-old)'

export function lanesLegend(t: TFunction, lanes: readonly Lane[]): readonly LegendEntry[] {
  const logs = lanes.filter((lane) => lane.kind === 'log')
  const spaces = SPACES.toReversed().filter(({ name }) => logs.some(({ series }) => series.spaces[name] !== undefined))
  const entries: LegendEntry[] = spaces.map(({ name, color }) => ({
    name,
    title: t(`gc.series.${name}`),
    color,
    look: 'line',
  }))
  if (logs.some(({ series }) => (series.floors?.x.length ?? 0) > 0))
    entries.push({ name: 'floor', title: t('timeline.floor'), color: FLOOR, look: 'dots' })
  if (logs.some(({ series }) => hasTime(series)))
    entries.push({ name: 'time', title: t('gc.series.time'), color: TIME, look: 'bar' })
  if (lanes.some(({ kind }) => kind === 'process'))
    entries.push({ name: 'RES', title: t('top.series.RES'), color: RESIDENT, look: 'line' })
  return entries
}

interface LanesProps {
  readonly lanes: readonly Lane[]
  readonly hidden: readonly string[]
  readonly window: Window
}

export function Lanes({ lanes, hidden, window }: LanesProps) {
  return lanes.map((lane) =>
    lane.kind === 'log' ? (
      <LogPlots key={`${lane.item.artifactId} ${lane.item.part}`} lane={lane} hidden={hidden} window={window} />
    ) : (
      !hidden.includes('RES') && (
        <ProcessPlot key={`${lane.item.artifactId} ${lane.process.pid}`} lane={lane} window={window} />
      )
    ),
  )
}

const NO_DATA = [] as const
const PERCENT = [0, 50, 100] as const

function LogPlots({ lane: { item, series }, hidden, window }: { lane: LogLane } & Omit<LanesProps, 'lanes'>) {
  const { t } = useTranslation()
  const share = hasTime(series) ? series.intervals.gcShare : undefined
  const shown = SPACES.filter(({ name }) => !hidden.includes(name))
  return (
    <>
      <Plot
        title={t('timeline.lane', { name: item.name })}
        size="medium"
        data={NO_DATA}
        window={window}
        ticks={PERCENT}
        format={(value) => `${value} %`}
      >
        {shown.map(({ name, color, width }) => (
          <LineOfItsOwn
            key={name}
            x={series.x}
            y={series.spaces[name]?.percent ?? NO_DATA}
            color={color}
            width={width}
          />
        ))}
        {!hidden.includes('floor') && series.floors !== null && (
          <LineOfItsOwn x={series.floors.x} y={series.floors.percent} color={FLOOR} width={1.5} dots />
        )}
      </Plot>
      {share !== undefined && !hidden.includes('time') && (
        <Plot
          title={t('timeline.time')}
          size="small"
          data={NO_DATA}
          window={window}
          ticks={highestOf(share) > 40 ? PERCENT : decimalTicks(Math.max(1, highestOf(share)), 2)}
          format={(value) => `${formatDecimal(value)} %`}
        >
          <IntervalBars
            from={series.intervals.from}
            end={series.intervals.end}
            series={[{ name: 'time', color: TIME, values: share }]}
          />
        </Plot>
      )}
    </>
  )
}

function ProcessPlot({ lane: { process, x }, window }: { lane: ProcessLane; window: Window }) {
  const { t } = useTranslation()
  const committed = process.heap?.kind === 'committed' ? process.heap.committedBytes : undefined
  return (
    <Plot
      title={t(committed === undefined ? 'timeline.process' : 'timeline.processAndHeap', {
        command: process.command,
        pid: process.pid,
      })}
      size="small"
      data={NO_DATA}
      window={window}
      ticks={byteTicks(highestOf(process.residentBytes, committed), 2)}
      format={formatRoundBytes}
    >
      {committed !== undefined && <LineOfItsOwn x={x} y={committed} color={HEAP} dash="4 3" />}
      <LineOfItsOwn x={x} y={process.residentBytes} color={RESIDENT} width={2} dots={x.length < 60} />
    </Plot>
  )
}

function hasTime({ intervals }: JstatSeries): boolean {
  return highestOf(intervals.gcShare) > 0
}
