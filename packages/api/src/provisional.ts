/** What is known of a heap dump before its analysis is over: while it still comes in, and after the first pass. */
import { z } from 'zod'
import { ObjectId } from './ids.ts'
import { Order, Window, pageOf } from './page.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

export const ProvisionalSort = z.enum(['class', 'objects', 'shallow'])
export type ProvisionalSort = z.infer<typeof ProvisionalSort>
export const ProvisionalQuery = Window.extend({
  sort: ProvisionalSort.default('shallow').describe('Column by which the rows are sorted.'),
  order: Order.default('desc').describe('Rising or falling.'),
})
export type ProvisionalQuery = z.infer<typeof ProvisionalQuery>

export const ProvisionalRow = z.object({
  /** Null for arrays of a primitive type, whose records name no class. */
  classId: ObjectId.nullable(),
  className: z.string(),
  objects: Count,
  /** By a layout that is not sure yet. */
  shallow: Bytes,
})
export type ProvisionalRow = z.infer<typeof ProvisionalRow>

/** Unreachable objects are counted, and nothing is retained yet. */
export const ProvisionalHistogram = pageOf(ProvisionalRow).extend({
  /** Bytes of the dump that were counted; not `isWhole`: it is still coming in. */
  bytesRead: Bytes,
  isWhole: z.boolean(),
  sums: z.object({ objects: Count, shallow: Bytes }),
  largestArrays: z.array(z.object({ id: ObjectId, className: z.string(), length: Count, shallow: Bytes })),
})
export type ProvisionalHistogram = z.infer<typeof ProvisionalHistogram>

/** Null: nothing is known yet, or the analysis is over and knows better. */
export const Provisional = z.object({ histogram: ProvisionalHistogram.nullable() })
export type Provisional = z.infer<typeof Provisional>
