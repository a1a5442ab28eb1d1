/** What the views of the dominator tree as a whole ask and get: groups, pictures, where the weight spreads. */
import { z } from 'zod'
import { DominatorRow, LeftOut, ObjectLabel, TreeGrouping, TreeView } from './heap.ts'
import { ObjectId } from './ids.ts'
import { Window, pageOf } from './page.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

export const DominatorGroupsQuery = Window.extend({
  filter: TreeView.shape.filter,
  group: TreeGrouping.describe('What the objects of the first level are grouped by.'),
})
export type DominatorGroupsQuery = z.infer<typeof DominatorGroupsQuery>
export const DominatorGroup = z.object({
  /** Id of the class, name of the package (`-`: none), or id of the loader (`0x0`: the boot loader). */
  key: z.string(),
  /** Of the class, the package or the loader's class; empty where there is none. */
  name: z.string(),
  /** Of a loader, when it has a name. */
  label: ObjectLabel,
  /** Objects of the first level. */
  objects: Count,
  shallow: Bytes,
  retained: Bytes,
  own: z.boolean(),
})
export type DominatorGroup = z.infer<typeof DominatorGroup>
/** By falling retained size; `rest` sums the groups behind the window, `hidden` what the filter leaves out. */
export const DominatorGroups = pageOf(DominatorGroup).extend({
  rest: LeftOut.extend({ groups: Count }),
  hidden: LeftOut,
})
export type DominatorGroups = z.infer<typeof DominatorGroups>

export const MOST_SLICE_NODES = 100_000
export const DominatorSliceQuery = TreeView.extend({
  top: ObjectId.optional().describe('The object that fills the picture; absent: the whole heap.'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST_SLICE_NODES)
    .default(10_000)
    .describe('Nodes, at most: the heaviest ones.'),
})
export type DominatorSliceQuery = z.infer<typeof DominatorSliceQuery>
/**
 * The heaviest part of the tree as columns: node n stands in place n, behind its parent; siblings by falling retained
 * size. Node 0 is the top.
 */
export const DominatorSlice = z.object({
  /** Null for the whole heap. */
  top: DominatorRow.nullable(),
  /** Object ids, or keys of groups; `0x0` for node 0 of the whole heap. */
  ids: z.array(z.string()),
  /** −1 for node 0. */
  parents: z.array(z.number().int()),
  /** Places in `classNames`: of the class, or the one that a class object stands for. */
  classes: z.array(Count),
  classNames: z.array(z.string()),
  retained: z.array(Bytes),
  shallow: z.array(Bytes),
  /** Children in the whole tree, here or not. */
  children: z.array(Count),
  /** Of the largest nodes and of class objects, where they say more than the class. */
  labels: z.array(z.object({ node: Count, label: ObjectLabel })),
  groups: z.array(z.object({ node: Count, group: DominatorGroup })),
})
export type DominatorSlice = z.infer<typeof DominatorSlice>

export const NextDropQuery = z.object({ filter: TreeView.shape.filter })
export type NextDropQuery = z.infer<typeof NextDropQuery>
/** Down while one child keeps half of what its parent retains. Null: there is nothing below. */
export const NextDrop = z.object({ object: DominatorRow.nullable(), steps: Count })
export type NextDrop = z.infer<typeof NextDrop>
