/** The samples of a process as a table. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TopOutput, TopProcess } from '@heaptrail/api/top-output'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount, formatDecimal } from '../../format/count.ts'
import { Size } from '../../widgets/size.tsx'
import table from '../../widgets/table.module.css'
import styles from './top.module.css'

/** More are in the chart. */
const MOST_ROWS = 200

interface Column {
  readonly title: string
  readonly cell: (index: number) => ReactNode
}

export function SampleTable({ process, output }: { process: TopProcess; output: TopOutput }) {
  const { t } = useTranslation()
  const heap = process.heap?.kind === 'committed' ? process.heap : undefined
  const rows = process.samples.slice(0, MOST_ROWS)
  const columns: readonly Column[] = [
    { title: 'CPU', cell: (index) => percent(process.cpuPercent[index]) },
    { title: 'RES', cell: (index) => <Bytes value={process.residentBytes[index]} /> },
    { title: 'VIRT', cell: (index) => <Bytes value={process.virtualBytes[index]} /> },
    ...(heap === undefined
      ? []
      : [
          { title: t('top.column.committed'), cell: (index: number) => <Bytes value={heap.committedBytes[index]} /> },
          { title: t('top.column.rest'), cell: (index: number) => signedBytes(heap.restBytes[index]) },
        ]),
  ]
  return (
    <>
      <table className={`${table['table']} ${styles['samples']}`}>
        <caption className="visually-hidden">{t('top.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('top.column.time')}</th>
            {columns.map(({ title }) => (
              <th key={title} scope="col" className={table['numeric']}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((sample, index) => (
            <tr key={sample}>
              <td>{output.samples[sample]?.timeOfDay ?? t('top.sample', { number: sample + 1 })}</td>
              {columns.map(({ title, cell }) => (
                <td key={title} className={table['numeric']}>
                  {cell(index)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length < process.samples.length && (
        <p className={styles['more']}>
          {t('top.moreSamples', { shown: formatCount(rows.length), total: formatCount(process.samples.length) })}
        </p>
      )}
    </>
  )
}

function Bytes({ value }: { value: number | null | undefined }) {
  return typeof value === 'number' ? <Size bytes={value} /> : '–'
}

function signedBytes(value: number | null | undefined): string {
  if (typeof value !== 'number') return '–'
  return value < 0 ? `−${formatBytes(-value)}` : formatBytes(value)
}

function percent(value: number | null | undefined): string {
  return typeof value === 'number' ? `${formatDecimal(value)} %` : '–'
}
