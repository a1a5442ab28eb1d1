/** What is wasted: strings with the same text, and collections and arrays that are empty or have room to spare. */
import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { WasteBy, WasteOf } from '@heaptrail/api/place-waste'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { FilterField } from '../../widgets/filter-field.tsx'
import { Tabs } from '../../widgets/tabs.tsx'
import { ViewHead } from '../../widgets/view-head.tsx'
import { FillByClassRows, FillByHolderRows } from './fill-rows.tsx'
import { StringHolderRows, StringRows } from './string-rows.tsx'
import styles from './waste.module.css'

type WastePlace = PlaceOf<'waste'>

export function WasteView({ place }: { place: WastePlace }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { of, by, filter } = place
  const what = of === 'strings' ? 'text' : 'class'
  const word = what === 'text' && by === 'what' ? 'text' : 'name'
  return (
    <>
      <ViewHead title={t('view.waste')}>
        <FilterField
          value={filter}
          label={t(`waste.filter.${word}`)}
          hint={t(`waste.filterHint.${word}`)}
          onChange={(text) => replace({ ...place, filter: text })}
        />
      </ViewHead>
      <Tabs
        label={t('waste.of.label')}
        names={WasteOf.options}
        current={of}
        title={(name) => t(`waste.of.${name}`)}
        onChange={(name) => replace({ ...place, of: name, filter: '', selected: undefined })}
      />
      <div className={styles['choices']}>
        <SegmentedControl
          size="xs"
          aria-label={t('waste.by.label')}
          value={by}
          data={WasteBy.options.map((value) => ({
            value,
            label: t(`waste.by.${value === 'what' ? what : value}`),
          }))}
          onChange={(value) =>
            replace({ ...place, by: WasteBy.catch('what').parse(value), filter: '', selected: undefined })
          }
        />
        <p className={styles['explained']}>{t(`waste.explained.${of}`)}</p>
      </div>
      <Rows key={`${of} ${by}`} place={place} />
    </>
  )
}

function Rows({ place }: { place: WastePlace }) {
  const { of, by } = place
  if (of === 'strings') return by === 'what' ? <StringRows place={place} /> : <StringHolderRows place={place} />
  return by === 'what' ? <FillByClassRows place={place} of={of} /> : <FillByHolderRows place={place} of={of} />
}
