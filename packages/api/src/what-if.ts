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

const ObjectIds = z
  .string()
  .default('')
  .transform((list) => list.split(',').filter((id) => id !== ''))
  .pipe(z.array(ObjectId).max(1000))

/** Selected objects: some by their ids, all of some classes. */
export const SelectionQuery = z.object({
  objects: ObjectIds.describe('Ids of selected objects, separated by commas.'),
  classes: ObjectIds.describe('Ids of classes all of whose objects are selected, separated by commas.'),
})
export type SelectionQuery = z.infer<typeof SelectionQuery>

export const RetainedSetQuery = SelectionQuery.extend({
  class: z.string().max(1000).optional().describe('All objects of the class of exactly this name are selected too.'),
})
export type RetainedSetQuery = z.infer<typeof RetainedSetQuery>

export const RetainedSet = z.object({
  selected: Count,
  objects: Count,
  bytes: Bytes,
  /** By class, the most bytes first. */
  classes: z.array(
    z.object({ classId: ObjectId, className: z.string(), objects: Count, shallow: Bytes, own: z.boolean() }),
  ),
})
export type RetainedSet = z.infer<typeof RetainedSet>

/** Dominators that are passed over: none, those of the JDK and arrays, or all that is known to be nobody's own code. */
export const SkippedDominators = z.enum(['none', 'jdk', 'libraries'])
export type SkippedDominators = z.infer<typeof SkippedDominators>

export const SelectionDominatorsQuery = SelectionQuery.extend({
  skip: SkippedDominators.default('none').describe('Dominators that are passed over for the ones above them.'),
})
export type SelectionDominatorsQuery = z.infer<typeof SelectionDominatorsQuery>

const Sum = z.object({ objects: Count, shallow: Bytes })
/** Who dominates the selected objects, class by class, the most dominated bytes first. */
export const SelectionDominators = z.object({
  selected: Count,
  rows: z.array(
    z.object({
      /** Null: nothing but GC roots dominates them. */
      classId: ObjectId.nullable(),
      className: z.string().nullable(),
      /** The class itself by its static fields, instead of its objects. */
      static: z.boolean(),
      own: z.boolean(),
      dominators: Sum,
      /** Of the selected objects. */
      dominated: Sum,
      /** The dominator with the most dominated bytes. */
      heaviest: HeapObject.nullable(),
    }),
  ),
})
export type SelectionDominators = z.infer<typeof SelectionDominators>
