/** Findings of a case that somebody thinks are none, with the reason, for everybody who opens the case. */
import { z } from 'zod'
import { EntityId, ObjectId } from './ids.ts'

export const MAX_DISMISSALS = 500

export const NewDismissal = z.object({
  artifactId: EntityId.describe('In which piece of evidence it was found.'),
  part: z.number().int().min(0).max(1_000_000).default(0).describe('In which part of it.'),
  finding: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .describe('Id of the rule, `leak-suspect`.'),
  about: ObjectId.nullable().default(null).describe('The object that a finding of a heap dump is about.'),
  reason: z.string().trim().min(1).max(500).describe('Why it is no problem.'),
})
export type NewDismissal = z.infer<typeof NewDismissal>

export const Dismissal = NewDismissal.extend({ id: EntityId, createdAt: z.iso.datetime() })
export type Dismissal = z.infer<typeof Dismissal>

/** `GET /api/cases/:caseId/dismissals` */
export const Dismissals = z.object({ dismissals: z.array(Dismissal) })
export type Dismissals = z.infer<typeof Dismissals>
