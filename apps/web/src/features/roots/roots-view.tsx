/** GC roots: what lives for itself, by type, class and object. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RootRow } from '@heaptrail/api/heap-roots'
import { formatCount } from '../../format/count.ts'
import { serverSentence } from '../../i18n/server-sentences.ts'
import { heapSummaryQuery } from '../../server/heap.ts'
import { gcRootsQuery } from '../../server/heap-lists.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid } from '../../widgets/data-grid.tsx'
import type { GridTree } from '../../widgets/grid-tree.ts'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { useLinkedRow, usePagedRows, type PagedRows } from '../../widgets/paged-rows.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { useRootColumns } from './root-columns.tsx'
import styles from './roots.module.css'

type RootsPlace = PlaceOf<'roots'>

const LEVELS = { type: 1, class: 2, object: 3 } as const

export function RootsView({ place }: { place: RootsPlace }) {
  const { t } = useTranslation()
  const { artifactId, open, selected } = place
  const page = (offset: number, limit: number) => gcRootsQuery(artifactId, { open }, offset, limit)
  const rows = usePagedRows(open.join(), page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : (row) => objectIdOf(row) === selected)
  const counts = rows.anyPage?.counts
  return (
    <>
      <ViewHead title={t('view.roots')}>
        {counts !== undefined && (
          <ViewFacts>
            {t('roots.counts', {
              count: counts.roots,
              roots: formatCount(counts.roots),
              records: formatCount(counts.records),
            })}
          </ViewFacts>
        )}
      </ViewHead>
      <Notes notes={rows.anyPage?.notes ?? []} />
      {rows.error !== null && <ErrorState error={rows.error} retry={rows.retry} />}
      {rows.error === null && rows.total === undefined && <Waiting />}
      {rows.error === null && rows.total === 0 && (
        <EmptyState title={t('roots.none')}>{t('roots.noneHint')}</EmptyState>
      )}
      {rows.error === null && rows.total !== undefined && rows.total > 0 && (
        <Rows place={place} rows={rows} linkedRow={linkedRow} />
      )}
    </>
  )
}

interface RowsProps {
  readonly place: RootsPlace
  readonly rows: PagedRows<RootRow>
  readonly linkedRow: number
}

function Rows({ place, rows, linkedRow }: RowsProps) {
  const { t } = useTranslation()
  const { replace, open: goTo } = useNavigation()
  const openMenu = useObjectMenu()
  const { caseId, artifactId, open, selected } = place
  const usedHeap = useQuery(heapSummaryQuery(artifactId)).data?.usedHeap ?? 0
  const tree = useMemo<GridTree<RootRow>>(
    () => ({
      levelOf: ({ kind }) => LEVELS[kind],
      isOpen: (row) => (row.kind === 'object' ? undefined : row.open),
      onToggle(row) {
        if (row.kind !== 'object') replace({ ...place, open: toggled(open, row.key) })
      },
    }),
    [place, open, replace],
  )
  const columns = useRootColumns(tree, usedHeap)
  return (
    <DataGrid
      label={t('view.roots')}
      columns={columns}
      rows={rows}
      tree={tree}
      linkedRow={linkedRow}
      isSelected={(row) => selected !== undefined && objectIdOf(row) === selected}
      onSelect={(row) => replace({ ...place, selected: objectIdOf(row) })}
      onOpen={(row) =>
        row.kind === 'object' ? goTo(objectPlace({ caseId, artifactId, objectId: row.object.id })) : tree.onToggle(row)
      }
      onMenu={(row, at) => {
        const objectId = objectIdOf(row)
        if (objectId !== undefined) openMenu({ caseId, artifactId, objectId }, at)
      }}
    />
  )
}

/** The object, or the class object; types are nothing of the heap. */
function objectIdOf(row: RootRow): string | undefined {
  switch (row.kind) {
    case 'type':
      return undefined
    case 'class':
      return row.classId
    case 'object':
      return row.object.id
  }
}

function toggled(open: readonly string[], key: string): readonly string[] {
  // What is below a closed row is closed with it.
  return open.includes(key) ? open.filter((one) => one !== key && !one.startsWith(`${key}~`)) : [...open, key]
}

/** What is known of roots that are missing. */
function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return undefined
  return (
    <div className={styles['notes']} role="note">
      {notes.map((note) => (
        <p key={note}>{serverSentence(note)}</p>
      ))}
    </div>
  )
}
