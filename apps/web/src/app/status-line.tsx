/** The truth about the data on the screen, always in sight. */
import { useQuery } from '@tanstack/react-query'
import { useContext, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeapSummary } from '@heaptrail/api/heap'
import type { NoPlace, Place } from '@heaptrail/api/place'
import type { PartOf } from '@heaptrail/api/text-parts'
import { formatBytes, formatExactBytes } from '../format/bytes.ts'
import { formatCount } from '../format/count.ts'
import { formatMinute } from '../format/time.ts'
import { caseQuery, casesQuery, storageQuery } from '../server/cases.ts'
import { heapSummaryQuery } from '../server/heap.ts'
import { jstatSummaryQuery } from '../server/jstat.ts'
import { isHeapPlace, type HeapPlace } from '../url/place-of.ts'
import { useNotice } from '../widgets/notice.tsx'
import { problemText } from '../widgets/states.tsx'
import { ConnectionContext } from './connection.ts'
import { LayoutFact } from './layout-fact.tsx'
import styles from './status-line.module.css'

export function StatusLine({ place }: { place: Place | NoPlace }) {
  const { t } = useTranslation()
  const connected = useContext(ConnectionContext)
  return (
    <footer className={styles['line']} aria-label={t('status.title')}>
      {isHeapPlace(place) && <HeapStatus place={place} />}
      {place.kind === 'gc' && <GcStatus log={place} />}
      {place.kind === 'home' && <HomeStatus />}
      {place.kind === 'case' && <CaseStatus caseId={place.caseId} />}
      <Notice />
      {!connected && (
        <strong className={styles['warning']} role="status">
          {t('status.disconnected')}
        </strong>
      )}
    </footer>
  )
}

function Notice() {
  const notice = useNotice()
  return (
    <span aria-live="polite" className={styles['notice']}>
      {notice}
    </span>
  )
}

function HeapStatus({ place }: { place: HeapPlace }) {
  const { t } = useTranslation()
  const { data } = useQuery(heapSummaryQuery(place.artifactId))
  if (data === undefined) return undefined
  return (
    <>
      <Fact title={formatExactBytes(data.usedHeap)}>{t('status.used', { size: formatBytes(data.usedHeap) })}</Fact>
      <Fact>{t('status.objects', { count: data.objects, formatted: formatCount(data.objects) })}</Fact>
      <Fact>{t('status.classes', { count: data.classes, formatted: formatCount(data.classes) })}</Fact>
      <Fact>
        <LayoutFact place={place} summary={data} />
      </Fact>
      <Completeness summary={data} />
      {data.unreachable.objects > 0 && (
        <Fact title={formatExactBytes(data.unreachable.bytes)}>
          {t('status.unreachable', {
            count: data.unreachable.objects,
            formatted: formatCount(data.unreachable.objects),
            size: formatBytes(data.unreachable.bytes),
          })}
        </Fact>
      )}
    </>
  )
}

function Completeness({ summary }: { summary: HeapSummary }) {
  const { t } = useTranslation()
  if (summary.partial === null) return <Fact>{t('status.complete')}</Fact>
  const reason = problemText(t, summary.partial)
  return (
    <Fact title={reason}>
      <strong className={styles['warning']}>{t('status.partial', { reason })}</strong>
    </Fact>
  )
}

function GcStatus({ log }: { log: PartOf }) {
  const { t } = useTranslation()
  const { data } = useQuery(jstatSummaryQuery(log))
  if (data === undefined) return undefined
  return (
    <>
      <Fact>{t('gc.status.rows', { count: data.rows, formatted: formatCount(data.rows) })}</Fact>
      {data.skippedTotal > 0 && (
        <Fact>
          <strong className={styles['warning']}>
            {t('gc.status.skipped', { count: data.skippedTotal, formatted: formatCount(data.skippedTotal) })}
          </strong>
        </Fact>
      )}
      {data.restarts.length > 0 && (
        <Fact>
          {t('gc.status.restarts', {
            count: data.restarts.length,
            rows: data.restarts.slice(0, 5).map(formatCount).join(', '),
          })}
        </Fact>
      )}
    </>
  )
}

function HomeStatus() {
  const { t } = useTranslation()
  const { data } = useQuery(casesQuery)
  const { data: storage } = useQuery(storageQuery)
  return (
    <>
      {data && <Fact>{t('status.cases', { count: data.total, formatted: formatCount(data.total) })}</Fact>}
      {storage && (
        <>
          <Fact title={formatExactBytes(storage.used)}>{t('status.stored', { size: formatBytes(storage.used) })}</Fact>
          {storage.quota !== null && <Fact>{t('status.quota', { size: formatBytes(storage.quota) })}</Fact>}
          <Fact title={formatExactBytes(storage.free)}>{t('status.free', { size: formatBytes(storage.free) })}</Fact>
          {storage.retentionDays !== null && <Fact>{t('status.retention', { count: storage.retentionDays })}</Fact>}
        </>
      )}
    </>
  )
}

function CaseStatus({ caseId }: { caseId: string }) {
  const { t, i18n } = useTranslation()
  const { data } = useQuery(caseQuery(caseId))
  if (data === undefined) return undefined
  return (
    <>
      <Fact>{t('status.artifacts', { count: data.artifacts.length })}</Fact>
      <Fact title={formatExactBytes(data.storedBytes)}>
        {t('status.stored', { size: formatBytes(data.storedBytes) })}
      </Fact>
      {data.deleteAt !== null && (
        <Fact>{t('home.deleteAt', { time: formatMinute(data.deleteAt, i18n.language) })}</Fact>
      )}
    </>
  )
}

function Fact({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <span className={styles['fact']} title={title}>
      {children}
    </span>
  )
}
