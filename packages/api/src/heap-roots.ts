/** GC roots by type, class and object, and what none of them reaches: trees whose open rows are laid out as one list. Sizes are bytes. */
import { z } from 'zod'
import { HeapObject, RootType } from './heap.ts'
import { ObjectId } from './ids.ts'
import { Order, Window, pageOf } from './page.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

/** `system-class`, `java-local-of-threads`; a class of it: `system-class~0x7f`. */
export const RootKey = z.string().regex(/^[a-z-]{1,40}(~0x(0|[1-9a-f][0-9a-f]{0,15}))?$/)
export type RootKey = z.infer<typeof RootKey>

/** Words of a query that stand between commas. */
export function listOf<T extends z.ZodString>(word: T) {
  return z
    .string()
    .max(20_000)
    .default('')
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(word))
}

export const GcRootsQuery = Window.extend({
  open: listOf(RootKey).describe('Types and classes whose rows are shown, separated by commas.'),
})
export type GcRootsQuery = z.infer<typeof GcRootsQuery>

const sums = {
  /** Distinct ones. */
  objects: Count,
  shallow: Bytes,
  /** The least that all of them retain together. */
  retained: Bytes,
}

export const RootRow = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('type'),
    key: RootKey,
    type: RootType,
    /** Held by a known thread, which dominates them: no GC roots of their own (as in Eclipse MAT). */
    ofThreads: z.boolean(),
    /** Root records of the dump; an object can have several of one type. */
    records: Count,
    classes: Count,
    open: z.boolean(),
    ...sums,
  }),
  z.object({
    kind: z.literal('class'),
    key: RootKey,
    classId: ObjectId,
    className: z.string(),
    own: z.boolean(),
    open: z.boolean(),
    ...sums,
  }),
  z.object({ kind: z.literal('object'), object: HeapObject }),
])
export type RootRow = z.infer<typeof RootRow>

export const GcRoots = pageOf(RootRow).extend({
  /** Distinct GC roots, and all root records of the dump whose object is there. */
  counts: z.object({ roots: Count, records: Count }),
  /** What is known of roots that are missing. */
  notes: z.array(z.string()),
})
export type GcRoots = z.infer<typeof GcRoots>

export const UnreachableSort = z.enum(['class', 'objects', 'shallow'])
export type UnreachableSort = z.infer<typeof UnreachableSort>

export const UnreachableQuery = Window.extend({
  sort: UnreachableSort.default('shallow').describe('Column by which classes are sorted.'),
  order: Order.default('desc').describe('Rising or falling.'),
  filter: z.string().max(200).default('').describe('Part of a class name (case ignored), or `/regular expression/`.'),
  open: listOf(ObjectId).describe('Classes whose objects are shown, separated by commas.'),
})
export type UnreachableQuery = z.infer<typeof UnreachableQuery>

export const UnreachableRow = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('class'),
    classId: ObjectId,
    className: z.string(),
    own: z.boolean(),
    objects: Count,
    shallow: Bytes,
    open: z.boolean(),
  }),
  z.object({ kind: z.literal('object'), object: HeapObject }),
])
export type UnreachableRow = z.infer<typeof UnreachableRow>

export const Unreachable = pageOf(UnreachableRow).extend({
  classes: Count,
  /** Over all classes that the filter lets through. */
  sums: z.object({ objects: Count, shallow: Bytes }),
  all: z.object({ objects: Count, shallow: Bytes }),
  /** The analysis keeps what nothing reaches, below roots of the type `Unreachable`. */
  kept: z.boolean(),
})
export type Unreachable = z.infer<typeof Unreachable>
