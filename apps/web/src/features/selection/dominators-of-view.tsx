/** Who dominates the selected objects, class by class. */
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SkippedDominators, type SelectionDominators } from '@heaptrail/api/what-if'
import { formatCount } from '../../format/count.ts'
import { selectionDominatorsQuery } from '../../server/selections.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { useLocalRows } from '../../widgets/local-rows.ts'
import { LongWait } from '../../widgets/long-wait.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { ClassName, ObjectLabel } from '../../widgets/object-label.tsx'
import { dominatorsPlace, objectPlace, objectsPlace } from '../../widgets/object-places.ts'
import { ShareBar, Size } from '../../widgets/size.tsx'
import { PlaceLink } from '../../url/navigation.tsx'
import { EmptyState, ErrorState } from '../../widgets/states.tsx'
import { ViewFacts } from '../../widgets/view-head.tsx'
import { useIsNarrow } from '../../widgets/view-width.ts'
import { SelectionHead } from './selection-head.tsx'
import styles from './selection.module.css'

type DominatorsPlace = PlaceOf<'immediate-dominators'>
type Row = SelectionDominators['rows'][number]

export function DominatorsOfView({ place }: { place: DominatorsPlace }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { data, error, refetch } = useQuery(selectionDominatorsQuery(place, place.skip))
  return (
    <>
      <SelectionHead place={place}>
        {data !== undefined && (
          <ViewFacts>
            {t('selection.dominated', { count: data.selected, formatted: formatCount(data.selected) })}
          </ViewFacts>
        )}
      </SelectionHead>
      <div className={styles['choices']}>
        <NativeSelect
          size="xs"
          aria-label={t('selection.skip')}
          data={SkippedDominators.options.map((skip) => ({ value: skip, label: t(`selection.skips.${skip}`) }))}
          value={place.skip}
          onChange={(event) => {
            const skip = SkippedDominators.safeParse(event.currentTarget.value)
            if (skip.success) replace({ ...place, skip: skip.data, selected: undefined })
          }}
        />
      </div>
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <LongWait place={place} />}
      {data?.rows.length === 0 && (
        <EmptyState title={t('selection.retainsNothing')}>{t('selection.retainsNothingHint')}</EmptyState>
      )}
      {data !== undefined && data.rows.length > 0 && <Rows place={place} rows={data.rows} />}
    </>
  )
}

function Rows({ place, rows }: { place: DominatorsPlace; rows: readonly Row[] }) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const { caseId, artifactId } = place
  const columns = useColumns(place, rows)
  return (
    <DataGrid
      label={t('view.immediate-dominators')}
      columns={columns}
      rows={useLocalRows(rows)}
      isSelected={({ classId }) => classId !== null && classId === place.selected}
      onSelect={({ classId }) => replace({ ...place, selected: classId ?? undefined })}
      onOpen={({ classId, static: isStatic }) => {
        if (classId === null) return
        open(isStatic ? objectPlace({ caseId, artifactId, objectId: classId }) : objectsPlace(place, classId))
      }}
      onMenu={({ classId, heaviest }, at) => {
        const objectId = heaviest?.id ?? classId
        if (objectId !== null) openMenu({ caseId, artifactId, objectId }, at)
      }}
    />
  )
}

function useColumns(place: DominatorsPlace, rows: readonly Row[]): readonly GridColumn<Row>[] {
  const { t } = useTranslation()
  const { caseId, artifactId } = place
  const whole = rows.reduce((sum, row) => sum + row.dominated.shallow, 0)
  const isNarrow = useIsNarrow()
  return useMemo(() => {
    const figure = (id: string, title: string, cell: (row: Row) => ReactNode) => ({
      id,
      title,
      width: '6.5rem',
      numeric: true,
      cell,
    })
    const columns: GridColumn<Row>[] = [
      {
        id: 'class',
        title: t('selection.column.dominators'),
        width: 'minmax(11rem, 1fr)',
        cell: (row) => <DominatorName row={row} />,
      },
      figure('dominators', t('selection.column.dominatorCount'), (row) => formatCount(row.dominators.objects)),
      figure('dominated', t('selection.column.dominatedCount'), (row) => formatCount(row.dominated.objects)),
      figure('shallow', t('selection.column.dominatedBytes'), (row) => <Size bytes={row.dominated.shallow} />),
      {
        id: 'share',
        title: t('selection.column.share'),
        width: 'var(--ht-share)',
        share: true,
        cell: (row) => <ShareBar part={row.dominated.shallow} whole={whole} />,
      },
      {
        id: 'heaviest',
        title: t('selection.column.heaviest'),
        width: 'minmax(8rem, 0.6fr)',
        cell: ({ heaviest }) =>
          heaviest !== null && (
            <PlaceLink to={dominatorsPlace({ caseId, artifactId, objectId: heaviest.id })}>
              <ObjectLabel object={heaviest} />
            </PlaceLink>
          ),
      },
    ]
    return isNarrow ? columns.filter(({ id }) => id !== 'dominated') : columns
  }, [t, whole, caseId, artifactId, isNarrow])
}

function DominatorName({ row: { className, own, static: isStatic } }: { row: Row }) {
  const { t } = useTranslation()
  if (className === null) return <span className={styles['dim']}>{t('selection.onlyRoots')}</span>
  return (
    <>
      <ClassName name={className} own={own} />
      {isStatic && <span className={styles['dim']}>{t('selection.byStatics')}</span>}
    </>
  )
}
