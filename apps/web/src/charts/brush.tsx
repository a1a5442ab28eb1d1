/** Everything in small, with the window on it: its edges and the window itself can be dragged. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useBrush } from './brush-gestures.ts'
import type { Window } from './window.ts'
import styles from './charts.module.css'

const HEIGHT = 100

interface BrushProps {
  readonly extent: Window
  readonly window: Window
  /** What is drawn in small; 0 to 1, null where it is unknown. */
  readonly silhouette: { readonly x: readonly number[]; readonly y: readonly (number | null)[] }
  readonly valueText: (x: number) => string
  readonly onZoom: (window: Window) => void
}

export function Brush({ extent, window, silhouette, valueText, onZoom }: BrushProps) {
  const { t } = useTranslation()
  const { strip, shown, grip } = useBrush(extent, window, onZoom)
  const percent = (value: number) => `${((value - extent.from) / (extent.to - extent.from || 1)) * 100}%`
  const slider = (name: 'from' | 'to') => ({
    role: 'slider',
    tabIndex: 0,
    'aria-label': t(`chart.brush.${name}`),
    'aria-valuemin': extent.from,
    'aria-valuemax': extent.to,
    'aria-valuenow': window[name],
    'aria-valuetext': valueText(window[name]),
    className: styles['grip'],
    style: { left: percent(shown[name]) },
    ...grip(name),
  })
  return (
    <div className={styles['brush']} role="group" aria-label={t('chart.brush.title')}>
      <div ref={strip} className={styles['strip']}>
        <Silhouette extent={extent} {...silhouette} />
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

function Silhouette({ extent, x, y }: { extent: Window } & BrushProps['silhouette']) {
  const path = useMemo(() => {
    const width = extent.to - extent.from || 1
    const points = x.flatMap((position, index) => {
      const value = y[index]
      return value === null || value === undefined
        ? []
        : [`${(((position - extent.from) / width) * 1000).toFixed(1)},${((1 - value) * HEIGHT).toFixed(1)}`]
    })
    const [first] = points
    const last = points.at(-1)
    if (first === undefined || last === undefined) return ''
    return `M${first.split(',')[0]},${HEIGHT} L${points.join(' L')} L${last.split(',')[0]},${HEIGHT} Z`
  }, [extent, x, y])
  return (
    <svg viewBox={`0 0 1000 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden className={styles['silhouette']}>
      <path d={path} fill="var(--ht-bar)" />
    </svg>
  )
}
