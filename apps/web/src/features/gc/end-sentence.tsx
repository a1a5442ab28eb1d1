/** The sentence above the chart. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { JstatSummary } from '@heaptrail/api/jstat'
import { formatCount, formatDecimal, formatShare } from '../../format/count.ts'
import { jstatRowsQuery } from '../../server/jstat.ts'
import { END_ROWS, logEnd, type LogEnd, type Range } from './log-end.ts'
import styles from './gc-view.module.css'

const EVERYTHING = { from: undefined, to: undefined }

export function EndSentence({ artifactId, summary }: { artifactId: string; summary: JstatSummary }) {
  const { t } = useTranslation()
  const { data } = useQuery(jstatRowsQuery(artifactId, EVERYTHING, Math.max(0, summary.rows - END_ROWS), END_ROWS))
  const end = data === undefined ? undefined : logEnd(data.rows, summary.axis, summary.restarts)
  return <p className={styles['sentence']}>{end !== undefined && sentence(t, end)}</p>
}

function sentence(t: TFunction, { rows, old, eden, full, fullTime }: LogEnd): string {
  const parts: string[] = []
  if (old !== undefined && eden !== undefined)
    parts.push(t('gc.end.oldAndEden', { count: rows, old: percents(old), eden: percents(eden) }))
  else if (old !== undefined) parts.push(t('gc.end.old', { count: rows, old: percents(old) }))
  if (full !== undefined && full.to > full.from) {
    parts.push(
      t('gc.end.fullRises', {
        from: formatCount(full.from),
        to: formatCount(full.to),
        more: formatCount(full.to - full.from),
      }),
    )
    if (fullTime !== undefined) {
      parts.push(
        t('gc.end.fullTime', {
          seconds: formatDecimal(fullTime.seconds),
          of: formatDecimal(fullTime.of),
          share: formatShare(fullTime.seconds / fullTime.of),
        }),
      )
    }
  } else if (full !== undefined) parts.push(t('gc.end.noFull', { total: formatCount(full.to) }))
  // Chinese sentences stand side by side without a space.
  return parts.join(parts[0]?.endsWith('。') === true ? '' : ' ')
}

/** `100 %`, `99.8–100 %` */
function percents({ low, high }: Range): string {
  const text = (value: number) => formatDecimal(Math.round(value * 10) / 10)
  return text(low) === text(high) ? `${text(high)} %` : `${text(low)}–${text(high)} %`
}
