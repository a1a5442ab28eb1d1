/** What the histogram in groups asks and gets. All sizes are bytes. */
import { z } from 'zod'
import { HistogramFilters, HistogramRow, HistogramSort } from './heap.ts'
import { ObjectId } from './ids.ts'
import { Order, Window, pageOf } from './page.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

export const HistogramGrouping = z.enum(['package', 'loader', 'superclass'])
export type HistogramGrouping = z.infer<typeof HistogramGrouping>

export const HistogramGroupsQuery = Window.extend({
  group: HistogramGrouping.describe('By what.'),
  parent: z
    .string()
    .max(2000)
    .optional()
    .describe('Key of the row whose rows are asked for; absent: the topmost ones.'),
  sort: HistogramSort.default('retained').describe('Column by which rows of the same row are sorted.'),
  order: Order.default('desc').describe('Rising or falling.'),
  ...HistogramFilters.shape,
})
export type HistogramGroupsQuery = z.infer<typeof HistogramGroupsQuery>

export const HistogramGroupRow = z.object({
  /** `java.util.` for a package, `.` for classes without one, an id for a class, `loader` and an id for a loader. */
  key: z.string(),
  /** Of a class in full, of a package what comes behind that of the row above; empty for none. */
  name: z.string(),
  /** Null for packages and loaders. */
  classId: ObjectId.nullable(),
  /** Null for the boot loader, and for what is no loader. */
  loader: HistogramRow.shape.loader,
  /** Classes in it, those that the filters leave. */
  classes: Count,
  objects: Count,
  shallow: Bytes,
  /** Minimum retained by all objects of the group together. */
  retained: Bytes,
  own: z.boolean(),
  /** Rows below it. */
  children: Count,
})
export type HistogramGroupRow = z.infer<typeof HistogramGroupRow>
/** `sums` over all classes that the filters leave. */
export const HistogramGroups = pageOf(HistogramGroupRow).extend({
  sums: z.object({ classes: Count, objects: Count, shallow: Bytes }),
})
export type HistogramGroups = z.infer<typeof HistogramGroups>
