/** Findings of an artifact, and of a case as a whole. */
import { z } from 'zod'
import { Finding } from './findings.ts'
import { EntityId } from './ids.ts'
import { PartOf } from './text-parts.ts'

/** A finding and where it was found. */
export const FoundFinding = z.object({
  /** Evidence (rows, lines) is of this part. */
  artifactId: EntityId,
  part: z.number().int().min(0),
  /** Of the artifact. */
  name: z.string(),
  finding: Finding,
  /** The evidence on the axis of its log (`axis=own`) and on that of the case (`axis=case`), to zoom there; null when it is no log. */
  own: z.object({ from: z.number(), to: z.number() }).nullable(),
  time: z.object({ from: z.number(), to: z.number() }).nullable(),
  /** Other parts that it rests on. */
  besides: z.array(PartOf),
})
export type FoundFinding = z.infer<typeof FoundFinding>

/** `GET /api/artifacts/:artifactId/findings` and `GET /api/cases/:caseId/findings`: the gravest first. */
export const FoundFindings = z.object({
  findings: z.array(FoundFinding),
  /** Artifacts of the case that are not ready: there may be more to find. */
  pending: z.array(EntityId),
})
export type FoundFindings = z.infer<typeof FoundFindings>
