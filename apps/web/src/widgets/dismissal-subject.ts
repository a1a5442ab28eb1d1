/** What a dismissal of a finding of a heap dump is about, so that the case and the suspects know it again. */
import type { Dismissal, NewDismissal } from '@heaptrail/api/dismissals'
import type { HeapFinding } from '@heaptrail/api/heap-findings'

export type DismissalSubject = Omit<NewDismissal, 'reason'>

export function subjectInDump(artifactId: string, { id, parameters }: HeapFinding): DismissalSubject {
  const holder = 'holder' in parameters ? parameters.holder.id : null
  return { artifactId, part: 0, finding: id, about: 'allocator' in parameters ? parameters.allocator.id : holder }
}

export function dismissalOf(said: readonly Dismissal[], subject: DismissalSubject): Dismissal | undefined {
  return said.find(
    ({ artifactId, part, finding, about }) =>
      artifactId === subject.artifactId &&
      part === subject.part &&
      finding === subject.finding &&
      about === subject.about,
  )
}
