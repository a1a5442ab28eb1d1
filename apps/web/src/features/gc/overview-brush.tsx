/** The whole log in small, with the window on it: its edges and the window itself can be dragged. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { JstatSummary } from '@heaptrail/api/jstat'
import { formatDecimal } from '../../format/count.ts'
import { jstatSeriesQuery } from '../../server/jstat.ts'
import { useBrush } from './brush-gestures.ts'
import type { Window } from './zoom.ts'
import styles from './gc-view.module.css'

const POINTS = 300
const HEIGHT = 100
const EVERYTHING = { from: undefined, to: undefined }

interface OverviewBrushProps {
  readonly artifactId: string
  readonly summary: JstatSummary
  readonly window: Window
  readonly unit: string
  readonly onZoom: (window: Window) => void
}

export function OverviewBrush({ artifactId, summary, window, unit, onZoom }: OverviewBrushProps) {
  const { t } = useTranslation()
  const { strip, shown, grip } = useBrush(summary, window, onZoom)
  const percent = (value: number) => `${((value - summary.from) / (summary.to - summary.from || 1)) * 100}%`
  const slider = (name: 'from' | 'to') => ({
    role: 'slider',
    tabIndex: 0,
    'aria-label': t(`gc.brush.${name}`),
    'aria-valuemin': summary.from,
    'aria-valuemax': summary.to,
    'aria-valuenow': window[name],
    'aria-valuetext': `${formatDecimal(window[name])} ${unit}`,
    className: styles['grip'],
    style: { left: percent(shown[name]) },
    ...grip(name),
  })
  return (
    <div className={styles['brush']} role="group" aria-label={t('gc.brush.title')}>
      <div ref={strip} className={styles['strip']}>
        <Silhouette artifactId={artifactId} summary={summary} />
        <div className={styles['outside']} style={{ left: 0, width: percent(shown.from) }} />
        <div className={styles['outside']} style={{ left: percent(shown.to), right: 0 }} />
        <div
          role="presentation"
          className={styles['inside']}
          style={{ left: percent(shown.from), right: `calc(100% - ${percent(shown.to)})` }}
          {...grip('window')}
        />
        <div {...slider('from')} />
        <div {...slider('to')} />
      </div>
    </div>
  )
}

/** The old generation, or what comes nearest to it in this log. */
function Silhouette({ artifactId, summary }: { artifactId: string; summary: JstatSummary }) {
  const { data } = useQuery(jstatSeriesQuery(artifactId, EVERYTHING, POINTS))
  const path = useMemo(() => {
    const values = data?.values['O'] ?? data?.values['E'] ?? []
    const width = summary.to - summary.from || 1
    const points = (data?.x ?? []).flatMap((x, index) => {
      const value = values[index]
      return value === null || value === undefined
        ? []
        : [`${(((x - summary.from) / width) * 1000).toFixed(1)},${(HEIGHT - value).toFixed(1)}`]
    })
    const [first] = points
    const last = points.at(-1)
    if (first === undefined || last === undefined) return ''
    return `M${first.split(',')[0]},${HEIGHT} L${points.join(' L')} L${last.split(',')[0]},${HEIGHT} Z`
  }, [data, summary])
  return (
    <svg viewBox={`0 0 1000 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden className={styles['silhouette']}>
      <path d={path} fill="var(--ht-bar)" />
    </svg>
  )
}
