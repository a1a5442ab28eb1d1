/** The table of each tab: its rows lead to objects, one of which is selected by the place. */
import type { Place } from '@heaptrail/api/place'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import type { PagedRows } from '../../widgets/paged-rows.ts'
import { WasteState } from './waste-state.tsx'

interface WasteGridProps<Row> {
  readonly place: PlaceOf<'waste'>
  readonly columns: readonly GridColumn<Row>[]
  readonly rows: PagedRows<Row>
  /** See useLinkedRow. */
  readonly linkedRow: number
  /** The object that a row stands for. */
  readonly idOf: (row: Row) => string
  /** Where a row opens. */
  readonly opens: (row: Row) => Place
  /** What the table comes to. */
  readonly children: ReactNode
}

export function WasteGrid<Row>({ place, columns, rows, linkedRow, idOf, opens, children }: WasteGridProps<Row>) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const { caseId, artifactId, selected } = place
  return (
    <WasteState place={place} rows={rows}>
      {children}
      <DataGrid
        label={t(`waste.of.${place.of}`)}
        columns={columns}
        rows={rows}
        linkedRow={linkedRow}
        isSelected={(row) => idOf(row) === selected}
        onSelect={(row) => replace({ ...place, selected: idOf(row) })}
        onOpen={(row) => open(opens(row))}
        onMenu={(row, at) => openMenu({ caseId, artifactId, objectId: idOf(row) }, at)}
      />
    </WasteState>
  )
}
