/** Threads of `top -H`, the busiest first. */
import { useTranslation } from 'react-i18next'
import type { TopOutput } from '@heaptrail/api/top-output'
import { highestOf } from '../../charts/scale.ts'
import { formatCount, formatDecimal } from '../../format/count.ts'
import table from '../../widgets/table.module.css'
import styles from './top.module.css'

export function ThreadTable({ threads }: Pick<TopOutput, 'threads'>) {
  const { t } = useTranslation()
  if (threads.length === 0) return undefined
  return (
    <section className={styles['card']}>
      <h2 className={styles['name']}>{t('top.threads')}</h2>
      <table className={`${table['table']} ${styles['samples']}`}>
        <caption className="visually-hidden">{t('top.threads')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('top.column.thread')}</th>
            <th scope="col" className={table['numeric']}>
              {t('top.column.nid')}
            </th>
            <th scope="col" className={table['numeric']}>
              {t('top.column.cpuHighest')}
            </th>
            <th scope="col" className={table['numeric']}>
              {t('top.column.cpuTime')}
            </th>
            <th scope="col" className={table['numeric']}>
              {t('top.column.seen')}
            </th>
          </tr>
        </thead>
        <tbody>
          {threads.map(({ id, name, samples, cpuPercent, cpuSeconds }) => (
            <tr key={id}>
              <td>{name}</td>
              {/* As thread dumps write it. */}
              <td className={table['numeric']} title={String(id)}>
                0x{id.toString(16)}
              </td>
              <td className={table['numeric']}>{formatDecimal(highestOf(cpuPercent))} %</td>
              <td className={table['numeric']}>{cpuSeconds === null ? '–' : `${formatDecimal(cpuSeconds)} s`}</td>
              <td className={table['numeric']}>{formatCount(samples.length)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
