/** All classes below a class, those that retain most first. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClassDetail, ClassRow } from '@heaptrail/api/heap-class'
import { formatCount } from '../../format/count.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { useLocalRows } from '../../widgets/local-rows.ts'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { ClassName } from '../../widgets/object-label.tsx'
import { objectsPlace } from '../../widgets/object-places.ts'
import { Size } from '../../widgets/size.tsx'
import styles from './class.module.css'

export function SubclassesTab({ place, detail }: { place: PlaceOf<'objects'>; detail: ClassDetail }) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const { caseId, artifactId, selected } = place
  const rows = useLocalRows(detail.subclasses)
  const columns = useColumns()
  return (
    <>
      {detail.subclasses.length < detail.subclassCount && (
        <p className={styles['head']} role="note">
          {t('class.firstSubclasses', {
            shown: formatCount(detail.subclasses.length),
            total: formatCount(detail.subclassCount),
          })}
        </p>
      )}
      <DataGrid
        label={t('class.tab.subclasses')}
        columns={columns}
        rows={rows}
        linkedRow={undefined}
        isSelected={(row) => row.classId === selected}
        onSelect={(row) => replace({ ...place, selected: row.classId })}
        onOpen={(row) => open(objectsPlace(place, row.classId))}
        onMenu={(row, at) => openMenu({ caseId, artifactId, objectId: row.classId }, at)}
      />
    </>
  )
}

function useColumns(): readonly GridColumn<ClassRow>[] {
  const { t } = useTranslation()
  return useMemo(() => {
    const figure = { numeric: true, width: '6rem' } as const
    return [
      {
        id: 'class',
        title: t('column.class'),
        width: 'minmax(12rem, 1.4fr)',
        cell: (row) => <ClassName name={row.className} own={row.own} />,
      },
      {
        id: 'extends',
        title: t('class.extends'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => row.superclass !== null && <ClassName name={row.superclass} />,
      },
      { id: 'objects', title: t('column.objects'), ...figure, cell: (row) => formatCount(row.objects) },
      { id: 'shallow', title: t('column.shallow'), ...figure, cell: (row) => <Size bytes={row.shallow} /> },
      { id: 'retained', title: t('column.retained'), ...figure, cell: (row) => <Size bytes={row.retained} /> },
    ]
  }, [t])
}
