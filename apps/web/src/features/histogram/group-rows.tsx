/** The histogram as a tree: packages, class loaders, or classes with their subclasses. */
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { HistogramSort } from '@heaptrail/api/heap'
import type { HistogramGrouping } from '@heaptrail/api/heap-histogram'
import { histogramGroupsQuery } from '../../server/histogram.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import type { GridTree } from '../../widgets/grid-tree.ts'
import { useKeptRows } from '../../widgets/kept-rows.ts'
import { useLocalRows } from '../../widgets/local-rows.ts'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectsPlace } from '../../widgets/object-places.ts'
import { useStable } from '../../widgets/stable.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { useFigureColumns, type Figures } from './figure-columns.tsx'
import { GroupCell, fileName } from './group-cell.tsx'
import { groupLines, toggled, type GroupLine } from './group-levels.ts'
import { HistogramHead } from './histogram-head.tsx'
import { sortedBy } from './sorting.ts'
import { saveTable } from './table-file.ts'

interface GroupRowsProps {
  readonly place: PlaceOf<'histogram'>
  readonly group: HistogramGrouping
}

export function GroupRows({ place, group }: GroupRowsProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { artifactId } = place
  const query = (parent: string | undefined) => histogramGroupsQuery(artifactId, group, place, parent)
  const { lines, asked } = groupLines(place.open, (parent) => queryClient.getQueryData(query(parent).queryKey))
  const results = useQueries({ queries: asked.map(query) })
  const error = results.find((result) => result.error !== null)?.error ?? null
  const first = results[0]?.data
  const retry = () => {
    for (const result of results) if (result.error !== null) void result.refetch()
  }
  const save = () =>
    saveTable(
      t,
      place,
      lines.flatMap((line) => (line.kind === 'row' ? [{ ...line.row, name: fileName(t, line.row) }] : [])),
    )
  return (
    <>
      <HistogramHead place={place} sums={first?.sums} onSave={() => Promise.resolve(save())} />
      {error !== null && <ErrorState error={error} retry={retry} />}
      {error === null && first === undefined && <Waiting what={t('histogram.grouping')} />}
      {error === null && first?.total === 0 && (
        <EmptyState title={t('histogram.none')}>{t('histogram.noneOfColumns')}</EmptyState>
      )}
      {error === null && first !== undefined && first.total > 0 && <Rows place={place} lines={lines} />}
    </>
  )
}

function Rows({ place, lines }: { place: PlaceOf<'histogram'>; lines: readonly GroupLine[] }) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const rows = useLocalRows(useKeptRows(lines, keyOfLine))
  const onToggle = useStable((line: GroupLine) => {
    if (line.kind === 'row' && line.isOpen !== undefined) replace({ ...place, open: toggled(place.open, line.row.key) })
  })
  const tree = useMemo<GridTree<GroupLine>>(
    () => ({
      levelOf: ({ level }) => level,
      isOpen: (line) => (line.kind === 'row' ? line.isOpen : undefined),
      onToggle,
    }),
    [onToggle],
  )
  const columns = useColumns(place, tree)
  const classOf = (line: GroupLine) => (line.kind === 'row' ? line.row.classId : null)
  return (
    <DataGrid
      label={t('view.histogram')}
      columns={columns}
      rows={rows}
      tree={tree}
      sorting={{ column: place.sort, order: place.order }}
      onSort={(column) => replace({ ...place, ...sortedBy(place, HistogramSort.parse(column)) })}
      isSelected={(line) => classOf(line) !== null && classOf(line) === place.selected}
      onSelect={(line) => replace({ ...place, selected: classOf(line) ?? undefined })}
      onOpen={(line) => {
        const classId = classOf(line)
        if (classId === null) tree.onToggle(line)
        else open(objectsPlace(place, classId))
      }}
      onMenu={(line, at) => {
        const objectId = classOf(line)
        if (objectId !== null) openMenu({ caseId: place.caseId, artifactId: place.artifactId, objectId }, at)
      }}
    />
  )
}

function useColumns(place: PlaceOf<'histogram'>, tree: GridTree<GroupLine>): readonly GridColumn<GroupLine>[] {
  const { t } = useTranslation()
  const figures = useFigureColumns<GroupLine>(place, figuresOf)
  return useMemo(
    () => [
      {
        id: 'class',
        title: t('column.class'),
        width: 'minmax(11rem, 1fr)',
        sortable: true,
        cell: (line) => <GroupCell line={line} onToggle={() => tree.onToggle(line)} />,
      },
      ...figures,
    ],
    [t, figures, tree],
  )
}

function keyOfLine(line: GroupLine): string {
  return line.kind === 'row' ? `${line.level} ${line.row.key}` : `${line.level} ${line.kind}`
}

/** With subclasses below it, a row is more than its class. */
function figuresOf(line: GroupLine): Figures | undefined {
  if (line.kind !== 'row') return undefined
  return line.row.children > 0 ? { ...line.row, classId: null } : line.row
}
