/** The classes of a heap dump before its analysis is over: growing while it comes in, whole after the first pass. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ProvisionalHistogram } from '@heaptrail/api/provisional'
import { formatBytes } from '../format/bytes.ts'
import { formatCount } from '../format/count.ts'
import { type EarlySource, provisionalQuery } from '../server/analyses.ts'
import { ClassName } from './object-label.tsx'
import { ShareBar, Size } from './size.tsx'
import table from './table.module.css'
import styles from './early-histogram.module.css'

const ARRAYS_SHOWN = 10

interface EarlyHistogramProps {
  readonly source: EarlySource
  /** Of the dump; undefined where others are not on the screen. */
  readonly name: string
  /** Classes shown. */
  readonly limit: number
}

/** Nothing until there is something to show. */
export function EarlyHistogram({ source, name, limit }: EarlyHistogramProps) {
  const { t } = useTranslation()
  const histogram = useQuery(provisionalQuery(source, limit)).data?.histogram
  if (histogram === undefined || histogram === null || histogram.sums.objects === 0) return undefined
  const { isWhole } = histogram
  return (
    <section className={styles['early']} aria-label={t(isWhole ? 'early.provisionalOf' : 'early.soFarOf', { name })}>
      <h2 className={styles['head']}>
        <span className={styles['name']} title={name}>
          {name}
        </span>
        <strong className={styles['mark']}>{t(isWhole ? 'early.provisional' : 'early.soFar')}</strong>
        <span className={styles['sums']}>
          {t('early.sums', {
            read: formatBytes(histogram.bytesRead),
            objects: formatCount(histogram.sums.objects),
            shallow: formatBytes(histogram.sums.shallow),
            count: histogram.total,
            formatted: formatCount(histogram.total),
          })}
        </span>
      </h2>
      <div className={styles['tables']}>
        <Classes histogram={histogram} />
        {histogram.largestArrays.length > 0 && <Arrays histogram={histogram} />}
      </div>
    </section>
  )
}

function Classes({ histogram }: { histogram: ProvisionalHistogram }) {
  const { t } = useTranslation()
  return (
    <table className={table['table']}>
      <caption className="visually-hidden">{t('view.histogram')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('column.class')}</th>
          <th scope="col" className={table['numeric']}>
            {t('column.objects')}
          </th>
          <th scope="col" className={table['numeric']}>
            {t('column.shallow')}
          </th>
          <th scope="col" className={styles['share']}>
            {t('column.share')}
          </th>
        </tr>
      </thead>
      <tbody>
        {histogram.rows.map((row) => (
          <tr key={(row.classId ?? '') + row.className}>
            <td>
              <ClassName name={row.className} />
            </td>
            <td className={table['numeric']}>{formatCount(row.objects)}</td>
            <td className={table['numeric']}>
              <Size bytes={row.shallow} />
            </td>
            <td>
              <ShareBar part={row.shallow} whole={histogram.sums.shallow} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Arrays({ histogram }: { histogram: ProvisionalHistogram }) {
  const { t } = useTranslation()
  return (
    <table className={table['table']}>
      <caption className="visually-hidden">{t('early.arrays')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('early.arrays')}</th>
          <th scope="col" className={table['numeric']}>
            {t('early.length')}
          </th>
          <th scope="col" className={table['numeric']}>
            {t('column.shallow')}
          </th>
        </tr>
      </thead>
      <tbody>
        {histogram.largestArrays.slice(0, ARRAYS_SHOWN).map((array) => (
          <tr key={array.id}>
            <td>
              <ClassName name={array.className} /> <span className={styles['id']}>{array.id}</span>
            </td>
            <td className={table['numeric']}>{formatCount(array.length)}</td>
            <td className={table['numeric']}>
              <Size bytes={array.shallow} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
