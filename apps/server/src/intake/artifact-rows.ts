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
  const reason = entry.kind === 'unknown' ? UNKNOWN : null
  return { ...facts, sha256, damage, status: reason === null ? 'queued' : 'skipped', reason }
}

/** Contents of unknown kinds are kept: a later version may read them. */
const UNKNOWN =
  'It is none of what Heaptrail reads: a heap dump (HPROF), a jstat log, a class histogram (jmap -histo), output of top.'
