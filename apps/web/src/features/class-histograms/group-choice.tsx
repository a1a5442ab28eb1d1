/** Rows are classes or packages. */
import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ClassGroup } from '@heaptrail/api/class-histograms'

export function GroupChoice({ group, onChange }: { group: ClassGroup; onChange: (group: ClassGroup) => void }) {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('histo.group')}
      value={group}
      data={[
        { value: 'class', label: t('histo.byClass') },
        { value: 'package', label: t('histo.byPackage') },
      ]}
      onChange={(value) => onChange(value === 'package' ? 'package' : 'class')}
    />
  )
}
