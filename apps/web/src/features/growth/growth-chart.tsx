/** A line for each of the rows that grew most, on the time axis of the case; in order where times are guesses. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeapGrowth } from '@heaptrail/api/heap-growth'
import type { GrowthFigure } from '@heaptrail/api/place-growth'
import { positionText, type Axis } from '../../charts/axis.ts'
import { ChartStack } from '../../charts/chart-stack.tsx'
import { nearest, neighbour } from '../../charts/gestures.ts'
import { Legend } from '../../charts/legend.tsx'
import { LineOfItsOwn } from '../../charts/marks.tsx'
import { Plot } from '../../charts/plot.tsx'
import { byteTicks, decimalTicks, highestOf } from '../../charts/scale.ts'
import type { Extent, Window } from '../../charts/window.ts'
import { formatBytes, formatRoundBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import type { GrowthRow } from './growth-rows.ts'
import styles from './growth.module.css'

const NO_DATA = [] as const
const COLORS = ['gen-old', 'gen-survivor1', 'gen-eden', 'gen-meta', 'gen-classes', 'gen-survivor0'].map(
  (name) => `var(--ht-${name})`,
)

interface GrowthChartProps {
  readonly growth: HeapGrowth
  readonly rows: readonly GrowthRow[]
  readonly figure: GrowthFigure
}

export function GrowthChart({ growth: { dumps }, rows, figure }: GrowthChartProps) {
  const { t } = useTranslation()
  const [hidden, setHidden] = useState<readonly string[]>([])
  const isKnown = dumps.every(({ time }) => time.source !== 'guessed')
  const x = dumps.map(({ time }, place) => (isKnown ? time.from : place + 1))
  const axis: Axis = { unit: isKnown ? 'time' : 'row' }
  const extent = extentOf(x, isKnown)
  const [zoom, setZoom] = useState<Window>()
  const lines = rows.slice(0, COLORS.length).map((row, place) => ({ ...row, color: COLORS[place] ?? 'var(--ht-dim)' }))
  const shown = lines.filter(({ name }) => !hidden.includes(name))
  const highest = highestOf(...shown.map(({ figures }) => figures))
  const format = figure === 'objects' ? formatCount : formatBytes
  if (lines.length === 0) return undefined
  return (
    <>
      <div className={styles['legend']}>
        <Legend
          entries={lines.map(({ name, title, color }) => ({ name, title, color, look: 'line' as const }))}
          hidden={hidden}
          onChange={setHidden}
        />
      </div>
      <ChartStack
        label={t('heapGrowth.chartLabel')}
        axis={axis}
        extent={extent}
        window={zoom ?? extent}
        onZoom={({ from, to }) => setZoom({ from: Math.max(extent.from, from), to: Math.min(extent.to, to) })}
        next={(from, direction) => neighbour(x, from, direction)}
        tooltip={(at) => <Values of={{ dumps, lines: shown, axis, x, format }} at={at} />}
      >
        <Plot
          title={t(figure === 'objects' ? 'heapGrowth.objects' : 'heapGrowth.retained')}
          size="large"
          data={NO_DATA}
          window={zoom ?? extent}
          ticks={figure === 'objects' ? decimalTicks(highest, 4) : byteTicks(highest, 4)}
          format={figure === 'objects' ? formatCount : formatRoundBytes}
        >
          {shown.map(({ name, figures, color }) => (
            <LineOfItsOwn key={name} x={x} y={figures} color={color} width={2} dots />
          ))}
        </Plot>
      </ChartStack>
    </>
  )
}

function extentOf(x: readonly number[], isKnown: boolean): Extent {
  const [first = 0] = x
  const last = x.at(-1) ?? first
  // Points stand within the picture, not at its edge.
  const room = Math.max((last - first) * 0.03, isKnown ? 500 : 0.1)
  return { from: first - room, to: last + room, least: isKnown ? 1000 : 1, step: 1 }
}

interface ValuesProps {
  readonly of: {
    readonly dumps: HeapGrowth['dumps']
    readonly lines: readonly GrowthRow[]
    readonly axis: Axis
    readonly x: readonly number[]
    readonly format: (value: number) => string
  }
  readonly at: number
}

function Values({ of: { dumps, lines, axis, x, format }, at }: ValuesProps) {
  const { t, i18n } = useTranslation()
  const index = nearest(x, at)
  return (
    <>
      <b>{dumps[index]?.name}</b> {axis.unit === 'time' && positionText(t, axis, x[index] ?? at, i18n.language)}
      <dl>
        {lines.map(({ name, title, figures }) => (
          <div key={name}>
            <dt>{title}</dt>
            <dd>{format(figures[index] ?? 0)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
