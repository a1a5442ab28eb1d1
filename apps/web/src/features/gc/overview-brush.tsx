/** The whole log in small, with the window on it: its edges and the window itself can be dragged. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { JstatSummary } from '@heaptrail/api/jstat'
import { formatDecimal } from '../../format/count.ts'
import { jstatSeriesQuery } from '../../server/jstat.ts'
import { moveBy, type Window } from './zoom.ts'
import styles from './gc-view.module.css'

const POINTS = 300
const HEIGHT = 100
const KEY_STEPS = 50
const EVERYTHING = { from: undefined, to: undefined }

interface OverviewBrushProps {
  readonly artifactId: string
  readonly summary: JstatSummary
  readonly window: Window
  readonly unit: string
  readonly onZoom: (window: Window) => void
}

type Grip = 'from' | 'to' | 'window'

export function OverviewBrush({ artifactId, summary, window, unit, onZoom }: OverviewBrushProps) {
  const { t } = useTranslation()
  const strip = useRef<HTMLDivElement>(null)
  const [dragged, setDragged] = useState<{ grip: Grip; startX: number; start: Window; now: Window } | undefined>(
    undefined,
  )
  const shown = dragged?.now ?? window
  const width = summary.to - summary.from || 1
  const share = (value: number) => (value - summary.from) / width

  function change(grip: Grip, start: Window, by: number): Window {
    if (grip === 'window') return moveBy(summary, start, by / (start.to - start.from))
    const edge = Math.min(summary.to, Math.max(summary.from, start[grip] + by))
    return grip === 'from'
      ? { from: Math.min(edge, start.to), to: start.to }
      : { from: start.from, to: Math.max(edge, start.from) }
  }
  const grip = (name: Grip) => ({
    onPointerDown(event: PointerEvent<HTMLElement>) {
      event.currentTarget.setPointerCapture(event.pointerId)
      setDragged({ grip: name, startX: event.clientX, start: window, now: window })
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const pixels = strip.current?.clientWidth ?? 1
      if (dragged === undefined) return
      setDragged({
        ...dragged,
        now: change(dragged.grip, dragged.start, ((event.clientX - dragged.startX) / pixels) * width),
      })
    },
    onPointerUp() {
      setDragged(undefined)
      if (dragged !== undefined && dragged.now !== dragged.start) onZoom(dragged.now)
    },
    onPointerCancel: () => setDragged(undefined),
    onKeyDown(event: KeyboardEvent) {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
      if (step === undefined) return
      event.preventDefault()
      onZoom(change(name, window, (step * width) / KEY_STEPS))
    },
  })
  const slider = (name: 'from' | 'to') => ({
    role: 'slider',
    tabIndex: 0,
    'aria-label': t(`gc.brush.${name}`),
    'aria-valuemin': summary.from,
    'aria-valuemax': summary.to,
    'aria-valuenow': window[name],
    'aria-valuetext': `${formatDecimal(window[name])} ${unit}`,
    className: styles['grip'],
    style: { left: `${share(shown[name]) * 100}%` },
    ...grip(name),
  })
  return (
    <div className={styles['brush']} role="group" aria-label={t('gc.brush.title')}>
      <div ref={strip} className={styles['strip']}>
        <Silhouette artifactId={artifactId} summary={summary} />
        <div className={styles['outside']} style={{ left: 0, width: `${share(shown.from) * 100}%` }} />
        <div className={styles['outside']} style={{ left: `${share(shown.to) * 100}%`, right: 0 }} />
        <div
          role="presentation"
          className={styles['inside']}
          style={{ left: `${share(shown.from) * 100}%`, width: `${(share(shown.to) - share(shown.from)) * 100}%` }}
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
