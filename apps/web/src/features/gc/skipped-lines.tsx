/** Lines of the log that were not understood, with the reason. */
import { useTranslation } from 'react-i18next'
import type { JstatSummary } from '@heaptrail/api/jstat'
import { formatCount } from '../../format/count.ts'
import { serverSentence } from '../../i18n/server-sentences.ts'
import styles from './gc-view.module.css'

export function SkippedLines({ summary }: { summary: JstatSummary }) {
  const { t } = useTranslation()
  const { skipped, skippedTotal } = summary
  if (skippedTotal === 0) return undefined
  return (
    <details className={styles['skipped']}>
      <summary>{t('gc.skipped', { count: skippedTotal, formatted: formatCount(skippedTotal) })}</summary>
      <ul>
        {skipped.map(({ line, text, reason }) => (
          <li key={line}>
            {t('gc.skippedLine', { line: formatCount(line), reason: serverSentence(reason) })} <code>{text}</code>
          </li>
        ))}
      </ul>
      {skipped.length < skippedTotal && (
        <p>
          {t('gc.moreSkipped', {
            count: skippedTotal - skipped.length,
            formatted: formatCount(skippedTotal - skipped.length),
          })}
        </p>
      )}
    </details>
  )
}
