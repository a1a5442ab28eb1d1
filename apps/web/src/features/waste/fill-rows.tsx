/** How full collections or arrays are, by class, and who holds those that waste something. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FillByClass, FillOf, FillOfClass, FillOfHolder } from '@heaptrail/api/heap-waste'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount, formatShare } from '../../format/count.ts'
import { fillByClassQuery, fillByHolderQuery } from '../../server/waste.ts'
import type { PlaceOf } from '../../url/place-of.ts'
import type { GridColumn } from '../../widgets/data-grid.tsx'
import { ClassName } from '../../widgets/object-label.tsx'
import { objectPlace, objectsPlace } from '../../widgets/object-places.ts'
import { useLinkedRow, usePagedRows } from '../../widgets/paged-rows.ts'
import { useIsNarrow } from '../../widgets/view-width.ts'
import { bytesColumn, countColumn, estimated, exampleColumn, holderColumn, shareColumn } from './waste-columns.tsx'
import { WasteGrid } from './waste-grid.tsx'
import { WasteSums } from './waste-sums.tsx'
import styles from './waste.module.css'

interface FillRowsProps {
  readonly place: PlaceOf<'waste'>
  readonly of: FillOf
}

export function FillByClassRows({ place, of }: FillRowsProps) {
  const { filter, selected } = place
  const page = (offset: number, limit: number) => fillByClassQuery(of, place, offset, limit)
  const rows = usePagedRows(filter, page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : (row) => idOf(row) === selected)
  const columns = useClassColumns(place, rows.anyPage?.sums.bytes ?? 0)
  return (
    <WasteGrid
      place={place}
      columns={columns}
      rows={rows}
      linkedRow={linkedRow}
      idOf={idOf}
      opens={({ classId }) => objectsPlace(place, classId)}
    >
      {rows.anyPage !== undefined && <FillSums of={of} sums={rows.anyPage.sums} />}
    </WasteGrid>
  )
}

/** Where no object wastes anything, the class itself. */
function idOf({ example, classId }: FillOfClass): string {
  return example ?? classId
}

function useClassColumns(place: FillRowsProps['place'], whole: number): readonly GridColumn<FillOfClass>[] {
  const { t } = useTranslation()
  const isNarrow = useIsNarrow()
  const { caseId, artifactId } = place
  return useMemo(
    () => [
      {
        id: 'class',
        title: t('column.class'),
        width: 'minmax(12rem, 1fr)',
        cell: ({ className, own }) => <ClassName name={className} own={own} />,
      },
      countColumn('objects', t('column.objects'), (row) => row.objects),
      countColumn('empty', t('waste.column.empty'), (row) => row.empty),
      { id: 'fill', title: t('waste.column.fill'), width: '4.5rem', numeric: true, cell: (row) => <Fill row={row} /> },
      ...(isNarrow
        ? []
        : [
            bytesColumn('emptyBytes', t('waste.column.emptyFrees'), (row: FillOfClass) => row.emptyBytes),
            bytesColumn('slackBytes', t('waste.column.slackFrees'), (row: FillOfClass) => row.slackBytes),
          ]),
      bytesColumn('bytes', t('waste.column.frees'), (row) => row.bytes),
      ...(isNarrow ? [] : [shareColumn<FillOfClass>(t, whole), exampleColumn<FillOfClass>(t, { caseId, artifactId })]),
    ],
    [t, isNarrow, whole, caseId, artifactId],
  )
}

function Fill({ row: { used, capacity } }: { row: FillOfClass }) {
  const { t } = useTranslation()
  if (capacity === 0) return <span className={styles['dim']}>–</span>
  const words = { used: formatCount(used), capacity: formatCount(capacity) }
  return <span title={t('waste.fillTitle', words)}>{formatShare(used / capacity)}</span>
}

function FillSums({ of, sums }: { of: FillOf; sums: FillByClass['sums'] }) {
  const { t } = useTranslation()
  return (
    <WasteSums bytes={sums.bytes}>
      {t(`waste.fillSums.${of}`, {
        empty: formatCount(sums.empty),
        objects: formatCount(sums.objects),
        bytes: formatBytes(sums.bytes),
        emptyBytes: formatBytes(sums.emptyBytes),
        slackBytes: formatBytes(sums.slackBytes),
      })}
    </WasteSums>
  )
}

export function FillByHolderRows({ place, of }: FillRowsProps) {
  const { filter, selected } = place
  const page = (offset: number, limit: number) => fillByHolderQuery(of, place, offset, limit)
  const rows = usePagedRows(filter, page)
  const linkedRow = useLinkedRow(page, selected === undefined ? undefined : (row) => row.example === selected)
  const columns = useHolderColumns(place, rows.anyPage?.sums.bytes ?? 0)
  return (
    <WasteGrid
      place={place}
      columns={columns}
      rows={rows}
      linkedRow={linkedRow}
      idOf={({ example }) => example}
      opens={({ example }) => objectPlace({ ...place, objectId: example })}
    >
      {rows.anyPage !== undefined && <FillSums of={of} sums={rows.anyPage.sums} />}
    </WasteGrid>
  )
}

function useHolderColumns(place: FillRowsProps['place'], whole: number): readonly GridColumn<FillOfHolder>[] {
  const { t } = useTranslation()
  const isNarrow = useIsNarrow()
  const { caseId, artifactId } = place
  return useMemo(
    () => [
      holderColumn<FillOfHolder>(t),
      {
        id: 'class',
        title: t('waste.column.held'),
        width: 'minmax(9rem, 0.6fr)',
        cell: ({ className }) => <ClassName name={className} />,
      },
      countColumn('objects', t('waste.column.wasting'), (row: FillOfHolder) => row.objects, estimated(t)),
      bytesColumn('bytes', t('waste.column.frees'), (row: FillOfHolder) => row.bytes, estimated(t)),
      ...(isNarrow
        ? []
        : [shareColumn<FillOfHolder>(t, whole), exampleColumn<FillOfHolder>(t, { caseId, artifactId })]),
    ],
    [t, isNarrow, whole, caseId, artifactId],
  )
}
