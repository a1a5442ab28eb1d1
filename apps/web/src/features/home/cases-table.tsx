/** The cases, the one opened last first. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Artifact, Case, Cases } from '@heaptrail/api/cases'
import { formatBytes, formatExactBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { formatMinute } from '../../format/time.ts'
import { PlaceLink, useNavigation, usePlace } from '../../url/navigation.tsx'
import { StateIcon, stateText, timeLeft } from '../../widgets/artifact-state.tsx'
import { FilterField } from '../../widgets/filter-field.tsx'
import { SeverityIcon, languageOf } from '../../widgets/finding-cards.tsx'
import { plainWords } from '../../widgets/finding-words.tsx'
import table from '../../widgets/table.module.css'
import { useBiggestFindings, type BiggestFinding } from './biggest-findings.ts'
import styles from './home.module.css'
import { matchingCases } from './matching.ts'

/** So many pieces of evidence are named; of the rest only the number is. */
const NAMED = 4

export function CasesTable({ cases }: { cases: Cases }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const place = usePlace()
  const filter = (place.kind === 'home' && place.filter) || ''
  const found = useMemo(() => matchingCases(cases.rows, filter), [cases.rows, filter])
  if (cases.total === 0) return <p className={styles['none']}>{t('home.noCases')}</p>
  return (
    <>
      <div className={styles['search']} role="search">
        <FilterField
          value={filter}
          label={t('home.search')}
          hint={t('home.searchHint')}
          onChange={(words) => replace(words === '' ? { kind: 'home' } : { kind: 'home', filter: words })}
        />
        {filter !== '' && (
          <span className={styles['dim']} aria-live="polite">
            {t('home.searched', {
              count: found.length,
              formatted: formatCount(found.length),
              total: formatCount(cases.total),
            })}
          </span>
        )}
      </div>
      {found.length === 0 ? (
        <p className={styles['none']}>{t('home.none')}</p>
      ) : (
        <Table rows={found} unlisted={cases.total - cases.rows.length} />
      )}
    </>
  )
}

/** @param unlisted cases that are too old for the list */
function Table({ rows, unlisted }: { rows: readonly Case[]; unlisted: number }) {
  const { t } = useTranslation()
  const findings = useBiggestFindings(rows)
  return (
    <table className={table['table']}>
      <caption className="visually-hidden">{t('shell.cases')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('home.column.case')}</th>
          <th scope="col">{t('home.column.evidence')}</th>
          <th scope="col">{t('home.column.finding')}</th>
          <th scope="col" className={table['numeric']}>
            {t('home.column.opened')}
          </th>
          <th scope="col" className={table['numeric']}>
            {t('home.column.size')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} finding={findings.get(row.id)} />
        ))}
      </tbody>
      {unlisted > 0 && (
        <tfoot>
          <tr>
            <td colSpan={5}>{t('home.more', { count: unlisted, formatted: formatCount(unlisted) })}</td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}

function Row({ row, finding }: { row: Case; finding: BiggestFinding | undefined }) {
  const { t, i18n } = useTranslation()
  return (
    <tr>
      <td>
        <PlaceLink to={{ kind: 'case', caseId: row.id }} className={styles['title']}>
          {row.title}
        </PlaceLink>
      </td>
      <td>
        <Evidence of={row} />
      </td>
      <td className={styles['finding']}>{finding !== undefined && <Finding {...finding} />}</td>
      <td className={table['numeric']}>
        {formatMinute(row.lastOpenedAt, i18n.language)}
        {row.deleteAt !== null && (
          <div className={styles['dim']}>{t('home.deleteAt', { time: formatMinute(row.deleteAt, i18n.language) })}</div>
        )}
      </td>
      <td className={table['numeric']} title={formatExactBytes(row.storedBytes)}>
        {formatBytes(row.storedBytes)}
      </td>
    </tr>
  )
}

function Finding({ severity, text, place, others }: BiggestFinding) {
  const { t, i18n } = useTranslation()
  return (
    <>
      <PlaceLink to={place}>
        <SeverityIcon severity={severity} />
        <span className="visually-hidden">{t(`finding.severity.${severity}`)}: </span>
        {plainWords(text(languageOf(i18n.language)).title)}
      </PlaceLink>
      {others > 0 && <span className={styles['dim']}> {t('home.moreFindings', { count: others })}</span>}
    </>
  )
}

/** What says most, and takes longest to read, is not left to `2 more`. */
function dumpsFirst(artifacts: readonly Artifact[]): readonly Artifact[] {
  return artifacts.toSorted((a, b) => Number(b.kind === 'heap-dump') - Number(a.kind === 'heap-dump'))
}

function Evidence({ of }: { of: Case }) {
  const { t } = useTranslation()
  const more = of.artifacts.length - NAMED
  if (of.artifacts.length + of.uploads.length === 0) return <span className={styles['dim']}>{t('home.empty')}</span>
  return (
    <ul className={styles['evidence']}>
      {dumpsFirst(of.artifacts)
        .slice(0, NAMED)
        .map((artifact: Artifact) => (
          <li key={artifact.id} title={artifact.name}>
            <StateIcon artifact={artifact} />
            <span>{t(`kind.${artifact.kind}`)}</span>
            {artifact.name !== of.title && <span className={styles['file']}>{artifact.name}</span>}
            {artifact.state.status !== 'ready' && (
              <span>{[stateText(t, artifact), timeLeft(t, artifact)].filter((text) => text !== '').join(' · ')}</span>
            )}
          </li>
        ))}
      {more > 0 && <li>{t('home.moreEvidence', { count: more })}</li>}
      {of.uploads.length > 0 && <li>{t('home.uploads', { count: of.uploads.length })}</li>}
    </ul>
  )
}
