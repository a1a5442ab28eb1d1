/** Columns that several of the tables of waste have. */
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import type { WasteHolder } from '@heaptrail/api/heap-waste'
import { formatCount } from '../../format/count.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import type { GridColumn } from '../../widgets/data-grid.tsx'
import { HolderName } from '../../widgets/holder-name.tsx'
import { ObjectId } from '../../widgets/object-label.tsx'
import { pathsPlace } from '../../widgets/object-places.ts'
import { ShareBar, Size } from '../../widgets/size.tsx'

export function holderColumn<Row extends WasteHolder>(t: TFunction): GridColumn<Row> {
  return {
    id: 'holder',
    title: t('waste.column.holder'),
    width: 'minmax(12rem, 1fr)',
    cell: ({ holder, field }) => <HolderName holder={holder} field={field} />,
  }
}

export function countColumn<Row>(
  id: string,
  title: string,
  count: (row: Row) => number,
  mark: (row: Row, figure: ReactNode) => ReactNode = (_, figure) => figure,
): GridColumn<Row> {
  return { id, title, width: '6.5rem', numeric: true, cell: (row) => mark(row, formatCount(count(row))) }
}

export function bytesColumn<Row>(
  id: string,
  title: string,
  bytes: (row: Row) => number,
  mark: (row: Row, figure: ReactNode) => ReactNode = (_, figure) => figure,
): GridColumn<Row> {
  return { id, title, width: '6.5rem', numeric: true, cell: (row) => mark(row, <Size bytes={bytes(row)} />) }
}

/** @param whole bytes of all rows */
export function shareColumn<Row extends { readonly bytes: number }>(t: TFunction, whole: number): GridColumn<Row> {
  return {
    id: 'share',
    title: t('waste.column.share'),
    width: 'var(--ht-share)',
    cell: ({ bytes }) => <ShareBar part={bytes} whole={whole} />,
  }
}

/** Leads to why the example is still there. */
export function exampleColumn<Row extends { readonly example: string | null }>(
  t: TFunction,
  { caseId, artifactId }: Pick<PlaceOf<'waste'>, 'caseId' | 'artifactId'>,
): GridColumn<Row> {
  return {
    id: 'example',
    title: t('waste.column.example'),
    width: '7.5rem',
    cell: ({ example }) =>
      example !== null && (
        <PlaceLink to={pathsPlace({ caseId, artifactId, objectId: example })} title={t('view.paths')}>
          <ObjectId id={example} />
        </PlaceLink>
      ),
  }
}

/** Marks what was counted in a sample. */
export function estimated(t: TFunction) {
  return (row: { readonly estimated: boolean }, figure: ReactNode): ReactNode =>
    row.estimated ? <span title={t('owners.estimated')}>≈ {figure}</span> : figure
}
