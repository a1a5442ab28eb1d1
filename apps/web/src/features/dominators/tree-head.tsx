/** The line above the tree: how it is shown, grouped and filtered. */
import { NativeSelect, SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { TreeGrouping } from '@heaptrail/api/heap'
import { LEVEL_SHOWN, TREE_MODES } from '@heaptrail/api/place-dominators'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { FilterField } from '../../widgets/filter-field.tsx'
import { ViewHead } from '../../widgets/view-head.tsx'

const UNGROUPED = 'none'

export function TreeHead({ place, children }: { place: PlaceOf<'dominators'>; children?: ReactNode }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  return (
    <ViewHead title={t('view.dominators')}>
      <SegmentedControl
        size="xs"
        aria-label={t('tree.mode.label')}
        value={place.mode}
        data={TREE_MODES.map((mode) => ({ value: mode, label: t(`tree.mode.${mode}`) }))}
        onChange={(value) => replace({ ...place, mode: TREE_MODES.find((mode) => mode === value) ?? 'tree' })}
      />
      <NativeSelect
        size="xs"
        aria-label={t('tree.group.label')}
        value={place.group ?? UNGROUPED}
        data={[UNGROUPED, ...TreeGrouping.options].map((value) => ({
          value,
          label: t(`tree.group.${value as typeof UNGROUPED | TreeGrouping}`),
        }))}
        onChange={(event) => {
          const group = TreeGrouping.safeParse(event.currentTarget.value).data
          replace({ ...place, group, openGroups: [], shown: LEVEL_SHOWN, root: undefined })
        }}
      />
      <FilterField
        value={place.filter}
        hint={t('histogram.filterHint')}
        onChange={(filter) => replace({ ...place, filter, shown: LEVEL_SHOWN })}
      />
      {children}
    </ViewHead>
  )
}
