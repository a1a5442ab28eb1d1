/** The generations over time, the collections, and the rows behind them: one window for all. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { JstatSummary } from '@heaptrail/api/jstat'
import { formatCount } from '../../format/count.ts'
import { jstatRowsQuery, jstatSummaryQuery } from '../../server/jstat.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewHead } from '../../widgets/view-head.tsx'
import { EndSentence } from './end-sentence.tsx'
import { GcCharts } from './gc-charts.tsx'
import { GcTable } from './gc-table.tsx'
import { Legend } from './legend.tsx'
import { OverviewBrush } from './overview-brush.tsx'
import { SkippedLines } from './skipped-lines.tsx'
import { ZoomButtons } from './zoom-buttons.tsx'
import { spanOf, windowOf, type Window } from './zoom.ts'
import styles from './gc-view.module.css'

type GcPlace = PlaceOf<'gc'>
const EVERYTHING = { from: undefined, to: undefined }

export function GcView({ place }: { place: GcPlace }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(jstatSummaryQuery(place.artifactId))
  if (error !== null) return <ErrorState whole error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  if (data.rows === 0)
    return (
      <EmptyState whole title={t('gc.none')}>
        {t('gc.noneHint')}
      </EmptyState>
    )
  return <Charts place={place} summary={data} />
}

function Charts({ place, summary }: { place: GcPlace; summary: JstatSummary }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const window = windowOf(summary, place)
  const selectedX = useSelectedX(place, summary)
  const zoom = (next: Window) => replace({ ...place, ...spanOf(summary, next) })
  const select = (row: number) => replace({ ...place, row })
  const unit = t(`gc.unit.${summary.axis}`)
  return (
    <>
      <ViewHead title={t('view.gc')}>
        <Legend columns={summary.columns} hidden={place.hidden} onChange={(hidden) => replace({ ...place, hidden })} />
      </ViewHead>
      <div className={styles['above']}>
        <EndSentence artifactId={place.artifactId} summary={summary} />
        <ZoomButtons extent={summary} window={window} unit={unit} onZoom={zoom} />
      </div>
      <GcCharts place={place} summary={summary} window={window} selectedX={selectedX} onZoom={zoom} onSelect={select} />
      <OverviewBrush artifactId={place.artifactId} summary={summary} window={window} unit={unit} onZoom={zoom} />
      <p className={styles['axis']}>
        {t(`gc.axis.${summary.axis}`)} ·{' '}
        {t('gc.rowsTotal', { count: summary.rows, formatted: formatCount(summary.rows) })}
      </p>
      <SkippedLines summary={summary} />
      <GcTable place={place} summary={summary} onSelect={select} />
    </>
  )
}

/** Where the selected row lies on the axis. */
function useSelectedX({ artifactId, row }: GcPlace, { axis }: JstatSummary): number | undefined {
  const wanted = axis === 'seconds' && row !== undefined
  const { data } = useQuery({ ...jstatRowsQuery(artifactId, EVERYTHING, (row ?? 1) - 1, 1), enabled: wanted })
  return axis === 'row' ? row : data?.rows[0]?.x
}
