/** The bytes of a primitive array as they stand in the dump, sixteen in a row, and as a file. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { HexRow } from '@heaptrail/api/heap-contents'
import type { ObjectDetail } from '@heaptrail/api/heap'
import { downloadPath, hexQuery } from '../../server/heap-contents.ts'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { usePagedRows } from '../../widgets/paged-rows.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import styles from './object-view.module.css'

export function HexTab({ place, object }: { place: PlaceOf<'object'>; object: ObjectDetail }) {
  const { t } = useTranslation()
  const { artifactId, objectId } = place
  const rows = usePagedRows(objectId, (offset, limit) => hexQuery(artifactId, objectId, offset, limit))
  const columns = useColumns()
  if (rows.error !== null) return <ErrorState error={rows.error} retry={rows.retry} />
  if (rows.total === undefined) return <Waiting />
  if (rows.total === 0) return <EmptyState title={t('object.noFields')} />
  const isBytes = object.className === 'byte[]'
  return (
    <>
      <div className={styles['controls']}>
        {!isBytes && <span>{t('object.highestFirst')}</span>}
        <a className={styles['download']} href={downloadPath(artifactId, objectId, 'bytes')} download>
          {t('object.download.bytes')}
        </a>
        <a href={downloadPath(artifactId, objectId, 'numbers')} download>
          {t('object.download.numbers')}
        </a>
      </div>
      <DataGrid
        label={t('object.tab.hex')}
        columns={columns}
        rows={rows}
        isSelected={() => false}
        onSelect={() => undefined}
        onOpen={() => undefined}
      />
    </>
  )
}

function useColumns(): readonly GridColumn<HexRow>[] {
  const { t } = useTranslation()
  return useMemo(
    () => [
      {
        id: 'at',
        title: t('column.byte'),
        width: '6.5rem',
        numeric: true,
        cell: (row) => <span className={styles['dim']}>{row.at.toString(16).padStart(8, '0')}</span>,
      },
      { id: 'hex', title: t('object.tab.hex'), width: '26rem', cell: (row) => <code>{row.hex}</code> },
      { id: 'text', title: 'ASCII', width: 'minmax(10rem, 1fr)', cell: (row) => <code>{row.text}</code> },
    ],
    [t],
  )
}
