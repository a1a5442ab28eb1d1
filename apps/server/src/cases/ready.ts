/** Only what is ready can be asked. */
import type { ArtifactKind } from '@heaptrail/api/cases'
import type { ArtifactRow } from '../db/schema.ts'
import { ApiError } from '../errors.ts'

/** An artifact that can be asked, and where its content lies. */
export interface ReadyArtifact {
  readonly id: string
  readonly sha256: string
  /** What counts as own code in its case; undefined: the heap itself tells. */
  readonly ownPackages?: readonly string[] | undefined
}

const NAMES: Record<ArtifactKind, string> = {
  'heap-dump': 'a heap dump',
  'jstat-log': 'a jstat log',
  'class-histogram': 'a class histogram',
  'top-output': 'output of top',
  unknown: 'of an unknown kind',
}

/** @throws ApiError `wrong-kind` */
export function requireKind(row: ArtifactRow, kind: ArtifactKind): void {
  if (row.kind !== kind) throw new ApiError('wrong-kind', `This artifact is ${NAMES[row.kind]}, not ${NAMES[kind]}.`)
}

/** @throws ApiError `wrong-kind` or `not-ready` */
export function requireReady(row: ArtifactRow, kind: ArtifactKind): ReadyArtifact {
  requireKind(row, kind)
  if (row.status !== 'ready' || row.sha256 === null) throw notReady(row)
  return { id: row.id, sha256: row.sha256 }
}

function notReady(row: ArtifactRow): ApiError {
  switch (row.status) {
    case 'failed':
      return new ApiError('not-ready', `Its analysis failed: ${row.problem?.message ?? 'no reason is known.'}`)
    case 'cancelled':
      return new ApiError('not-ready', 'Its analysis was cancelled. Start it again to see this view.')
    case 'skipped':
      return new ApiError('not-ready', row.reason ?? 'It was not read.')
    case 'queued':
    case 'analysing':
    case 'ready':
      return new ApiError('not-ready', 'Its analysis is not finished yet.')
  }
}
