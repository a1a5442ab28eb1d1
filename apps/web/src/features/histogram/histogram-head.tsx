/** The line above the histogram: grouping, a filter for each column, which columns, the table as a file, sums. */
import { Button, Menu, NativeSelect } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { HistogramGrouping } from '@heaptrail/api/heap-histogram'
import { HISTOGRAM_COLUMNS, type HistogramColumn } from '@heaptrail/api/place-histogram'
import { formatBytes, formatExactBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { FilterInput } from '../../widgets/filter-field.tsx'
import { errorSentence } from '../../widgets/states.tsx'
import { useTypedTexts } from '../../widgets/typed-text.ts'
import { ViewHead } from '../../widgets/view-head.tsx'
import { useShownColumns } from './figure-columns.tsx'
import { NUMBER_COLUMNS, NumberFilter } from './number-filter.tsx'
import styles from './histogram.module.css'

type HistogramPlace = PlaceOf<'histogram'>

interface Sums {
  readonly classes: number
  readonly objects: number
  readonly shallow: number
}

interface HistogramHeadProps {
  readonly place: HistogramPlace
  readonly sums: Sums | undefined
  /** Saves what is shown. */
  readonly onSave: () => Promise<void>
}

const BY_CLASS = 'class'

export function HistogramHead({ place, sums, onSave }: HistogramHeadProps) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { filter, objects, shallow, retained } = place
  const columns = useShownColumns(place.columns)
  const { texts, type, leave } = useTypedTexts({ filter, objects, shallow, retained }, (typed) =>
    replace({ ...place, ...typed }),
  )
  return (
    <ViewHead title={t('view.histogram')}>
      <NativeSelect
        size="xs"
        w="6.5rem"
        aria-label={t('histogram.group.label')}
        value={place.group ?? BY_CLASS}
        data={([BY_CLASS, ...HistogramGrouping.options] as const).map((value) => ({
          value,
          label: t(`histogram.group.${value}`),
        }))}
        onChange={(event) =>
          replace({ ...place, group: HistogramGrouping.safeParse(event.currentTarget.value).data, open: [] })
        }
      />
      <FilterInput
        text={texts.filter}
        hint={t('histogram.filterHint')}
        onType={(text, isUnfinished) => type('filter', text, isUnfinished)}
        onLeave={leave}
      />
      <span className={styles['numbers']}>
        {NUMBER_COLUMNS.map((column) => (
          <NumberFilter
            key={column}
            column={column}
            text={texts[column]}
            onType={(text, isUnfinished) => type(column, text, isUnfinished)}
            onLeave={leave}
          />
        ))}
      </span>
      <ColumnMenu columns={columns} onChange={(chosen) => replace({ ...place, columns: chosen })} />
      <SaveButton onSave={onSave} />
      {sums !== undefined && <SumFacts {...sums} filtered={isFiltered(place)} />}
    </ViewHead>
  )
}

function isFiltered({ filter, objects, shallow, retained }: HistogramPlace): boolean {
  return [filter, objects, shallow, retained].some((text) => text !== '')
}

interface ColumnMenuProps {
  readonly columns: readonly HistogramColumn[]
  readonly onChange: (columns: readonly HistogramColumn[]) => void
}

function ColumnMenu({ columns, onChange }: ColumnMenuProps) {
  const { t } = useTranslation()
  const changed = (column: HistogramColumn) =>
    HISTOGRAM_COLUMNS.filter((other) => columns.includes(other) !== (other === column))
  return (
    <Menu closeOnItemClick={false} position="bottom-start" transitionProps={{ duration: 0 }} withinPortal={false}>
      <Menu.Target>
        <Button size="compact-xs" variant="default">
          {t('histogram.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {HISTOGRAM_COLUMNS.map((column) => (
          <Menu.CheckboxItem key={column} checked={columns.includes(column)} onChange={() => onChange(changed(column))}>
            {t(`histogram.columnName.${column}`)}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function SaveButton({ onSave }: { onSave: () => Promise<void> }) {
  const { t } = useTranslation()
  const saving = useMutation({ mutationFn: onSave })
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={saving.isPending}
      title={saving.error === null ? t('histogram.csvHint') : errorSentence(t, saving.error)}
      onClick={() => saving.mutate()}
    >
      {t('compare.csv')}
    </Button>
  )
}

function SumFacts({ classes, objects, shallow, filtered }: Sums & { filtered: boolean }) {
  const { t } = useTranslation()
  const words = {
    count: classes,
    formatted: formatCount(classes),
    objects: formatCount(objects),
    shallow: formatBytes(shallow),
  }
  const text = filtered ? t('histogram.filteredSums', words) : t('histogram.sums', words)
  return (
    <span className={styles['sums']} title={`${text}\n${formatExactBytes(shallow)}`} aria-live="polite">
      {text}
    </span>
  )
}
