/** Charts over one window: one cursor, one selection, one set of markers, one tooltip for all of them. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { tickText, ticksOf, type Axis } from './axis.ts'
import { PLOT, useChartGestures, type Cursor } from './gestures.ts'
import type { Extent, Window } from './window.ts'
import styles from './charts.module.css'

interface ChartStackProps {
  readonly label: string
  readonly axis: Axis
  readonly extent: Extent
  readonly window: Window
  readonly onZoom: (window: Window) => void
  /** A click, or Enter at the cursor. */
  readonly onSelectAt?: (x: number) => void
  /** The point beside a position, for keys. */
  readonly next: (x: number | undefined, direction: -1 | 1) => number | undefined
  readonly selectedX?: number | undefined
  /** Shaded: where the evidence of a finding lies. */
  readonly highlighted?: Window | undefined
  /** What stands at the cursor. */
  readonly tooltip: (x: number) => ReactNode
  /** Of other evidence, placed with `Marker`. */
  readonly markers?: ReactNode
  readonly children: ReactNode
}

export function ChartStack({ window, axis, children, markers, tooltip, ...props }: ChartStackProps) {
  const { frame, selecting, cursor, handlers } = useChartGestures({ ...props, window, onSelectAt: props.onSelectAt })
  const share = (x: number) => (x - window.from) / (window.to - window.from || 1)
  return (
    // Keys and drags work on the picture as a whole; tables and sentences around it say the same in text.
    <div
      ref={frame}
      role="application"
      aria-label={props.label}
      tabIndex={0}
      className={styles['stack']}
      style={{ '--plot-left': `${PLOT.left}px`, '--plot-right': `${PLOT.right}px` }}
      {...handlers}
    >
      {children}
      <TickRow axis={axis} window={window} />
      <div className={styles['over']}>
        {props.highlighted !== undefined && <Shade {...props.highlighted} share={share} name="highlighted" />}
        {selecting !== undefined && <Shade {...selecting} share={share} name="selecting" />}
        {props.selectedX !== undefined && isInside(props.selectedX, window) && (
          <div className={styles['selected']} style={{ left: percent(share(props.selectedX)) }} />
        )}
        {cursor !== undefined && isInside(cursor.x, window) && (
          <div className={styles['cursor']} style={{ left: percent(share(cursor.x)) }} />
        )}
        {markers}
        {cursor !== undefined && isInside(cursor.x, window) && (
          <Tooltip cursor={cursor} share={share(cursor.x)}>
            {tooltip(cursor.x)}
          </Tooltip>
        )}
      </div>
    </div>
  )
}

function Tooltip({ cursor, share, children }: { cursor: Cursor; share: number; children: ReactNode }) {
  if (children === undefined || children === null) return undefined
  const style =
    share < 0.5 ? { left: `calc(${percent(share)} + 12px)` } : { right: `calc(${percent(1 - share)} + 12px)` }
  return (
    <div className={styles['tooltip']} style={style} role={cursor.byKeys ? 'status' : undefined}>
      {children}
    </div>
  )
}

function Shade({ from, to, share, name }: Window & { share: (x: number) => number; name: string }) {
  const left = Math.max(0, share(from))
  const right = Math.min(1, share(to))
  if (right < left) return undefined
  return <div className={styles[name]} style={{ left: percent(left), right: percent(1 - right) }} />
}

/** Something at a moment, or over a span: its foot stands on the axis. */
export function Marker({
  window,
  at,
  className,
  children,
}: {
  window: Window
  at: number
  className?: string
  children: ReactNode
}) {
  if (!isInside(at, window)) return undefined
  return (
    <div
      className={`${styles['marker']} ${className ?? ''}`}
      style={{ left: percent((at - window.from) / (window.to - window.from || 1)) }}
    >
      {children}
    </div>
  )
}

function TickRow({ axis, window }: { axis: Axis; window: Window }) {
  const { i18n } = useTranslation()
  const width = window.to - window.from
  return (
    <div className={styles['ticks']} aria-hidden>
      {ticksOf(axis, window, 8).map((at) => (
        <span
          key={at}
          data-picture-text
          data-last={(at - window.from) / (width || 1) > 0.97 || undefined}
          style={{ left: percent((at - window.from) / (width || 1)) }}
        >
          {tickText(axis, at, width, i18n.language)}
        </span>
      ))}
    </div>
  )
}

function isInside(x: number, { from, to }: Window): boolean {
  return x >= from && x <= to
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`
}
