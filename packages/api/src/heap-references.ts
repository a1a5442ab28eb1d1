/** Many references in groups, and what a retained size is made of. All sizes are bytes. */
import { z } from 'zod'
import { EdgeName, HeapObject } from './heap.ts'
import { ObjectId } from './ids.ts'
import { Window } from './page.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

export const ReferenceGroup = z.object({
  /** Names the group in the question for its members, and in links. */
  id: z.string(),
  /** Class of the objects at the other end. */
  classId: ObjectId,
  className: z.string(),
  /** The fields by which; elements of arrays without their places. Empty where too many were read to tell. */
  edges: z.array(EdgeName),
  objects: Count,
  /** Of all members together. */
  shallow: Bytes,
  /** The member that retains most. */
  largest: HeapObject,
})
export type ReferenceGroup = z.infer<typeof ReferenceGroup>
/** The groups with the most members first. */
export const ReferenceGroups = z.object({
  /** References in all. */
  total: Count,
  /** How many of them are in groups: the first two millions. */
  grouped: Count,
  groups: z.array(ReferenceGroup),
})
export type ReferenceGroups = z.infer<typeof ReferenceGroups>

/** Members of a group, those that retain most first. */
export const GroupMembersQuery = Window.extend({
  group: z.string().min(1).max(2000).describe('Id of the group, as the list of groups gives it.'),
})
export type GroupMembersQuery = z.infer<typeof GroupMembersQuery>

export const ClassShare = z.object({
  classId: ObjectId,
  className: z.string(),
  own: z.boolean(),
  objects: Count,
  bytes: Bytes,
})
export type ClassShare = z.infer<typeof ClassShare>
/** The largest classes, and what all others come to. */
export const ClassShares = z.object({
  classes: z.array(ClassShare),
  rest: z.object({ classes: Count, objects: Count, bytes: Bytes }),
})
export type ClassShares = z.infer<typeof ClassShares>

export const RetainedBreakdown = z.object({
  /** Shallow size of the object itself. */
  own: Bytes,
  /** What it dominates immediately, with retained sizes: with `own` they make up its retained size. */
  children: ClassShares,
  /** All of its retained set, itself included, with shallow sizes: they make up its retained size too. */
  set: ClassShares,
})
export type RetainedBreakdown = z.infer<typeof RetainedBreakdown>
