/** Who owns the objects of a class of which everybody has some: byte[], char[], strings. All sizes are bytes. */
import { z } from 'zod'
import { EdgeName } from './heap.ts'
import { ObjectId } from './ids.ts'
import { Window, pageOf } from './page.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

export const OwnersBy = z
  .enum(['owner', 'direct'])
  .describe(
    '`owner`: the nearest object on the shortest path to a GC root that is no array, string, builder, box, buffer or part of a collection; `direct`: the very object that refers to it.',
  )
export type OwnersBy = z.infer<typeof OwnersBy>

export const OwnersQuery = Window.extend({
  classId: ObjectId.describe('Class whose objects are asked for: the id of its class object.'),
  by: OwnersBy.default('owner'),
  filter: z
    .string()
    .max(200)
    .default('')
    .describe(
      'Part of `Class#field` (case ignored), or `/regular expression/`; with `!` before it, what does not match.',
    ),
})
export type OwnersQuery = z.infer<typeof OwnersQuery>

export const OwnerRow = z.object({
  /** The class of the owners; of static fields, the class that has them. Null: GC roots refer to the objects themselves. */
  holder: z.object({ classId: ObjectId, className: z.string(), own: z.boolean() }).nullable(),
  /** How the owners refer to the objects, or to what they are packed in; null where the contents are not there. */
  field: EdgeName.nullable(),
  /** What refers to most of these objects where that is packaging: `java.lang.String`, `value`. */
  through: z.object({ className: z.string(), field: z.string().nullable() }).nullable(),
  objects: Count,
  bytes: Bytes,
  /** Of `bytes`: objects that can be reached past these owners too, so that they would stay without them. */
  shared: Bytes,
  /** Objects and bytes of the field follow from a sample of the owners' contents. */
  estimated: z.boolean(),
  /** The biggest of the objects, and its owner. */
  largest: ObjectId,
  largestHolder: ObjectId.nullable(),
})
export type OwnerRow = z.infer<typeof OwnerRow>

/** By bytes, the most first; `sums` over all reachable objects of the class. */
export const Owners = pageOf(OwnerRow).extend({
  className: z.string(),
  /** Strings count with their text, everything else by itself. */
  measure: z.enum(['shallow', 'retained']),
  sums: z.object({ objects: Count, bytes: Bytes }),
})
export type Owners = z.infer<typeof Owners>
