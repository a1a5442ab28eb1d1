/** Output of top: the processes of Java, their memory beside the heap, and the threads that used the processors. */
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { TopOutput } from '@heaptrail/api/top-output'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { topQuery } from '../../server/top.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { PlacedTimeText } from '../../widgets/placed-time.tsx'
import { ReadingButton } from '../../widgets/reading-form.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { ProcessCard } from './process-card.tsx'
import { ThreadTable } from './thread-table.tsx'
import styles from './top.module.css'

export function TopView({ place }: { place: PlaceOf<'top'> }) {
  const { data, error, refetch } = useQuery(topQuery(place.artifactId))
  if (error !== null) return <ErrorState whole error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  return <Output place={place} output={data} />
}

function Output({ place, output }: { place: PlaceOf<'top'>; output: TopOutput }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { processes, processesTotal, samples } = output
  const shown = processes.find(({ pid }) => pid === place.process) ?? processes[0]
  const total = samples.findLast(({ memoryTotal }) => memoryTotal !== null)?.memoryTotal
  return (
    <>
      <ViewHead title={t('view.top')}>
        {processes.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label={t('top.process')}
            value={shown?.pid}
            onChange={(event) => replace({ ...place, process: Number(event.currentTarget.value) })}
            data={processes.map(({ pid, command, isJava }) => ({
              value: String(pid),
              label: isJava ? `${command} ${pid} ★` : `${command} ${pid}`,
            }))}
          />
        )}
        <ReadingButton part={{ ...place, part: 0 }}>{t('top.time')}</ReadingButton>
        <ViewFacts>
          <PlacedTimeText time={output.time} /> ·{' '}
          {t('top.samples', { count: samples.length, formatted: formatCount(samples.length) })}
          {typeof total === 'number' && ` · ${t('top.machine', { bytes: formatBytes(total) })}`}
        </ViewFacts>
      </ViewHead>
      {shown === undefined ? (
        <EmptyState title={t('top.none')}>{t('top.noneHint')}</EmptyState>
      ) : (
        <ProcessCard key={shown.pid} caseId={place.caseId} process={shown} output={output} />
      )}
      {processes.length < processesTotal && (
        <p className={styles['more']}>
          {t('top.moreProcesses', { shown: formatCount(processes.length), total: formatCount(processesTotal) })}
        </p>
      )}
      <ThreadTable threads={output.threads} />
    </>
  )
}
