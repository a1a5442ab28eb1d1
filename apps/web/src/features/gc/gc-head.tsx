/** Which log of the text, in which unit, over which other log; and the charts as files. */
import { ActionIcon, Menu, NativeSelect, NumberInput, SegmentedControl } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { JstatSummary } from '@heaptrail/api/jstat'
import { PartList, printParts } from '@heaptrail/api/text-parts'
import { useSavePicture } from '../../charts/save-picture.ts'
import { formatCount } from '../../format/count.ts'
import { timelineQuery } from '../../server/evidence.ts'
import { jstatCsvUrl } from '../../server/jstat.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { gcPlace } from '../../widgets/evidence-places.ts'
import { ReadingButton } from '../../widgets/reading-form.tsx'
import { errorSentence } from '../../widgets/states.tsx'
import { ViewHead } from '../../widgets/view-head.tsx'
import { legendOf } from './series-list.ts'
import type { GcSeries } from './use-gc-series.ts'
import styles from './gc-view.module.css'

type GcPlace = PlaceOf<'gc'>

interface GcHeadProps {
  readonly place: GcPlace
  readonly summary: JstatSummary
  readonly gc: GcSeries
  readonly charts: { readonly current: HTMLDivElement | null }
}

export function GcHead({ place, summary, gc, charts }: GcHeadProps) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  return (
    <ViewHead title={t('view.gc')}>
      <PartChoice place={place} summary={summary} />
      {summary.capacities !== 'none' && (
        <SegmentedControl
          size="xs"
          aria-label={t('gc.unitChoice')}
          value={place.unit}
          data={[
            { value: 'percent', label: t('gc.unit.percent') },
            { value: 'bytes', label: t('gc.unit.bytes') },
          ]}
          onChange={(unit) => replace({ ...place, unit: unit === 'bytes' ? 'bytes' : 'percent' })}
        />
      )}
      <OverlayChoice place={place} />
      <span className={styles['end']}>
        <ReadingButton part={place}>{t('reading.button')}</ReadingButton>
        <ExportMenu place={place} gc={gc} charts={charts} />
      </span>
    </ViewHead>
  )
}

/** A text may hold several logs: of several options, of several JVMs. */
function PartChoice({ place, summary: { logs } }: Pick<GcHeadProps, 'place' | 'summary'>) {
  const { t } = useTranslation()
  const { open } = useNavigation()
  if (logs.length < 2) return undefined
  return (
    <NativeSelect
      size="xs"
      aria-label={t('gc.part')}
      value={String(place.part)}
      onChange={(event) => open({ ...gcPlace({ ...place, part: Number(event.currentTarget.value) }) })}
      data={logs.map(({ part, option, firstLine, lastLine, prefix }) => ({
        value: String(part),
        label: t('gc.partOf', {
          number: part + 1,
          total: logs.length,
          option: `-${option}`,
          first: formatCount(firstLine),
          last: formatCount(lastLine),
          prefix,
        }).trim(),
      }))}
    />
  )
}

/** Before and after the fix: another log of the case, drawn with dashes. */
function OverlayChoice({ place }: { place: GcPlace }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { data } = useQuery(timelineQuery(place.caseId))
  const others = data?.items.filter(
    ({ kind, artifactId, part }) => kind === 'jstat-log' && !(artifactId === place.artifactId && part === place.part),
  )
  if (others === undefined || others.length === 0) return undefined
  // Another axis: what was zoomed to lies elsewhere on it.
  const everything = { from: undefined, to: undefined }
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('gc.overlay')}
        value={place.overlay === undefined ? '' : printParts([place.overlay])}
        onChange={(event) => {
          const [overlay] = event.currentTarget.value === '' ? [] : PartList.parse(event.currentTarget.value)
          replace({ ...place, ...everything, overlay, shift: 0 })
        }}
        data={[
          { value: '', label: t('gc.noOverlay') },
          ...others.map((item) => ({
            value: printParts([item]),
            label: t('gc.overlayOf', {
              name: others.some((other) => other !== item && other.name === item.name)
                ? `${item.name} (${item.part + 1})`
                : item.name,
            }),
          })),
        ]}
      />
      {place.overlay !== undefined && (
        <NumberInput
          size="xs"
          w="8.5rem"
          aria-label={t('gc.shift')}
          title={t('gc.shift')}
          value={place.shift}
          suffix=" s"
          prefix={place.shift > 0 ? '+' : ''}
          step={1}
          decimalScale={3}
          onChange={(value) => replace({ ...place, shift: typeof value === 'number' ? value : 0 })}
        />
      )}
    </>
  )
}

function ExportMenu({ place, gc, charts }: Omit<GcHeadProps, 'summary'>) {
  const { t } = useTranslation()
  const window = { axis: gc.jstatAxis, from: place.from, to: place.to }
  const legend = gc.series === undefined ? [] : legendOf(t, gc.series)
  const { save, failure } = useSavePicture(
    charts,
    legend.filter(({ name }) => !place.hidden.includes(name)),
    'gc.png',
  )
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('chart.export')} title={t('chart.export')}>
            <IconDownload size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={gc.series === undefined} onClick={save}>
            {t('chart.png')}
          </Menu.Item>
          <Menu.Item component="a" href={jstatCsvUrl(place, window)} download>
            {t('chart.csv')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {failure !== undefined && <span role="alert">{errorSentence(t, failure)}</span>}
    </>
  )
}
