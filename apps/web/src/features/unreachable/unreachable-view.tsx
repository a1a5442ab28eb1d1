/** What no GC root reaches: by class, and the objects themselves. */
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { UnreachableSort, type Unreachable, type UnreachableRow } from '@heaptrail/api/heap-roots'
import { parseHeapRef, printHeapRef } from '@heaptrail/api/heap-ref'
import { formatBytes, formatExactBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { analyseWith } from '../../server/analyses.ts'
import { caseQuery } from '../../server/cases.ts'
import { unreachableQuery } from '../../server/heap-lists.ts'
import { PlaceLink, useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid } from '../../widgets/data-grid.tsx'
import { FilterField } from '../../widgets/filter-field.tsx'
import type { GridTree } from '../../widgets/grid-tree.ts'
import { rootsPlace } from '../../widgets/list-places.ts'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { dominatorsPlace, objectPlace } from '../../widgets/object-places.ts'
import { useLinkedRow, usePagedRows, type PagedRows } from '../../widgets/paged-rows.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { useUnreachableColumns } from './unreachable-columns.tsx'
import styles from './unreachable.module.css'

type UnreachablePlace = PlaceOf<'unreachable'>

export function UnreachableView({ place }: { place: UnreachablePlace }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { artifactId, sort, order, filter, open, selected } = place
  const page = (offset: number, limit: number) =>
    unreachableQuery(artifactId, { sort, order, filter, open }, offset, limit)
  const rows = usePagedRows(`${sort} ${order} ${filter} ${open.join()}`, page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : (row) => objectIdOf(row) === selected)
  const answer = rows.anyPage
  return (
    <>
      <ViewHead title={t('view.unreachable')}>
        <FilterField
          value={filter}
          hint={t('histogram.filterHint')}
          onChange={(text) => replace({ ...place, filter: text })}
        />
        {answer !== undefined && <Sums answer={answer} />}
      </ViewHead>
      {answer !== undefined && answer.all.objects > 0 && <Explained place={place} answer={answer} />}
      {rows.error !== null && <ErrorState error={rows.error} retry={rows.retry} />}
      {rows.error === null && answer === undefined && <Waiting />}
      {answer?.total === 0 && <Nothing place={place} answer={answer} />}
      {rows.error === null && answer !== undefined && answer.total > 0 && (
        <Rows place={place} rows={rows} linkedRow={linkedRow} whole={answer.all.shallow} />
      )}
    </>
  )
}

function objectIdOf(row: UnreachableRow): string {
  return row.kind === 'object' ? row.object.id : row.classId
}

interface RowsProps {
  readonly place: UnreachablePlace
  readonly rows: PagedRows<UnreachableRow>
  readonly linkedRow: number
  /** Bytes of all that is unreachable. */
  readonly whole: number
}

function Rows({ place, rows, linkedRow, whole }: RowsProps) {
  const { t } = useTranslation()
  const { replace, open: goTo } = useNavigation()
  const openMenu = useObjectMenu()
  const { caseId, artifactId, sort, order, open, selected } = place
  const tree = useMemo<GridTree<UnreachableRow>>(
    () => ({
      levelOf: ({ kind }) => (kind === 'class' ? 1 : 2),
      isOpen: (row) => (row.kind === 'class' ? row.open : undefined),
      onToggle(row) {
        if (row.kind !== 'class') return
        const { classId } = row
        replace({ ...place, open: open.includes(classId) ? open.filter((one) => one !== classId) : [...open, classId] })
      },
    }),
    [place, open, replace],
  )
  const columns = useUnreachableColumns(tree, whole)
  function changeSort(column: string) {
    const next = UnreachableSort.parse(column)
    const first = next === 'class' ? 'asc' : 'desc'
    const flipped = order === 'desc' ? 'asc' : 'desc'
    replace({ ...place, sort: next, order: next === sort ? flipped : first })
  }
  return (
    <DataGrid
      label={t('view.unreachable')}
      columns={columns}
      rows={rows}
      tree={tree}
      linkedRow={linkedRow}
      sorting={{ column: sort, order }}
      onSort={changeSort}
      isSelected={(row) => selected === objectIdOf(row)}
      onSelect={(row) => replace({ ...place, selected: objectIdOf(row) })}
      onOpen={(row) =>
        row.kind === 'class' ? tree.onToggle(row) : goTo(objectPlace({ caseId, artifactId, objectId: row.object.id }))
      }
      onMenu={(row, at) => openMenu({ caseId, artifactId, objectId: objectIdOf(row) }, at)}
    />
  )
}

function Sums({ answer: { classes, sums } }: { answer: Unreachable }) {
  const { t } = useTranslation()
  const words = {
    count: classes,
    formatted: formatCount(classes),
    objects: formatCount(sums.objects),
    shallow: formatBytes(sums.shallow),
  }
  return (
    <ViewFacts>
      <span title={formatExactBytes(sums.shallow)} aria-live="polite">
        {t('histogram.sums', words)}
      </span>
    </ViewFacts>
  )
}

/** What it means that something is here, and the way to an analysis that keeps it. */
function Explained({ place, answer: { all } }: { place: UnreachablePlace; answer: Unreachable }) {
  const { t } = useTranslation()
  return (
    <div className={styles['explained']}>
      <p>{t('unreachable.explained', { objects: formatCount(all.objects), size: formatBytes(all.shallow) })}</p>
      <KeepButton place={place} />
    </div>
  )
}

function Nothing({ place, answer }: { place: UnreachablePlace; answer: Unreachable }) {
  const { t } = useTranslation()
  if (answer.kept) {
    return (
      <EmptyState title={t('unreachable.keptTitle')}>
        <p>{t('unreachable.kept')}</p>
        <PlaceLink to={rootsPlace(place)}>{t('view.roots')}</PlaceLink>
      </EmptyState>
    )
  }
  if (answer.all.objects === 0)
    return <EmptyState title={t('unreachable.none')}>{t('unreachable.noneHint')}</EmptyState>
  const title: ReactNode = t('histogram.noneHint', { filter: place.filter })
  return <EmptyState title={t('histogram.none')}>{title}</EmptyState>
}

/** Starts the analysis that keeps what nothing reaches, beside this one, and goes there. */
function KeepButton({ place }: { place: UnreachablePlace }) {
  const { t } = useTranslation()
  const { open } = useNavigation()
  const queryClient = useQueryClient()
  const { artifactId, options } = parseHeapRef(place.artifactId)
  const keeping = { ...options, keepUnreachable: true }
  const start = useMutation({
    mutationFn: () => analyseWith(artifactId, keeping),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: caseQuery(place.caseId).queryKey })
      open(dominatorsPlace({ caseId: place.caseId, artifactId: printHeapRef(artifactId, keeping) }))
    },
  })
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        title={t('analysis.keepHint')}
        loading={start.isPending}
        onClick={() => start.mutate()}
      >
        {t('unreachable.keep')}
      </Button>
      {start.error !== null && <ErrorState error={start.error} />}
    </>
  )
}
