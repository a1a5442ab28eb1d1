/** Totals and what is known of the JVM, as a definition list. */
import { useTranslation } from 'react-i18next'
import type { HeapSummary } from '@heaptrail/api/heap'
import { formatCount } from '../../format/count.ts'
import { formatInstant } from '../../format/time.ts'
import { Fact, Facts } from '../../widgets/facts.tsx'
import { Size } from '../../widgets/size.tsx'

export function HeapFacts({ summary }: { summary: HeapSummary }) {
  const { t, i18n } = useTranslation()
  const { layout } = summary
  return (
    <Facts>
      <Fact name={t('overview.fact.usedHeap')}>
        <Size bytes={summary.usedHeap} />
      </Fact>
      <Fact name={t('overview.fact.objects')}>{formatCount(summary.objects)}</Fact>
      <Fact name={t('overview.fact.classes')}>{formatCount(summary.classes)}</Fact>
      <Fact name={t('overview.fact.loaders')}>{formatCount(summary.classLoaders)}</Fact>
      <Fact name={t('overview.fact.roots')}>{formatCount(summary.gcRoots)}</Fact>
      <Fact name={t('overview.fact.taken')}>
        {summary.takenAt === null ? t('unknown') : formatInstant(summary.takenAt, i18n.language)}
      </Fact>
      <Fact name={t('overview.fact.jvm')}>{summary.jvm ?? t('unknown')}</Fact>
      <Fact name={t('overview.fact.references')}>
        <span title={t(`layout.explained.${layout.certainty}`)}>
          {t(`layout.${layout.references}`)} ({t(`layout.${layout.certainty}`)})
        </span>
      </Fact>
      <Fact name={t('overview.fact.headers')}>
        {t('overview.headers', {
          instance: layout.instanceHeader,
          array: layout.arrayHeader,
          alignment: layout.alignment,
        })}
      </Fact>
      <Fact name={t('overview.fact.file')}>
        <Size bytes={summary.fileSize} />
      </Fact>
      <Fact name={t('overview.fact.format')}>
        {summary.format}, {t('overview.identifiers', { bytes: summary.identifierSize })}
      </Fact>
    </Facts>
  )
}
