/** What each suspect or class held in each dump. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeapGrowth } from '@heaptrail/api/heap-growth'
import type { GrowthSubject } from '@heaptrail/api/place-growth'
import { formatBytes, formatSignedBytes } from '../../format/bytes.ts'
import { formatCount, formatSigned } from '../../format/count.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { histogramPlace, overviewPlace, suspectsPlace } from '../../widgets/object-places.ts'
import { PlacedTimeText } from '../../widgets/placed-time.tsx'
import table from '../../widgets/table.module.css'
import { type GrowthRow, growthOf, rowsOf } from './growth-rows.ts'
import styles from './growth.module.css'

const SHOWN = 20
const MORE = 100
/** Dumps in the middle are left out when there are more. */
const MOST_COLUMNS = 8

interface GrowthTableProps {
  readonly place: PlaceOf<'heap-growth'>
  readonly growth: HeapGrowth
  readonly subject: GrowthSubject
}

export function GrowthTable({ place, growth, subject }: GrowthTableProps) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(SHOWN)
  const rows = rowsOf(growth, subject, place)
  const columns = shownOf(growth.dumps.length)
  const isCount = subject === 'classes' && place.figure === 'objects'
  return (
    <section className={styles['table']}>
      <h2>{t(subject === 'suspects' ? 'heapGrowth.suspects' : 'heapGrowth.classes')}</h2>
      {rows.length === 0 ? (
        <p>{t(subject === 'suspects' ? 'heapGrowth.noSuspects' : 'heapGrowth.noClasses')}</p>
      ) : (
        <div className={styles['scroll']}>
          <table className={table['table']}>
            <Head place={place} growth={growth} columns={columns} />
            <tbody>
              {rows.slice(0, shown).map((row) => (
                <tr key={row.name}>
                  <td className={styles['name']}>
                    <Name place={place} growth={growth} subject={subject} row={row} />
                  </td>
                  {columns.map((dump) => (
                    <td key={dump} className={table['numeric']}>
                      {(isCount ? formatCount : formatBytes)(row.figures[dump] ?? 0)}
                    </td>
                  ))}
                  <td className={table['numeric']}>{(isCount ? formatSigned : formatSignedBytes)(growthOf(row))}</td>
                  <td>{row.steady && t('growth.steady')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > shown && (
        <button type="button" className="link" onClick={() => setShown(shown + MORE)}>
          {t('compare.more', { formatted: formatCount(rows.length - shown) })}
        </button>
      )}
    </section>
  )
}

type HeadProps = Pick<GrowthTableProps, 'place' | 'growth'> & { readonly columns: readonly number[] }

function Head({ place: { caseId }, growth, columns }: HeadProps) {
  const { t } = useTranslation()
  return (
    <thead>
      <tr>
        <th>{t('compare.name')}</th>
        {columns.map((column) => {
          const dump = growth.dumps[column]
          return (
            <th key={column} className={table['numeric']}>
              {dump !== undefined && (
                <>
                  <PlaceLink to={overviewPlace({ caseId, artifactId: dump.artifactId })}>{dump.name}</PlaceLink>
                  <div className={styles['when']}>
                    <PlacedTimeText time={dump.time} />
                  </div>
                </>
              )}
            </th>
          )
        })}
        <th className={table['numeric']}>{t('compare.growth')}</th>
        <th>{t('heapGrowth.pattern')}</th>
      </tr>
    </thead>
  )
}

/** Leads to the dump in which it is largest. */
function Name({ place: { caseId }, growth, subject, row }: GrowthTableProps & { readonly row: GrowthRow }) {
  const largest = row.figures.indexOf(Math.max(...row.figures))
  const dump = growth.dumps[largest]
  if (dump === undefined) return row.title
  const of = { caseId, artifactId: dump.artifactId }
  const to =
    subject === 'suspects' ? suspectsPlace(of) : histogramPlace(of, row.name.replace(/(\$\$Lambda|\$Proxy).*$/, '$1'))
  return <PlaceLink to={to}>{row.title}</PlaceLink>
}

function shownOf(dumps: number): readonly number[] {
  const all = Array.from({ length: dumps }, (_, place) => place)
  const half = MOST_COLUMNS / 2
  return dumps <= MOST_COLUMNS ? all : [...all.slice(0, half), ...all.slice(-half)]
}
