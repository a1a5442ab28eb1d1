/** The shortest paths from GC roots to all selected objects, merged where they run together. */
import { SegmentedControl, Switch } from '@mantine/core'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ReferenceStrength } from '@heaptrail/api/heap'
import { MERGED_SHOWN } from '@heaptrail/api/place-selection'
import { formatCount } from '../../format/count.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid } from '../../widgets/data-grid.tsx'
import type { GridTree } from '../../widgets/grid-tree.ts'
import { useLocalRows } from '../../widgets/local-rows.ts'
import { LongWait } from '../../widgets/long-wait.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace, objectsPlace } from '../../widgets/object-places.ts'
import { EmptyState, ErrorState } from '../../widgets/states.tsx'
import { ViewFacts } from '../../widgets/view-head.tsx'
import { useMergedColumns } from './merged-columns.tsx'
import { toggled, withMore, type TreeRow } from './merged-rows.ts'
import { SelectionHead } from './selection-head.tsx'
import { useMergedLevels, type MergedLevels } from './use-merged-levels.ts'
import styles from './selection.module.css'

type MergedPathsPlace = PlaceOf<'merged-paths'>

export function MergedPathsView({ place }: { place: MergedPathsPlace }) {
  const { t } = useTranslation()
  const levels = useMergedLevels(place)
  const { first, rows, error, retry } = levels
  return (
    <>
      <SelectionHead place={place}>
        {first !== undefined && (
          <ViewFacts>
            {t('selection.merged', { count: first.selected, formatted: formatCount(first.selected) })}
            {first.unheld > 0 &&
              ` · ${t('selection.unheld', { count: first.unheld, formatted: formatCount(first.unheld) })}`}
          </ViewFacts>
        )}
      </SelectionHead>
      <Choices place={place} />
      {error !== null && <ErrorState error={error} retry={retry} />}
      {error === null && first === undefined && <LongWait place={place} />}
      {error === null && first?.total === 0 && (
        <EmptyState title={t('selection.noPaths')}>{t('selection.noPathsHint')}</EmptyState>
      )}
      {error === null && rows.length > 0 && first !== undefined && first.total > 0 && (
        <Tree place={place} levels={levels} />
      )}
    </>
  )
}

function Choices({ place }: { place: MergedPathsPlace }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const anew = { open: [], shown: MERGED_SHOWN, selected: undefined } as const
  return (
    <div className={styles['choices']}>
      <SegmentedControl
        size="xs"
        aria-label={t('selection.group')}
        data={(['object', 'class'] as const).map((group) => ({ value: group, label: t(`selection.by.${group}`) }))}
        value={place.group}
        onChange={(group) => replace({ ...place, ...anew, group })}
      />
      <Switch
        size="xs"
        label={t('paths.onlyStrong')}
        checked={place.exclude.length === ReferenceStrength.options.length}
        onChange={(event) =>
          replace({ ...place, ...anew, exclude: event.currentTarget.checked ? ReferenceStrength.options : [] })
        }
      />
    </div>
  )
}

function Tree({ place, levels }: { place: MergedPathsPlace; levels: MergedLevels }) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const rows = useLocalRows(levels.rows)
  const { caseId, artifactId } = place
  const tree = useMemo<GridTree<TreeRow>>(
    () => ({
      levelOf: ({ level }) => level,
      isOpen: (row) => (row.kind === 'row' ? row.isOpen : undefined),
      onToggle: (row) => row.kind === 'row' && row.isOpen !== undefined && replace(toggled(place, row.path)),
    }),
    [place, replace],
  )
  const onMore = useCallback((row: TreeRow) => replace(withMore(place, row.path)), [place, replace])
  const bytes = (levels.first?.rows ?? []).reduce((sum, row) => sum + row.bytes, 0)
  const columns = useMergedColumns(tree, { bytes }, onMore)
  return (
    <DataGrid
      label={t('view.merged-paths')}
      columns={columns}
      rows={rows}
      tree={tree}
      isSelected={(row) => row.kind === 'row' && idOf(row) === place.selected}
      onSelect={(row) => row.kind === 'row' && replace({ ...place, selected: idOf(row) })}
      onOpen={(row) => {
        if (row.kind === 'more') onMore(row)
        if (row.kind !== 'row') return
        const { object, classId } = row.row
        open(
          object === null
            ? objectsPlace({ caseId, artifactId }, classId)
            : objectPlace({ caseId, artifactId, objectId: object.id }),
        )
      }}
      onMenu={(row, at) => row.kind === 'row' && openMenu({ caseId, artifactId, objectId: idOf(row) }, at)}
    />
  )
}

/** The object, or the class object of a row that stands for objects of a class. */
function idOf({ row }: Extract<TreeRow, { kind: 'row' }>): string {
  return row.object?.id ?? row.classId
}
