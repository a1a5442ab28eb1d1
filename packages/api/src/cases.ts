/** Cases, their uploads and artifacts. */
import { z } from 'zod'
import { AnalysisOptions } from './analysis-options.ts'
import { HeapRef } from './heap-ref.ts'
import { EntityId } from './ids.ts'
import { OwnPackages } from './own-code.ts'
import { pageOf } from './page.ts'
import { Pin } from './pins.ts'

export const ArtifactKind = z.enum(['heap-dump', 'jstat-log', 'class-histogram', 'top-output', 'unknown'])
export type ArtifactKind = z.infer<typeof ArtifactKind>

/** What was wrong with an input: a sentence, and where. */
export const InputProblem = z.object({
  message: z.string(),
  byte: z.number().int().min(0).optional(),
  line: z.number().int().min(1).optional(),
})
export type InputProblem = z.infer<typeof InputProblem>

/** Phases of an analysis in the order in which they run; the texts stand in the web catalogue. */
export const AnalysisPhase = z.enum([
  'scan',
  'index-objects',
  'read-references',
  'number-objects',
  'invert-references',
  'dominators',
  'retained-sizes',
  'write-snapshot',
  'parse-text',
])
export type AnalysisPhase = z.infer<typeof AnalysisPhase>

export const ArtifactState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('queued') }),
  z.object({
    status: z.literal('analysing'),
    phase: AnalysisPhase,
    /** Of the whole analysis, 0 to 1; never goes back within one attempt. */
    fraction: z.number().min(0).max(1),
    startedAt: z.iso.datetime(),
    /** From how far it came in the time that it took; null while that says little. */
    secondsLeft: z.number().min(0).nullable(),
  }),
  /** `partial` says what is missing when the input was damaged. */
  z.object({ status: z.literal('ready'), partial: InputProblem.nullable() }),
  z.object({ status: z.literal('failed'), problem: InputProblem }),
  z.object({ status: z.literal('cancelled') }),
  /** Not read: an unknown kind, or a kind that this version does not read. */
  z.object({ status: z.literal('skipped'), reason: z.string() }),
])
export type ArtifactState = z.infer<typeof ArtifactState>

/** A heap dump analysed once more, with other options than the default ones. */
export const FurtherAnalysis = z.object({ ref: HeapRef, options: AnalysisOptions, state: ArtifactState })
export type FurtherAnalysis = z.infer<typeof FurtherAnalysis>

export const Artifact = z.object({
  id: EntityId,
  caseId: EntityId,
  /** Label only: the file's name, or the entry's name within its archive. */
  name: z.string(),
  /** Name of the archive that it came in, if any. */
  archive: z.string().nullable(),
  kind: ArtifactKind,
  /** Bytes, unpacked. */
  size: z.number().int().min(0),
  /** False: its bytes were deleted, or never kept; what was analysed of them stays. */
  contentKept: z.boolean(),
  createdAt: z.iso.datetime(),
  /** Of the analysis with the default options. */
  state: ArtifactState,
  /** Besides that one, in the order in which they were asked for. */
  analyses: z.array(FurtherAnalysis),
})
export type Artifact = z.infer<typeof Artifact>

export const UploadState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('uploading'), receivedBytes: z.number().int().min(0) }),
  /** All bytes are here; being unpacked, told apart and hashed. */
  z.object({ status: z.literal('unpacking'), fraction: z.number().min(0).max(1) }),
  z.object({ status: z.literal('failed'), problem: InputProblem }),
])
/** An upload is listed until its artifacts are in the case; a failed one until it is dismissed. */
export const Upload = z.object({
  id: EntityId,
  caseId: EntityId,
  name: z.string(),
  size: z.number().int().min(0),
  createdAt: z.iso.datetime(),
  state: UploadState,
})
export type Upload = z.infer<typeof Upload>

export const Case = z.object({
  id: EntityId,
  title: z.string(),
  createdAt: z.iso.datetime(),
  lastOpenedAt: z.iso.datetime(),
  /** Bytes on the disk: uploads, contents and snapshots. What two cases share counts for both. */
  storedBytes: z.number().int().min(0),
  /** When it will be deleted by itself unless somebody opens it before; null when the server keeps all cases. */
  deleteAt: z.iso.datetime().nullable(),
  uploads: z.array(Upload),
  artifacts: z.array(Artifact),
  /** In the order in which they were made. */
  pins: z.array(Pin),
  /** Packages that somebody chose as own code; null: each heap tells by itself. */
  ownPackages: OwnPackages.nullable(),
  /** Made by the demo button. */
  demo: z.boolean(),
})
export type Case = z.infer<typeof Case>
/** `GET /api/cases`, a `Window`: the case opened last comes first. */
export const Cases = pageOf(Case)
export type Cases = z.infer<typeof Cases>

export const CaseTitle = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, 'a title is one line, without control characters')
export const NewCase = z.object({ title: CaseTitle.optional() })
export type NewCase = z.infer<typeof NewCase>
export const CaseChange = z.object({ title: CaseTitle })
export type CaseChange = z.infer<typeof CaseChange>

/** Server-sent events of `/api/events`: one whole case whenever something in it changed, or its id when it is gone. */
export const CaseEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('case'), case: Case }),
  z.object({ type: z.literal('case-gone'), caseId: EntityId }),
])
export type CaseEvent = z.infer<typeof CaseEvent>

/** What a tus upload must carry as metadata: `filename` and `caseId`. */
export const UploadMetadata = z.object({ filename: z.string().min(1).max(1024), caseId: EntityId })
