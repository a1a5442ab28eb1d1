/** Who holds much of the heap, told as a story, with the evidence beside it. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Dismissal } from '@heaptrail/api/dismissals'
import type { HeapFinding, HeapFindings } from '@heaptrail/api/heap-findings'
import { formatBytes } from '../../format/bytes.ts'
import { dismissalsQuery } from '../../server/dismissals.ts'
import { suspectsQuery } from '../../server/heap.ts'
import type { PlaceOf } from '../../url/place-of.ts'
import { type DismissalSubject, dismissalOf, subjectInDump } from '../../widgets/dismissal-subject.ts'
import { DismissButton, Dismissed } from '../../widgets/dismissing.tsx'
import { ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { Evidence } from './evidence.tsx'
import { Story } from './story.tsx'
import styles from './suspects.module.css'

export function SuspectsView({ place }: { place: PlaceOf<'suspects'> }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(suspectsQuery(place.artifactId))
  const { data: said } = useQuery(dismissalsQuery(place.caseId))
  if (error !== null) return <ErrorState whole error={error} retry={() => void refetch()} />
  return (
    <>
      <ViewHead title={t('suspects.title')}>{data !== undefined && <Base heap={data} />}</ViewHead>
      {data === undefined ? (
        <Waiting what={t('suspects.waiting')} />
      ) : (
        <ol className={styles['list']} aria-label={t('suspects.title')}>
          {inOrder(data.findings, place.artifactId, said?.dismissals ?? []).map(({ finding, subject, dismissal }) => (
            <li key={keyOf(finding)}>
              <article className={styles['card']} data-severity={severityShown(finding, dismissal !== undefined)}>
                <Story finding={finding} of={place}>
                  <Judgement caseId={place.caseId} finding={finding} subject={subject} dismissal={dismissal} />
                </Story>
                <Evidence finding={finding} of={place} usedHeap={data.usedHeap} />
              </article>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

/** What all shares are of. */
function Base({ heap: { usedHeap, maxHeap } }: { heap: HeapFindings }) {
  const { t } = useTranslation()
  const used = formatBytes(usedHeap)
  return (
    <ViewFacts>
      {maxHeap === null
        ? t('suspects.ofHeap', { used })
        : t('suspects.ofHeapWithLimit', { used, max: formatBytes(maxHeap) })}
    </ViewFacts>
  )
}

interface Judged {
  readonly finding: HeapFinding
  readonly subject: DismissalSubject
  readonly dismissal: Dismissal | undefined
}

/** What was dismissed comes last. */
function inOrder(findings: readonly HeapFinding[], artifactId: string, said: readonly Dismissal[]): Judged[] {
  const judged = findings.map((finding) => {
    const subject = subjectInDump(artifactId, finding)
    return { finding, subject, dismissal: dismissalOf(said, subject) }
  })
  return judged.toSorted((a, b) => Number(a.dismissal !== undefined) - Number(b.dismissal !== undefined))
}

/** What is grave can be dismissed; what was says why. */
function Judgement({ caseId, finding, subject, dismissal }: Judged & { caseId: string }) {
  if (dismissal !== undefined)
    return (
      <p>
        <Dismissed caseId={caseId} dismissal={dismissal} />
      </p>
    )
  if (finding.severity === 'info') return undefined
  return (
    <div className={styles['judgement']}>
      <DismissButton caseId={caseId} subject={subject} />
    </div>
  )
}

function severityShown({ id, severity }: HeapFinding, isDismissed: boolean): string {
  if (isDismissed) return 'dismissed'
  return id === 'no-suspect' ? 'healthy' : severity
}

function keyOf({ id, parameters }: HeapFinding): string {
  if ('allocator' in parameters) return `${id} ${parameters.allocator.id} ${parameters.of}`
  return 'holder' in parameters ? `${id} ${parameters.holder.id} ${parameters.retained}` : id
}
