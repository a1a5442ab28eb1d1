/** Rows of the artifact table as the API shows them. */
import { AnalysisPhase, type Artifact, type ArtifactState } from '@heaptrail/api/cases'
import type { ArtifactRow } from '../db/schema.ts'

export function toArtifact(row: ArtifactRow): Artifact {
  return {
    id: row.id,
    caseId: row.case_id,
    name: row.name,
    archive: row.archive,
    kind: row.kind,
    size: row.size,
    createdAt: row.created_at,
    state: stateOf(row),
  }
}

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
      }
    case 'ready':
      return { status: 'ready', partial: row.problem }
    case 'failed':
      return { status: 'failed', problem: row.problem ?? UNKNOWN_PROBLEM }
    case 'skipped':
      return { status: 'skipped', reason: row.reason ?? 'It was not read.' }
  }
}
