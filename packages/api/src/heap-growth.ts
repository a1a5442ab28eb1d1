/** Growth over all heap dumps of a case: what each class and each suspect held in each of them. Sizes are bytes. */
import { z } from 'zod'
import { Severity } from './findings.ts'
import { EntityId } from './ids.ts'
import { PlacedTime } from './text-parts.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

export const GrowthDump = z.object({
  artifactId: EntityId,
  name: z.string(),
  archive: z.string().nullable(),
  time: PlacedTime,
  usedHeap: Bytes,
  objects: Count,
})
export type GrowthDump = z.infer<typeof GrowthDump>

export const SignatureGrowth = z.object({
  /** What it is known by in all dumps: rule and field. */
  signature: z.string(),
  name: z.string(),
  items: z.string().nullable(),
  /** One figure per dump. */
  bytes: z.array(Bytes),
  /** Of the finding, where it is one. */
  severities: z.array(Severity.nullable()),
  /** Grew from each dump to the next. */
  steady: z.boolean(),
})
export type SignatureGrowth = z.infer<typeof SignatureGrowth>

export const ClassGrowthOverDumps = z.object({
  name: z.string(),
  /** One figure per dump. */
  objects: z.array(Count),
  shallow: z.array(Bytes),
  /** Minimum retained size. */
  retained: z.array(Bytes),
  steady: z.boolean(),
})
export type ClassGrowthOverDumps = z.infer<typeof ClassGrowthOverDumps>

export const HeapGrowth = z.object({
  /** The oldest first; those whose time is a guess stand where the guess puts them. */
  dumps: z.array(GrowthDump),
  /** Suspects of any of the dumps, those that grew most from the first dump to the last first. */
  signatures: z.array(SignatureGrowth),
  /** The classes that retain most in any of the dumps, those that grew most first. */
  classes: z.array(ClassGrowthOverDumps),
  /** Dumps that could not be asked: they are waiting, or could not be read. */
  pending: z.array(z.string()),
})
export type HeapGrowth = z.infer<typeof HeapGrowth>
