/** The tables, as kysely sees them. Instants are ISO strings with milliseconds, in UTC. */
import type { ArtifactKind, InputProblem } from '@heaptrail/api/cases'
import type { Reading } from '@heaptrail/api/text-parts'
import type { ColumnType, Selectable } from 'kysely'

type Json<T> = ColumnType<T, string, string>

export interface Tables {
  cases: CaseTable
  uploads: UploadTable
  artifacts: ArtifactTable
  views: ViewTable
  readings: ReadingTable
  pins: PinTable
  dismissals: DismissalTable
  sessions: SessionTable
}

export interface CaseTable {
  id: string
  title: string
  created_at: string
  last_opened_at: string
  /** The case that the demo button made. */
  demo: boolean
  /** Nobody opened it for too long, so it goes at this time. */
  delete_at: string | null
  /** What somebody chose as own code. */
  own_packages: ColumnType<string[] | null, string | null | undefined, string | null>
}

export interface UploadTable {
  /** Also the tus id and the name of its file. */
  id: string
  case_id: string
  name: string
  /** Bytes. */
  size: number
  created_at: string
  status: 'uploading' | 'unpacking' | 'failed'
  /** For `failed`. */
  problem: Json<InputProblem> | null
}

export type ArtifactStatus = 'queued' | 'analysing' | 'ready' | 'failed' | 'cancelled' | 'skipped'

export interface ArtifactTable {
  id: string
  case_id: string
  name: string
  archive: string | null
  kind: ArtifactKind
  /** Bytes, unpacked. */
  size: number
  /** Names its blob; null when nothing was kept (skipped and refused entries). */
  sha256: string | null
  /** Somebody deleted its bytes; what was analysed of them stays. */
  content_deleted: ColumnType<boolean, boolean | undefined, boolean>
  created_at: string
  /** Place among the artifacts of one upload. */
  position: number
  status: ArtifactStatus
  /** Counts starts; a write of an earlier attempt finds another number and changes nothing. */
  attempt: number
  /** While analysing. */
  phase: string | null
  fraction: number | null
  started_at: string | null
  /** What was wrong with the file already when it was unpacked. */
  damage: Json<InputProblem> | null
  /** Why it failed; for `ready`, what is missing. */
  problem: Json<InputProblem> | null
  /** Why it was skipped. */
  reason: string | null
}

/** What people say about a part of a text. */
export interface ReadingTable {
  artifact_id: string
  part: number
  reading: Json<Reading>
}

/** What somebody wants to find again. */
export interface PinTable {
  /** Of the case and the place, so that a place is pinned once. */
  id: string
  case_id: string
  /** The piece of evidence that the place is about; the pin goes with it. */
  artifact_id: string | null
  place: string
  title: string
  created_at: string
}

export interface DismissalTable {
  /** Of the evidence and the finding, so that a finding is dismissed once. */
  id: string
  case_id: string
  artifact_id: string
  part: number
  /** Id of the rule. */
  finding: string
  /** Object that it is about. */
  about: string | null
  reason: string
  created_at: string
}

export interface ViewTable {
  /** SHA-256 of the place, base64url. */
  id: string
  place: string
  created_at: string
}

export interface SessionTable {
  /** SHA-256 of what the cookie holds, base64url. */
  id: string
  created_at: string
  expires_at: string
}

export type CaseRow = Selectable<CaseTable>
export type PinRow = Selectable<PinTable>
export type UploadRow = Selectable<UploadTable>
export type ArtifactRow = Selectable<ArtifactTable>
