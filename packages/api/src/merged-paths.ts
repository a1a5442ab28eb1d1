/** Shortest paths to many objects, merged where they run together: a tree from the GC roots down. Sizes are bytes. */
import { z } from 'zod'
import { EdgeName, HeapObject, PathsQuery } from './heap.ts'
import { ObjectId } from './ids.ts'
import { Window, pageOf } from './page.ts'
import { SelectionQuery } from './what-if.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

/** A row by its object, or all objects of a class as the id of the class with `*` behind it. */
export const MergedKey = z.string().regex(/^0x[0-9a-f]{1,16}\*?$/)
export type MergedKey = z.infer<typeof MergedKey>

/** `class`: objects of a class that hang below the same classes are one row. */
export const MergedGroup = z.enum(['object', 'class'])
export type MergedGroup = z.infer<typeof MergedGroup>

const MOST_LEVELS = 2000

export const MergedPathsQuery = Window.extend({
  ...SelectionQuery.shape,
  exclude: PathsQuery.shape.exclude,
  without: PathsQuery.shape.without,
  group: MergedGroup.default('object').describe('A row for each object, or for all of a class.'),
  within: z
    .string()
    .default('')
    .describe('Keys of rows, separated by commas, from the first level down to the one whose children are asked for.')
    .transform((list) => list.split(',').filter((key) => key !== ''))
    .pipe(z.array(MergedKey).max(MOST_LEVELS)),
})
export type MergedPathsQuery = z.infer<typeof MergedPathsQuery>

export const MergedRow = z.object({
  key: MergedKey,
  /** Null: all objects of a class. */
  object: HeapObject.nullable(),
  classId: ObjectId,
  className: z.string(),
  own: z.boolean(),
  /** How the object above refers to this one; empty for GC roots and where classes are rows. */
  edges: z.array(EdgeName),
  /** Objects that the row stands for. */
  holders: Count,
  /** Selected objects among them and below, and their shallow sizes. */
  objects: Count,
  bytes: Bytes,
  hasChildren: z.boolean(),
})
export type MergedRow = z.infer<typeof MergedRow>

/** One level, the most bytes first. */
export const MergedPaths = pageOf(MergedRow).extend({
  /** Selected objects that are reachable. */
  selected: Count,
  /** Those of them that only references keep which are left out. */
  unheld: Count,
})
export type MergedPaths = z.infer<typeof MergedPaths>
