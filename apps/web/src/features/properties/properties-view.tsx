/** System properties and environment of the JVM; what looks like a secret is hidden until somebody asks for it. */
import { Button } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Properties, PropertyRow } from '@heaptrail/api/heap-properties'
import { formatCount } from '../../format/count.ts'
import { propertiesQuery } from '../../server/heap-lists.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { FilterField } from '../../widgets/filter-field.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { useLinkedRow, usePagedRows } from '../../widgets/paged-rows.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { JvmCard } from './jvm-card.tsx'
import styles from './properties.module.css'

/** Asks for every hidden value. */
const ALL = '*'

export function PropertiesView({ place }: { place: PlaceOf<'properties'> }) {
  const { t } = useTranslation()
  const { replace, open } = useNavigation()
  const openMenu = useObjectMenu()
  // Not in the link: whoever opens it has to ask again.
  const [revealed, setRevealed] = useState<readonly string[]>([])
  const { caseId, artifactId, filter, selected } = place
  const page = (offset: number, limit: number) => propertiesQuery(artifactId, filter, revealed, offset, limit)
  const rows = usePagedRows(`${filter} ${revealed.join()}`, page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : ({ objectId }) => objectId === selected)
  const reveal = useCallback((name: string) => setRevealed((names) => [...names, name]), [])
  const columns = useColumns(rows.anyPage, reveal)
  const answer = rows.anyPage
  const withObject = ({ objectId }: PropertyRow, act: (objectId: string) => void) => {
    if (objectId !== null) act(objectId)
  }
  return (
    <>
      <ViewHead title={t('view.properties')}>
        <FilterField
          value={filter}
          label={t('properties.filter')}
          hint={t('properties.filterHint')}
          onChange={(text) => replace({ ...place, filter: text })}
        />
        {answer !== undefined && answer.counts.hidden > 0 && (
          <Button
            size="compact-xs"
            variant="default"
            aria-pressed={revealed.includes(ALL)}
            onClick={() => setRevealed(revealed.length > 0 ? [] : [ALL])}
          >
            {t(revealed.length > 0 ? 'properties.hideAll' : 'properties.showAll', {
              count: answer.counts.hidden,
              formatted: formatCount(answer.counts.hidden),
            })}
          </Button>
        )}
        {answer !== undefined && <Counts answer={answer} />}
      </ViewHead>
      <JvmCard artifactId={artifactId} />
      {rows.error !== null && <ErrorState error={rows.error} retry={rows.retry} />}
      {rows.error === null && answer === undefined && <Waiting />}
      {answer?.total === 0 && <Nothing filter={filter} />}
      {rows.error === null && answer !== undefined && answer.total > 0 && (
        <DataGrid
          label={t('view.properties')}
          columns={columns}
          rows={rows}
          linkedRow={linkedRow}
          isSelected={({ objectId }) => objectId !== null && objectId === selected}
          onSelect={(row) => withObject(row, (objectId) => replace({ ...place, selected: objectId }))}
          onOpen={(row) => withObject(row, (objectId) => open(objectPlace({ caseId, artifactId, objectId })))}
          onMenu={(row, at) => withObject(row, (objectId) => openMenu({ caseId, artifactId, objectId }, at))}
        />
      )}
    </>
  )
}

function Counts({ answer: { counts } }: { answer: Properties }) {
  const { t } = useTranslation()
  const words = [
    t('properties.system', { count: counts.system, formatted: formatCount(counts.system) }),
    ...(counts.environment === 0
      ? []
      : [t('properties.environment', { count: counts.environment, formatted: formatCount(counts.environment) })]),
    ...(counts.hidden === 0
      ? []
      : [t('properties.hidden', { count: counts.hidden, formatted: formatCount(counts.hidden) })]),
  ]
  return <ViewFacts>{words.join(' · ')}</ViewFacts>
}

function Nothing({ filter }: { filter: string }) {
  const { t } = useTranslation()
  if (filter === '') return <EmptyState title={t('properties.none')}>{t('properties.noneHint')}</EmptyState>
  return <EmptyState title={t('properties.noMatch')}>{t('properties.noMatchHint', { filter })}</EmptyState>
}

function useColumns(
  answer: Properties | undefined,
  reveal: (name: string) => void,
): readonly GridColumn<PropertyRow>[] {
  const { t } = useTranslation()
  const withSource = (answer?.counts.environment ?? 0) > 0
  return useMemo(() => {
    const source: GridColumn<PropertyRow> = {
      id: 'source',
      title: t('properties.column.source'),
      width: '7rem',
      cell: (row) => t(`properties.source.${row.source}`),
    }
    return [
      {
        id: 'name',
        title: t('properties.column.name'),
        width: 'minmax(17rem, 1fr)',
        cell: ({ name }) => (
          <b className={styles['name']} title={name}>
            {name}
          </b>
        ),
      },
      {
        id: 'value',
        title: t('column.value'),
        width: 'minmax(13rem, 2fr)',
        cell: (row) => <Value row={row} reveal={reveal} />,
      },
      ...(withSource ? [source] : []),
    ]
  }, [t, withSource, reveal])
}

function Value({ row: { name, value, hidden }, reveal }: { row: PropertyRow; reveal: (name: string) => void }) {
  const { t } = useTranslation()
  const text = visible(value)
  return (
    <>
      <span className={styles['value']} title={value.length > 500 ? `${value.slice(0, 500)}…` : value}>
        {text}
      </span>
      {hidden !== null && (
        <button
          type="button"
          className={styles['reveal']}
          title={t(`properties.hiddenBy.${hidden}`)}
          aria-label={t('properties.revealOf', { name })}
          onClick={() => reveal(name)}
        >
          {t('properties.reveal')}
        </button>
      )}
    </>
  )
}

/** Line ends and other signs that are not seen, as Java writes them. */
function visible(value: string): string {
  return value.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')
}
