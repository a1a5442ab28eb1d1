/** Facts of the whole process: direct memory, how counts are kept, how closely Netty watches for leaks. */
import { useTranslation } from 'react-i18next'
import type { NettyFacts } from '@heaptrail/api/netty'
import { formatBytes } from '../../format/bytes.ts'
import { Fact, Facts } from '../../widgets/facts.tsx'
import styles from './netty.module.css'

export function ProcessFacts({ facts: { direct, leakDetection, counting } }: { facts: NettyFacts }) {
  const { t } = useTranslation()
  return (
    <>
      <Facts inline>
        {direct.used !== null && (
          <Fact name={t('netty.directNetty')}>{usedOf(t('netty.of'), direct.used, direct.limit)}</Fact>
        )}
        {direct.jdkUsed !== null && (
          <Fact name={t('netty.directJdk')}>{usedOf(t('netty.of'), direct.jdkUsed, direct.jdkLimit)}</Fact>
        )}
        {leakDetection !== null && (
          <Fact name={t('netty.leakDetection')}>
            <code>{leakDetection.level}</code>
          </Fact>
        )}
        {counting !== null && <Fact name={t('netty.counting')}>{t(`netty.countingAs.${counting}`)}</Fact>}
      </Facts>
      {leakDetection !== null && leakDetection.reports.length > 0 && (
        <details className={styles['reports']}>
          <summary>{t('netty.reports', { count: leakDetection.reports.length })}</summary>
          {leakDetection.reports.map((report) => (
            <pre key={report}>{report}</pre>
          ))}
        </details>
      )}
    </>
  )
}

function usedOf(of: string, used: number, limit: number | null): string {
  return limit === null ? formatBytes(used) : `${formatBytes(used)} ${of} ${formatBytes(limit)}`
}
