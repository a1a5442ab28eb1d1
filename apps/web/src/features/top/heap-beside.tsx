/** What of the memory of a process is its heap, and what is not. */
import { useTranslation } from 'react-i18next'
import type { HeapBeside, TopProcess } from '@heaptrail/api/top-output'
import { formatBytes, formatExactBytes } from '../../format/bytes.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import { gcPlace } from '../../widgets/evidence-places.ts'
import styles from './top.module.css'

/** RES as a whole, and the committed heap within it where that is known. */
export function MemoryBar({ process }: { process: TopProcess }) {
  const { t } = useTranslation()
  const last = process.samples.length - 1
  const resident = process.residentBytes[last]
  const committed = process.heap?.kind === 'committed' ? process.heap.committedBytes[last] : undefined
  if (typeof resident !== 'number' || resident <= 0) return undefined
  const known = typeof committed === 'number' ? Math.min(committed, resident) : undefined
  return (
    <div className={styles['memory']}>
      <div className={styles['bar']} aria-hidden>
        {known !== undefined && <div className={styles['heap']} style={{ width: `${(known / resident) * 100}%` }} />}
        <div className={styles[known === undefined ? 'whole' : 'rest']} />
      </div>
      <p>
        <b title={formatExactBytes(resident)}>{t('top.resident', { bytes: formatBytes(resident) })}</b>
        {typeof committed === 'number' && (
          <>
            {' · '}
            {t('top.committed', { bytes: formatBytes(committed) })}
            {' · '}
            {t(committed > resident ? 'top.untouched' : 'top.rest', {
              bytes: formatBytes(Math.abs(resident - committed)),
            })}
          </>
        )}
      </p>
    </div>
  )
}

interface HeapBesideTextProps {
  readonly caseId: string
  readonly heap: HeapBeside
  readonly process: TopProcess
}

export function HeapBesideText({ caseId, heap, process }: HeapBesideTextProps) {
  const { t } = useTranslation()
  switch (heap.kind) {
    case 'committed':
      return (
        <div className={styles['source']}>
          <span>{t(`top.by.${heap.by}`)}</span>
          <PlaceLink to={gcPlace({ caseId, artifactId: heap.artifactId, part: heap.part })}>{t('top.toLog')}</PlaceLink>
        </div>
      )
    case 'not-comparable':
      return <p className={styles['dim']}>{t('top.notComparable')}</p>
    case 'no-log':
      return <p className={styles['dim']}>{t('top.noLog', { pid: process.pid })}</p>
  }
}
