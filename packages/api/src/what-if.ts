/** What would become free: if one reference were cut, or if a selection of objects were gone. Sizes are bytes. */
import { z } from 'zod'
import { EdgeName, HeapObject, ReferenceRow } from './heap.ts'
import { ObjectId } from './ids.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

export const CutQuery = z.object({
  source: ObjectId.describe('Object, or class object, that refers.'),
  target: ObjectId.describe('Object that is referred to.'),
})
export type CutQuery = z.infer<typeof CutQuery>

export const CutAnswer = z.object({
  source: HeapObject,
  target: HeapObject,
  /** The references that would be cut. */
  edges: z.array(EdgeName),
  /** `objectsExact` is false when there are more objects than were counted. */
  freed: z.object({ bytes: Bytes, objects: Count, objectsExact: z.boolean() }),
  /** The target is a GC root itself. */
  isRoot: z.boolean(),
  /** Who else keeps the target, the first of them. */
  keptBy: z.array(ReferenceRow),
  moreKeepers: z.boolean(),
  /** Cutting this reference instead would free the target; null when no single one does. */
  nextBest: z.object({ source: HeapObject, target: HeapObject, edges: z.array(EdgeName), bytes: Bytes }).nullable(),
})
export type CutAnswer = z.infer<typeof CutAnswer>

export const RetainedSetQuery = z.object({
  objects: z
    .string()
    .default('')
    .transform((list) => list.split(',').filter((id) => id !== ''))
    .pipe(z.array(ObjectId).max(1000))
    .describe('Ids of selected objects, separated by commas.'),
  class: z.string().max(1000).optional().describe('All objects of the class of exactly this name are selected too.'),
})
export type RetainedSetQuery = z.infer<typeof RetainedSetQuery>

export const RetainedSet = z.object({
  selected: Count,
  objects: Count,
  bytes: Bytes,
  /** By class, the most bytes first. */
  classes: z.array(z.object({ className: z.string(), objects: Count, shallow: Bytes })),
})
export type RetainedSet = z.infer<typeof RetainedSet>
