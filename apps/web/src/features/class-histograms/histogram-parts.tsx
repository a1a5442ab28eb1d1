/** Which histogram of a text that holds several. */
import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ClassHistogramFacts } from '@heaptrail/api/class-histograms'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'

interface HistogramPartsProps {
  readonly place: PlaceOf<'class-histogram'>
  readonly all: readonly ClassHistogramFacts[]
}

export function HistogramParts({ place, all }: HistogramPartsProps) {
  const { t } = useTranslation()
  const { open } = useNavigation()
  if (all.length < 2) return undefined
  return (
    <NativeSelect
      size="xs"
      aria-label={t('histo.part')}
      value={String(place.part)}
      onChange={(event) => open({ ...place, part: Number(event.currentTarget.value) })}
      data={all.map(({ part, line, bytes }) => ({
        value: String(part),
        label: t('histo.partOf', {
          number: part + 1,
          total: all.length,
          line: formatCount(line),
          bytes: formatBytes(bytes),
        }),
      }))}
    />
  )
}
