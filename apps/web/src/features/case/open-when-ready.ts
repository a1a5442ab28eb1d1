/** After a drop nobody should have to click again: the first page opens when everything is ready. */
import { useEffect } from 'react'
import type { Artifact, Case } from '@heaptrail/api/cases'
import type { Place } from '@heaptrail/api/place'
import { isUnderWay } from '../../server/cases.ts'
import { useIntake } from '../../server/intake.tsx'
import type { RunningUpload } from '../../server/uploads.ts'
import { useNavigation } from '../../url/navigation.tsx'
import { evidencePlace } from '../../widgets/evidence-places.ts'

/** Only for files that came in on this page, once, and only while the reader waits on the case. */
export function useOpenWhenReady(of: Case, running: readonly RunningUpload[]): void {
  const { awaited } = useIntake()
  const { open } = useNavigation()
  useEffect(() => {
    const before = awaited.get(of.id)
    if (before === undefined) return
    const added = { uploads: of.uploads, artifacts: of.artifacts.filter(({ id }) => !before.has(id)) }
    // An event that was on the way when the last byte was sent knows nothing of the upload yet: nothing was added.
    if (!isSettled(added, running)) return
    awaited.delete(of.id)
    const place = pageToOpen(added)
    if (place !== undefined) open(place)
  }, [awaited, open, of, running])
}

export function isSettled(of: Pick<Case, 'artifacts' | 'uploads'>, running: readonly unknown[]): boolean {
  const stillSending = running.length > 0 || of.uploads.some(({ state }) => state.status !== 'failed')
  const nothingYet = of.artifacts.length + of.uploads.length === 0
  return !stillSending && !nothingYet && !of.artifacts.some(isUnderWay)
}

/**
 * The newest dump, else the newest log, histogram, or output of top. Nothing when something that was dropped could not be read, because the
 * case page says what; entries of an archive that are no evidence are no reason to stay.
 */
export function pageToOpen(of: Pick<Case, 'artifacts' | 'uploads'>): Place | undefined {
  const isUnread = ({ state, archive }: Artifact) =>
    state.status === 'failed' || (state.status === 'skipped' && archive === null)
  if (of.uploads.length > 0 || of.artifacts.some(isUnread)) return undefined
  const ready = of.artifacts.filter(({ state }) => state.status === 'ready')
  const newest = (kind: Artifact['kind']) =>
    ready
      .filter((artifact) => artifact.kind === kind)
      .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
      .at(-1)
  for (const kind of ['heap-dump', 'jstat-log', 'class-histogram', 'top-output'] as const) {
    const artifact = newest(kind)
    if (artifact !== undefined) return evidencePlace(artifact.caseId, { kind, artifactId: artifact.id, part: 0 })
  }
  return undefined
}
