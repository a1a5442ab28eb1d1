/** Memory and processor time of a process over the samples. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TopOutput, TopProcess } from '@heaptrail/api/top-output'
import { positionText, type Axis } from '../../charts/axis.ts'
import { ChartStack } from '../../charts/chart-stack.tsx'
import { nearest, neighbour } from '../../charts/gestures.ts'
import { Legend } from '../../charts/legend.tsx'
import { LineOfItsOwn } from '../../charts/marks.tsx'
import { Plot } from '../../charts/plot.tsx'
import { byteTicks, decimalTicks, highestOf } from '../../charts/scale.ts'
import type { Extent, Window } from '../../charts/window.ts'
import { formatBytes, formatRoundBytes } from '../../format/bytes.ts'
import { formatDecimal } from '../../format/count.ts'

const NO_DATA = [] as const
/** Points are marked while there are few of them. */
const MOST_DOTS = 60

interface MemorySeries {
  readonly name: 'RES' | 'VIRT' | 'heap'
  readonly values: readonly (number | null)[]
  readonly color: string
  readonly dash?: string
}

export function ProcessChart({ process, output }: { process: TopProcess; output: TopOutput }) {
  const { t } = useTranslation()
  const [hidden, setHidden] = useState<readonly string[]>(['VIRT'])
  const x = process.samples.map((sample) => output.samples[sample]?.at ?? 0)
  const { extent, axis } = axisOf(x, output)
  const [window, setWindow] = useState<Window>(extent)
  const all = memoryOf(process)
  const memory = all.filter(({ name }) => !hidden.includes(name))
  const dots = x.length < MOST_DOTS
  const line = (name: MemorySeries['name'] | 'CPU', color: string) =>
    ({ name, title: t(`top.series.${name}`), color, look: 'line' }) as const
  return (
    <>
      <Legend
        entries={[...all.map(({ name, color }) => line(name, color)), line('CPU', CPU)]}
        hidden={hidden}
        onChange={setHidden}
      />
      <ChartStack
        label={t('top.chartLabel', { command: process.command })}
        axis={axis}
        extent={extent}
        window={window}
        onZoom={({ from, to }) => setWindow({ from: Math.max(extent.from, from), to: Math.min(extent.to, to) })}
        next={(from, direction) => neighbour(x, from, direction)}
        tooltip={(at) => <Values process={process} memory={memory} axis={axis} x={x} at={at} />}
      >
        <Plot
          title={t('top.memory')}
          size="medium"
          data={NO_DATA}
          window={window}
          ticks={byteTicks(highestOf(...memory.map(({ values }) => values)), 4)}
          format={formatRoundBytes}
        >
          {memory.map(({ name, values, ...look }) => (
            <LineOfItsOwn key={name} x={x} y={values} {...look} width={2} dots={dots} />
          ))}
        </Plot>
        {!hidden.includes('CPU') && (
          <Plot
            title={t('top.cpu')}
            size="small"
            data={NO_DATA}
            window={window}
            ticks={decimalTicks(highestOf(process.cpuPercent), 2)}
            format={percentText}
          >
            <LineOfItsOwn x={x} y={process.cpuPercent} color={CPU} width={1.5} dots={dots} />
          </Plot>
        )}
      </ChartStack>
    </>
  )
}

const CPU = 'var(--ht-gc-time)'

function memoryOf({ residentBytes, virtualBytes, heap }: TopProcess): readonly MemorySeries[] {
  return [
    { name: 'RES', values: residentBytes, color: 'var(--ht-accent)' },
    { name: 'VIRT', values: virtualBytes, color: 'var(--ht-dim)' },
    ...(heap?.kind === 'committed'
      ? [{ name: 'heap', values: heap.committedBytes, color: 'var(--ht-gen-old)', dash: '4 3' } as const]
      : []),
  ]
}

/** Samples whose moment is a guess are counted from the first one. */
function axisOf(x: readonly number[], { time }: TopOutput): { readonly extent: Extent; readonly axis: Axis } {
  const [first = 0] = x
  const last = x.at(-1) ?? first
  const [from, to] = last > first ? [first, last] : [first - 500, last + 500]
  const axis: Axis = time.source === 'guessed' ? { unit: 'since', origin: first } : { unit: 'time' }
  return { extent: { from, to, least: Math.min(1000, to - from), step: 1 }, axis }
}

interface ValuesProps {
  readonly process: TopProcess
  readonly memory: readonly MemorySeries[]
  readonly axis: Axis
  readonly x: readonly number[]
  readonly at: number
}

function Values({ process, memory, axis, x, at }: ValuesProps) {
  const { t, i18n } = useTranslation()
  const index = nearest(x, at)
  const cpu = process.cpuPercent[index]
  return (
    <>
      <b>{positionText(t, axis, x[index] ?? at, i18n.language)}</b>
      <dl>
        {memory.map(({ name, values }) => {
          const bytes = values[index]
          return (
            <div key={name}>
              <dt>{t(`top.series.${name}`)}</dt>
              <dd>{typeof bytes === 'number' ? formatBytes(bytes) : '–'}</dd>
            </div>
          )
        })}
        <div>
          <dt>{t('top.series.CPU')}</dt>
          <dd>{typeof cpu === 'number' ? percentText(cpu) : '–'}</dd>
        </div>
      </dl>
    </>
  )
}

function percentText(value: number): string {
  return `${formatDecimal(value)} %`
}
