/** The charts in words: what a reader of the picture sees in the window that is shown. */
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { JstatSeries, JstatSummary } from '@heaptrail/api/jstat'
import { highestOf } from '../../charts/scale.ts'
import { formatCount, formatDecimal, formatShare } from '../../format/count.ts'
import type { OverlaySeries } from './gc-charts.tsx'
import styles from './gc-view.module.css'

interface WindowSentenceProps {
  readonly series: JstatSeries
  readonly overlay: OverlaySeries | undefined
  readonly summary: JstatSummary
}

export function WindowSentence({ series, overlay, summary }: WindowSentenceProps) {
  const { t } = useTranslation()
  const notes = [
    t(`gc.axis.${overlay === undefined ? summary.axis : 'elapsed'}`),
    ...(summary.headerAssumed ? [t('gc.headerAssumed')] : []),
    ...(summary.capacities === 'user' || summary.capacities === 'case'
      ? [t(`gc.capacities.${summary.capacities}`)]
      : []),
    ...(overlay !== undefined && series.pace !== 'clock' ? [t(`gc.pace.${series.pace}`)] : []),
  ]
  return (
    <div className={styles['words']}>
      <p>{windowText(t, series)}</p>
      <p className={styles['dim']}>{notes.join(' · ')}</p>
    </div>
  )
}

export function windowText(t: TFunction, series: JstatSeries): string {
  const parts = [t('gc.window.rows', { count: series.rowsInWindow, formatted: formatCount(series.rowsInWindow) })]
  for (const name of ['O', 'E'] as const) {
    const values = series.spaces[name]?.percent.filter((value) => value !== null) ?? []
    const last = values.at(-1)
    if (last === undefined) continue
    parts.push(t(`gc.window.${name}`, { range: rangeText(values), last: percentText(last) }))
  }
  parts.push(...collectionTexts(t, series))
  // Chinese sentences stand side by side without a space.
  return parts.join(parts[0]?.endsWith('。') === true ? '' : ' ')
}

function collectionTexts(t: TFunction, { intervals }: JstatSeries): readonly string[] {
  const sum = (values: readonly (number | null)[]) =>
    values.some((value) => value !== null)
      ? values.reduce<number>((total, value) => total + (value ?? 0), 0)
      : undefined
  const kinds = (['young', 'full', 'concurrent'] as const).flatMap((kind) => {
    const count = sum(intervals[kind])
    return count === undefined ? [] : [t(`gc.window.${kind}`, { count, formatted: formatCount(count) })]
  })
  const seconds = sum(intervals.gcSeconds)
  const share = highestOf(intervals.gcShare)
  const texts: string[] = []
  if (kinds.length > 0) texts.push(t('gc.window.collections', { kinds: kinds.join(t('gc.window.and')) }))
  if (seconds !== undefined)
    texts.push(t('gc.window.seconds', { seconds: formatDecimal(Math.round(seconds * 1000) / 1000) }))
  if (share > 0) texts.push(t('gc.window.share', { share: formatShare(share / 100) }))
  return texts
}

/** `100 %`, `99.8–100 %` */
function rangeText(values: readonly number[]): string {
  const low = percentText(Math.min(...values))
  const high = percentText(Math.max(...values))
  return low === high ? high : `${low.slice(0, -2)}–${high}`
}

function percentText(value: number): string {
  return `${formatDecimal(Math.round(value * 10) / 10)} %`
}
