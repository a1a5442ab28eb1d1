/** Totals and what is known of the JVM, as a definition list. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { HeapSummary } from '@heaptrail/api/heap'
import type { JvmFacts } from '@heaptrail/api/heap-properties'
import { formatBytes, formatExactBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { formatDuration, formatInstant } from '../../format/time.ts'
import { jvmFactsQuery } from '../../server/heap-lists.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { BreakableName } from '../../widgets/breakable-name.tsx'
import { Fact, Facts } from '../../widgets/facts.tsx'
import { propertiesPlace } from '../../widgets/list-places.ts'
import { Size } from '../../widgets/size.tsx'
import styles from './overview.module.css'

/** Bytes; less tells nobody anything. */
const LEAST_DIRECT = 2 ** 20

interface HeapFactsProps {
  readonly place: PlaceOf<'overview'>
  readonly summary: HeapSummary
}

export function HeapFacts({ place, summary }: HeapFactsProps) {
  const { t, i18n } = useTranslation()
  const { layout } = summary
  const headers = t('overview.headers', {
    instance: layout.instanceHeader,
    array: layout.arrayHeader,
    alignment: layout.alignment,
  })
  return (
    <Facts>
      <Fact name={t('overview.fact.usedHeap')}>
        <Size bytes={summary.usedHeap} />
        <Limit place={place} />
      </Fact>
      <Fact name={t('overview.fact.objects')}>{formatCount(summary.objects)}</Fact>
      <Fact name={t('overview.fact.classes')}>
        {t('overview.classesOfLoaders', {
          classes: formatCount(summary.classes),
          loaders: formatCount(summary.classLoaders),
          count: summary.classLoaders,
        })}
      </Fact>
      <Fact name={t('overview.fact.taken')}>
        {summary.takenAt === null ? t('unknown') : formatInstant(summary.takenAt, i18n.language)}
      </Fact>
      <Jvm place={place} summary={summary} />
      <Fact name={t('overview.fact.references')}>
        <span title={`${t(`layout.explained.${layout.certainty}`)} ${headers}`}>
          {t(`layout.${layout.references}`)} ({t(`layout.${layout.certainty}`)})
        </span>
      </Fact>
      <Fact name={t('overview.fact.file')}>
        <Size bytes={summary.fileSize} />, {summary.format.replace('JAVA PROFILE ', 'HPROF ')},{' '}
        {t('overview.identifiers', { bytes: summary.identifierSize })}
      </Fact>
    </Facts>
  )
}

/** Of -Xmx, where the heap tells it. */
function Limit({ place }: Pick<HeapFactsProps, 'place'>) {
  const { t } = useTranslation()
  const limit = useQuery(jvmFactsQuery(place.artifactId)).data?.maxHeap ?? null
  if (limit === null) return undefined
  const title = `${t('overview.maxHeapKnown')} (${formatExactBytes(limit)})`
  return <span title={title}>{t('overview.ofAtMost', { size: formatBytes(limit) })}</span>
}

/** On two lines, with all of them on hover; the properties have them in full. */
function Options({ options }: Pick<JvmFacts, 'options'>) {
  const { t } = useTranslation()
  if (options === null || options.length === 0) return undefined
  return (
    <Fact name={t('overview.fact.options')}>
      <div className={styles['options']} title={options.join('\n')}>
        {options.map((option, place) => (
          <span key={`${place} ${option}`}>{option} </span>
        ))}
      </div>
    </Fact>
  )
}

/** What the heap says of its process; the summary's line until that is here, and where it says nothing. */
function Jvm({ place, summary }: HeapFactsProps) {
  const { t } = useTranslation()
  const { data } = useQuery(jvmFactsQuery(place.artifactId))
  return (
    <>
      <Fact name={t('overview.fact.jvm')}>
        <PlaceLink to={propertiesPlace(place)} className={styles['plain']} title={t('view.properties')}>
          {(data && jvmText(data)) ?? summary.jvm ?? t('unknown')}
        </PlaceLink>
      </Fact>
      {data !== undefined && (
        <>
          {data.command !== null && (
            <Fact name={t('overview.fact.command')}>
              <span className={styles['command']} title={data.command}>
                <BreakableName name={data.command} />
              </span>
            </Fact>
          )}
          <Uptime summary={summary} startedAt={data.startedAt} />
          {data.collector !== null && (
            <Fact name={t('overview.fact.collector')}>
              <span title={t('overview.collectorKnown', { beans: data.collector.beans.join(', ') })}>
                {data.collector.name}
              </span>
            </Fact>
          )}
          <Options options={data.options} />
          {data.direct !== null && data.direct.used >= LEAST_DIRECT && (
            <Fact name={t('overview.fact.direct')}>
              <Size bytes={data.direct.used} />
              {t('overview.ofAtMost', { size: formatBytes(data.direct.limit) })}
            </Fact>
          )}
          {data.os !== null && (
            <Fact name={t('overview.fact.os')}>
              {data.os}
              {data.processors !== null &&
                t('overview.processors', { count: data.processors, formatted: formatCount(data.processors) })}
            </Fact>
          )}
          {data.pid !== null && <Fact name={t('overview.fact.process')}>{data.pid}</Fact>}
        </>
      )}
    </>
  )
}

function jvmText({ version, vmName, vendor }: JvmFacts): string | undefined {
  if (version === null) return undefined
  return [version, ...(vmName === null ? [] : [vmName]), ...(vendor === null ? [] : [`(${vendor})`])].join(' ')
}

/** From the start of the process to the dump. */
function Uptime({ summary, startedAt }: { summary: HeapSummary; startedAt: string | null }) {
  const { t, i18n } = useTranslation()
  if (startedAt === null || summary.takenAt === null) return undefined
  const seconds = (Date.parse(summary.takenAt) - Date.parse(startedAt)) / 1000
  // Clocks may have been set in between.
  if (seconds < 0) return undefined
  return (
    <Fact name={t('overview.fact.uptime')}>
      <span title={t('overview.started', { time: formatInstant(startedAt, i18n.language) })}>
        {formatDuration(seconds)}
      </span>
    </Fact>
  )
}
