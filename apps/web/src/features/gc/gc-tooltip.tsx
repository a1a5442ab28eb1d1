/** What stands at the cursor: the spaces of the nearest row, and the interval around it. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { JstatSeries, SpaceName } from '@heaptrail/api/jstat'
import { positionText, type Axis } from '../../charts/axis.ts'
import { nearest } from '../../charts/gestures.ts'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount, formatDecimal, formatShare } from '../../format/count.ts'
import { formatRate } from '../../format/rate.ts'
import { formatSeconds } from '../../format/time.ts'
import type { OverlaySeries } from './gc-charts.tsx'
import { COLLECTIONS, COLOR, legendOf, spacesIn } from './series-list.ts'
import styles from './gc-view.module.css'

interface GcTooltipProps {
  readonly axis: Axis
  readonly series: JstatSeries
  readonly overlay: OverlaySeries | undefined
  readonly hidden: readonly string[]
  readonly x: number
}

export function GcTooltip({ axis, series, overlay, hidden, x }: GcTooltipProps) {
  const { t, i18n } = useTranslation()
  const index = nearest(series.x, x)
  if (index === -1) return undefined
  const over = overlay === undefined ? -1 : nearest(overlay.series.x, x - overlay.shift)
  const isShown = ({ name }: { name: string }) => !hidden.includes(name)
  const order = legendOf(t, series).map(({ name }) => name)
  const spaces = spacesIn(series)
    .filter(isShown)
    .toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
  const row = t('gc.row', { row: formatCount(series.row[index] ?? 0) })
  return (
    <>
      <b>
        {axis.unit !== 'row' && `${positionText(t, axis, series.x[index] ?? x, i18n.language)} · `}
        {row}
      </b>
      <dl>
        {spaces.map(({ name, color }) => (
          <Line key={name} color={color} title={t(`gc.series.${name}`)}>
            {spaceText(series, name, index)}
            {over !== -1 && overlay !== undefined && (
              <span className={styles['over']}> {spaceText(overlay.series, name, over)}</span>
            )}
          </Line>
        ))}
        <IntervalLines series={series} isShown={isShown} x={x} />
      </dl>
    </>
  )
}

/** `97.2 % · 61.9 MiB` */
function spaceText({ spaces }: JstatSeries, name: SpaceName, index: number): string {
  const percent = spaces[name]?.percent[index]
  const kb = spaces[name]?.usedKb?.[index]
  const texts = [
    percent === null || percent === undefined ? undefined : `${formatDecimal(percent)} %`,
    kb === null || kb === undefined ? undefined : formatBytes(kb * 1024),
  ]
  return texts.filter((text) => text !== undefined).join(' · ') || '–'
}

interface IntervalLinesProps {
  readonly series: JstatSeries
  readonly isShown: (entry: { name: string }) => boolean
  readonly x: number
}

function IntervalLines({ series: { intervals, rateUnit }, isShown, x }: IntervalLinesProps) {
  const { t } = useTranslation()
  const index = intervals.from.findLastIndex((from) => from <= x)
  const at = (values: readonly (number | null)[]) => values[index] ?? null
  const share = at(intervals.gcShare)
  const seconds = at(intervals.gcSeconds)
  const per = t(`gc.per.${rateUnit}`)
  const rates = [
    { name: 'alloc', color: COLOR.alloc, kb: at(intervals.allocationKb) },
    { name: 'promo', color: COLOR.promo, kb: at(intervals.promotionKb) },
  ] as const
  return (
    <>
      {COLLECTIONS.filter(isShown).map(({ name, key, color }) => {
        const count = at(intervals[key])
        return (
          count !== null && (
            <Line key={name} color={color} title={t(`gc.series.${name}`)}>
              +{formatCount(count)}
            </Line>
          )
        )
      })}
      {isShown({ name: 'time' }) && seconds !== null && (
        <Line color={COLOR.time} title={t('gc.series.time')}>
          {formatSeconds(seconds)}
          {share !== null && ` · ${formatShare(share / 100)}`}
        </Line>
      )}
      {rates.filter(isShown).map(
        ({ name, color, kb }) =>
          kb !== null && (
            <Line key={name} color={color} title={t(`gc.series.${name}`)}>
              {formatRate(kb, per)}
            </Line>
          ),
      )}
    </>
  )
}

function Line({ color, title, children }: { color: string; title: string; children: ReactNode }) {
  return (
    <div>
      <dt>
        <span className={styles['swatch']} style={{ background: color }} /> {title}
      </dt>
      <dd>{children}</dd>
    </div>
  )
}
