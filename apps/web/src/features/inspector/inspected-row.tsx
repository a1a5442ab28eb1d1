/** The selected row of a jstat log, with all its columns. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PartOf } from '@heaptrail/api/text-parts'
import { formatCount, formatDecimal } from '../../format/count.ts'
import { jstatValue } from '../../format/jstat-value.ts'
import { jstatRowsQuery, jstatSummaryQuery } from '../../server/jstat.ts'
import { Fact, Facts } from '../../widgets/facts.tsx'
import { ErrorState, Waiting } from '../../widgets/states.tsx'
import styles from './inspector.module.css'

const EVERYTHING = { axis: 'own', from: undefined, to: undefined } as const

export function InspectedRow({ log, row }: { log: PartOf; row: number }) {
  const { t } = useTranslation()
  const summary = useQuery(jstatSummaryQuery(log))
  const rows = useQuery(jstatRowsQuery(log, EVERYTHING, row - 1, 1))
  if (rows.error !== null) return <ErrorState error={rows.error} retry={() => void rows.refetch()} />
  const [found] = rows.data?.rows ?? []
  if (rows.data === undefined || summary.data === undefined) return <Waiting />
  if (found === undefined) return <p className={styles['hint']}>{t('inspector.noRow', { row: formatCount(row) })}</p>
  return (
    <div className={styles['inspector']}>
      <h2 className={styles['title']}>
        <b>{t('inspector.row', { row: formatCount(found.row) })}</b>
      </h2>
      <Facts>
        {summary.data.axis === 'seconds' && <Fact name={t('gc.column.seconds')}>{formatDecimal(found.x)}</Fact>}
        <Fact name={t('gc.column.line')}>{formatCount(found.line)}</Fact>
        {summary.data.columns.map((column) => (
          <Fact key={column} name={column}>
            {jstatValue(column, found.values[column])}
          </Fact>
        ))}
        {Object.entries(found.texts).map(([column, text]) => (
          <Fact key={column} name={column}>
            {text}
          </Fact>
        ))}
      </Facts>
    </div>
  )
}
