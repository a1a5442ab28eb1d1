/** The cases, the one opened last first. */
import { useTranslation } from 'react-i18next'
import type { Artifact, Case, Cases } from '@heaptrail/api/cases'
import { formatBytes, formatExactBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { formatMinute } from '../../format/time.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import { StateIcon } from '../../widgets/artifact-state.tsx'
import table from '../../widgets/table.module.css'
import styles from './home.module.css'

/** So many pieces of evidence are named; of the rest only the number is. */
const NAMED = 4

export function CasesTable({ cases }: { cases: Cases }) {
  const { t, i18n } = useTranslation()
  if (cases.total === 0) return <p className={styles['none']}>{t('home.noCases')}</p>
  return (
    <table className={table['table']}>
      <caption className="visually-hidden">{t('shell.cases')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('home.column.case')}</th>
          <th scope="col">{t('home.column.evidence')}</th>
          <th scope="col" className={table['numeric']}>
            {t('home.column.opened')}
          </th>
          <th scope="col" className={table['numeric']}>
            {t('home.column.size')}
          </th>
        </tr>
      </thead>
      <tbody>
        {cases.rows.map((row) => (
          <tr key={row.id}>
            <td>
              <PlaceLink to={{ kind: 'case', caseId: row.id }} className={styles['title']}>
                {row.title}
              </PlaceLink>
            </td>
            <td>
              <Evidence of={row} />
            </td>
            <td className={table['numeric']}>
              {formatMinute(row.lastOpenedAt, i18n.language)}
              {row.deleteAt !== null && (
                <div className={styles['dim']}>
                  {t('home.deleteAt', { time: formatMinute(row.deleteAt, i18n.language) })}
                </div>
              )}
            </td>
            <td className={table['numeric']} title={formatExactBytes(row.storedBytes)}>
              {formatBytes(row.storedBytes)}
            </td>
          </tr>
        ))}
      </tbody>
      {cases.rows.length < cases.total && (
        <tfoot>
          <tr>
            <td colSpan={4}>
              {t('home.more', {
                count: cases.total - cases.rows.length,
                formatted: formatCount(cases.total - cases.rows.length),
              })}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}

function Evidence({ of }: { of: Case }) {
  const { t } = useTranslation()
  const more = of.artifacts.length - NAMED
  if (of.artifacts.length + of.uploads.length === 0) return <span className={styles['dim']}>{t('home.empty')}</span>
  return (
    <ul className={styles['evidence']}>
      {of.artifacts.slice(0, NAMED).map((artifact: Artifact) => (
        <li key={artifact.id}>
          <StateIcon artifact={artifact} />
          <span>{t(`kind.${artifact.kind}`)}</span>
          <span className={styles['dim']}>{artifact.name}</span>
        </li>
      ))}
      {more > 0 && <li>{t('home.moreEvidence', { count: more })}</li>}
      {of.uploads.length > 0 && <li>{t('home.uploads', { count: of.uploads.length })}</li>}
    </ul>
  )
}
