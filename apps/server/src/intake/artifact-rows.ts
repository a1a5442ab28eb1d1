/** What intake found → rows of the artifact table. */
import type { IntakeEntry } from '@heaptrail/intake/report'
import type { Insertable } from 'kysely'
import type { ArtifactTable } from '../db/schema.ts'

interface Identity {
  readonly id: string
  readonly caseId: string
  readonly position: number
  readonly now: string
}

export function rowOf(entry: IntakeEntry, { id, caseId, position, now }: Identity): Insertable<ArtifactTable> {
  const facts = {
    id,
    case_id: caseId,
    name: entry.name,
    archive: entry.archive ?? null,
    kind: entry.kind,
    size: entry.size ?? 0,
    created_at: now,
    position,
    attempt: 0,
    phase: null,
    fraction: null,
    started_at: null,
    problem: null,
  }
  if (entry.outcome === 'skipped')
    return { ...facts, sha256: null, damage: null, status: 'skipped', reason: entry.reason }
  const { sha256 } = entry
  const damage =
    entry.outcome === 'damaged' ? JSON.stringify({ message: entry.damage.message, byte: entry.damage.byte }) : null
  const reason = notReadYet(entry.kind)
  return { ...facts, sha256, damage, status: reason === null ? 'queued' : 'skipped', reason }
}

/** Kinds that are told apart but not read by this version. Their contents are kept: a later version may read them. */
function notReadYet(kind: IntakeEntry['kind']): string | null {
  switch (kind) {
    case 'heap-dump':
    case 'jstat-log':
      return null
    case 'class-histogram':
      return 'It is a class histogram of jmap or jcmd. Heaptrail does not read these yet; it reads heap dumps (HPROF) and jstat -gcutil logs.'
    case 'top-output':
      return 'It is output of top. Heaptrail does not read this yet; it reads heap dumps (HPROF) and jstat -gcutil logs.'
    case 'unknown':
      return 'It is neither a heap dump (HPROF) nor a jstat -gcutil log.'
  }
}
