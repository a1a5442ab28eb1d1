/** One chart of a stack: recharts draws grid, axis and series; cursor, selection and markers belong to the stack. */
import { memo, type ReactNode } from 'react'
import { CartesianGrid, ComposedChart, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { PLOT } from './gestures.ts'
import type { Window } from './window.ts'
import styles from './charts.module.css'

/** Room for the halves of the highest and the lowest label. */
const MARGIN = { top: 7, right: PLOT.right, bottom: 7, left: 0 }
const TICK = { fill: 'var(--ht-dim)', fontSize: 11 }

/** One record per position, series by name. */
export interface Datum {
  readonly x: number
  readonly [series: string]: number | null
}

interface PlotProps {
  /** What the vertical axis measures; stands above it. */
  readonly title: string
  readonly size: 'large' | 'medium' | 'small'
  readonly data: readonly Datum[]
  readonly window: Window
  /** Round values from 0 up, the last one is the top. */
  readonly ticks: readonly number[]
  readonly format: (value: number) => string
  /** recharts' series, and what is drawn with its scales. */
  readonly children: ReactNode
}

/** Hovering changes nothing in here: a stack moves its cursor over charts that are drawn once per window. */
export const Plot = memo(function Plot({ title, size, data, window, ticks, format, children }: PlotProps) {
  return (
    <figure className={styles[size]} data-plot>
      <figcaption className={styles['caption']} data-picture-text>
        {title}
      </figcaption>
      <div className={styles['drawing']} aria-hidden>
        <ResponsiveContainer width="100%" height="100%" debounce={50}>
          <ComposedChart data={data} margin={MARGIN} accessibilityLayer={false} barCategoryGap="12%">
            <CartesianGrid vertical={false} stroke="var(--ht-line)" />
            <XAxis dataKey="x" type="number" domain={[window.from, window.to]} allowDataOverflow hide />
            <YAxis
              domain={[0, ticks.at(-1) ?? 1]}
              ticks={ticks}
              interval={0}
              width={PLOT.left}
              tick={TICK}
              tickLine={false}
              axisLine={false}
              tickFormatter={format}
              allowDataOverflow
            />
            {children}
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </figure>
  )
})
