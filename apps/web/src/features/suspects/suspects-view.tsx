/** Who holds much of the heap, told as a story, with the evidence beside it. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { HeapFinding } from '@heaptrail/api/heap-findings'
import { suspectsQuery } from '../../server/heap.ts'
import type { PlaceOf } from '../../url/place-of.ts'
import { ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewHead } from '../../widgets/view-head.tsx'
import { Evidence } from './evidence.tsx'
import { Story } from './story.tsx'
import styles from './suspects.module.css'

export function SuspectsView({ place }: { place: PlaceOf<'suspects'> }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(suspectsQuery(place.artifactId))
  if (error !== null) return <ErrorState whole error={error} retry={() => void refetch()} />
  return (
    <>
      <ViewHead title={t('suspects.title')} />
      {data === undefined ? (
        <Waiting what={t('suspects.waiting')} />
      ) : (
        <ol className={styles['list']} aria-label={t('suspects.title')}>
          {data.findings.map((finding) => (
            <li key={keyOf(finding)}>
              <article className={styles['card']} data-severity={severityShown(finding)}>
                <Story finding={finding} of={place} />
                <Evidence finding={finding} of={place} usedHeap={data.usedHeap} />
              </article>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

function severityShown({ id, severity }: HeapFinding): string {
  return id === 'no-suspect' ? 'healthy' : severity
}

function keyOf({ id, parameters }: HeapFinding): string {
  if ('allocator' in parameters) return `${id} ${parameters.allocator.id} ${parameters.of}`
  return 'holder' in parameters ? `${id} ${parameters.holder.id} ${parameters.retained}` : id
}
