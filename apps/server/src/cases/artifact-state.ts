/** Rows of the artifact table as the API shows them. */
import { AnalysisPhase, type Artifact, type ArtifactState } from '@heaptrail/api/cases'
import { parseHeapRef } from '@heaptrail/api/heap-ref'
import type { ArtifactRow } from '../db/schema.ts'

/** @param further rows of the analyses of the same dump with other options */
export function toArtifact(row: ArtifactRow, further: readonly ArtifactRow[]): Artifact {
  return {
    id: row.id,
    caseId: row.case_id,
    name: row.name,
    archive: row.archive,
    kind: row.kind,
    size: row.size,
    contentKept: row.sha256 !== null && !row.content_deleted,
    createdAt: row.created_at,
    state: stateOf(row),
    analyses: further.map((one) => ({ ref: one.id, options: parseHeapRef(one.id).options, state: stateOf(one) })),
  }
}

/** The artifacts among the rows, each with its further analyses. */
export function toArtifacts(rows: readonly ArtifactRow[]): Artifact[] {
  const further = Map.groupBy(rows.filter(isFurther), ({ id }) => parseHeapRef(id).artifactId)
  return rows.filter((row) => !isFurther(row)).map((row) => toArtifact(row, further.get(row.id) ?? []))
}

/** A row of its own, whose id names the artifact and the options. */
export function isFurther({ id }: Pick<ArtifactRow, 'id'>): boolean {
  return id.includes('~')
}

/** Phases count as much as they take of the whole, so that the rest takes as long as what is done says. */
function secondsLeft({ started_at, fraction }: ArtifactRow): number | null {
  if (started_at === null || fraction === null || fraction < TELLING_FRACTION) return null
  const seconds = (Date.now() - Date.parse(started_at)) / 1000
  return seconds < TELLING_SECONDS ? null : (seconds * (1 - fraction)) / fraction
}

/** Before that much is done, a guess is not worth its name. */
const TELLING_FRACTION = 0.05
const TELLING_SECONDS = 1

const UNKNOWN_PROBLEM = { message: 'The analysis ended without saying why. Try it again.' }

function stateOf(row: ArtifactRow): ArtifactState {
  switch (row.status) {
    case 'queued':
    case 'cancelled':
      return { status: row.status }
    case 'analysing':
      return {
        status: 'analysing',
        phase: AnalysisPhase.catch('scan').parse(row.phase),
        fraction: row.fraction ?? 0,
        startedAt: row.started_at ?? row.created_at,
        secondsLeft: secondsLeft(row),
      }
    case 'ready':
      return { status: 'ready', partial: row.problem }
    case 'failed':
      return { status: 'failed', problem: row.problem ?? UNKNOWN_PROBLEM }
    case 'skipped':
      return { status: 'skipped', reason: row.reason ?? 'It was not read.' }
  }
}
