/** A jstat log: what was found, the charts, and the rows behind them: one window for all. */
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { JstatSummary } from '@heaptrail/api/jstat'
import { positionText, tickText } from '../../charts/axis.ts'
import { Brush } from '../../charts/brush.tsx'
import { ChartStack } from '../../charts/chart-stack.tsx'
import { nearest, neighbour } from '../../charts/gestures.ts'
import { Legend } from '../../charts/legend.tsx'
import { spanOf, type Window } from '../../charts/window.ts'
import { ZoomButtons } from '../../charts/zoom-buttons.tsx'
import { jstatRowsQuery, jstatSummaryQuery } from '../../server/jstat.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { GcCharts } from './gc-charts.tsx'
import { GcFindings, useMarkedFinding } from './gc-findings.tsx'
import { GcHead } from './gc-head.tsx'
import { GcMarkers } from './gc-markers.tsx'
import { GcTable } from './gc-table.tsx'
import { GcTooltip } from './gc-tooltip.tsx'
import { legendOf } from './series-list.ts'
import { SkippedLines } from './skipped-lines.tsx'
import { useGcSeries, type GcSeries } from './use-gc-series.ts'
import { WindowSentence } from './window-sentence.tsx'
import styles from './gc-view.module.css'

type GcPlace = PlaceOf<'gc'>

export function GcView({ place }: { place: GcPlace }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(jstatSummaryQuery(place))
  if (error !== null) return <ErrorState whole error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  if (data.rows === 0)
    return (
      <EmptyState whole title={t('gc.none')}>
        {t('gc.noneHint')}
      </EmptyState>
    )
  return <Log place={place} summary={data} />
}

function Log({ place, summary }: { place: GcPlace; summary: JstatSummary }) {
  const { replace } = useNavigation()
  const gc = useGcSeries(place, summary)
  const charts = useRef<HTMLDivElement>(null)
  const zoom = (next: Window) => replace({ ...place, ...spanOf(gc.extent, next) })
  const select = (row: number) => replace({ ...place, row })
  return (
    <>
      <GcHead place={place} summary={summary} gc={gc} charts={charts} />
      <GcFindings place={place} summary={summary} gc={gc} />
      {gc.error !== null && <ErrorState error={gc.error} retry={gc.retry} />}
      {gc.error === null && gc.series === undefined && <Waiting />}
      {gc.series !== undefined && (
        <Charts place={place} summary={summary} gc={gc} charts={charts} onZoom={zoom} onSelect={select} />
      )}
      <SkippedLines summary={summary} />
      <GcTable place={place} summary={summary} axis={gc.jstatAxis} onSelect={select} />
    </>
  )
}

interface ChartsProps {
  readonly place: GcPlace
  readonly summary: JstatSummary
  readonly gc: GcSeries
  readonly charts: { readonly current: HTMLDivElement | null }
  readonly onZoom: (window: Window) => void
  readonly onSelect: (row: number) => void
}

function Charts({ place, summary, gc, charts, onZoom, onSelect }: ChartsProps) {
  const { t, i18n } = useTranslation()
  const { replace } = useNavigation()
  const { axis, extent, window, series, whole, overlay } = gc
  const selectedX = useSelectedX(place, summary, gc)
  const marked = useMarkedFinding(place, summary, gc)
  if (series === undefined) return undefined
  const text = (x: number) => positionText(t, axis, x, i18n.language)
  const short = (x: number) => tickText(axis, x, window.to - window.from, i18n.language)
  const words = { from: text(window.from), to: text(window.to) }
  return (
    <>
      <div className={styles['toolbar']}>
        <Legend
          entries={legendOf(t, series)}
          hidden={place.hidden}
          onChange={(hidden) => replace({ ...place, hidden })}
        />
        <ZoomButtons
          extent={extent}
          window={window}
          text={`${short(window.from)} – ${short(window.to)}`}
          onZoom={onZoom}
        />
      </div>
      <div ref={charts}>
        <ChartStack
          label={t('gc.chartLabel', words)}
          axis={axis}
          extent={extent}
          window={window}
          onZoom={onZoom}
          onSelectAt={(x) => {
            const row = series.row[nearest(series.x, x)]
            if (row !== undefined) onSelect(row)
          }}
          next={(x, direction) => neighbour(series.x, x, direction)}
          selectedX={selectedX}
          highlighted={marked}
          tooltip={(x) => <GcTooltip axis={axis} series={series} overlay={overlay} hidden={place.hidden} x={x} />}
          markers={<GcMarkers place={place} extent={extent} window={window} />}
        >
          <GcCharts series={series} overlay={overlay} unit={place.unit} hidden={place.hidden} window={window} />
        </ChartStack>
      </div>
      {whole !== undefined && (
        <Brush
          extent={extent}
          window={window}
          silhouette={{ x: whole.x, y: inShares(whole.spaces.O?.percent ?? whole.spaces.E?.percent ?? []) }}
          valueText={text}
          onZoom={onZoom}
        />
      )}
      <WindowSentence series={series} overlay={overlay} summary={summary} />
    </>
  )
}

function inShares(percent: readonly (number | null)[]): readonly (number | null)[] {
  return percent.map((value) => (value === null ? null : value / 100))
}

/** Where the selected row lies on the axis. */
function useSelectedX({ row, ...place }: GcPlace, { axis }: JstatSummary, gc: GcSeries): number | undefined {
  const isRow = gc.jstatAxis === 'own' && axis === 'row'
  const window = { axis: gc.jstatAxis, from: undefined, to: undefined }
  const { data } = useQuery({
    ...jstatRowsQuery(place, window, (row ?? 1) - 1, 1),
    enabled: !isRow && row !== undefined,
  })
  if (row === undefined) return undefined
  return isRow ? row : data?.rows[0]?.x
}
