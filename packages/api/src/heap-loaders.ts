/** Class loaders, the classes that they defined, and classes of one name in several of them. Sizes are bytes. */
import { z } from 'zod'
import { HeapObject } from './heap.ts'
import { listOf } from './heap-roots.ts'
import { ObjectId } from './ids.ts'
import { Order, Window, pageOf } from './page.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)
const filter = z.string().max(200).default('').describe('Part of a name (case ignored), or `/regular expression/`.')

export const LoaderSort = z.enum(['name', 'classes', 'duplicates', 'instances', 'shallow', 'retained'])
export type LoaderSort = z.infer<typeof LoaderSort>

export const ClassLoadersQuery = Window.extend({
  shape: z.enum(['tree', 'list']).default('tree').describe('Each below its parent, or all by the column.'),
  sort: LoaderSort.default('retained').describe('Column by which loaders, or those of one parent, are sorted.'),
  order: Order.default('desc').describe('Rising or falling.'),
  filter,
  closed: listOf(ObjectId).describe('Loaders whose children are not shown, separated by commas.'),
})
export type ClassLoadersQuery = z.infer<typeof ClassLoadersQuery>

export const ClassLoaderRow = z.object({
  /** Null where the dump has no object for the boot loader. */
  object: HeapObject.nullable(),
  /** `0x0`: the boot loader. */
  id: ObjectId,
  /** Null when nothing tells. */
  name: z.string().nullable(),
  /** Where it loads from, as far as its fields tell. */
  urls: z.array(z.string()),
  /** In the tree, from 1. */
  level: z.number().int().min(1),
  children: Count,
  open: z.boolean(),
  /** Classes that it defined. */
  classes: Count,
  /** Those of them whose name a class of another loader has, too. */
  duplicates: Count,
  /** Objects of its classes. */
  instances: Count,
  shallow: Bytes,
  /** The least that the loader and its classes retain together, with what static fields hold. */
  retained: Bytes,
})
export type ClassLoaderRow = z.infer<typeof ClassLoaderRow>

export const ClassLoaders = pageOf(ClassLoaderRow).extend({
  /** Whatever the filter. */
  counts: z.object({ loaders: Count, classes: Count, duplicateNames: Count }),
})
export type ClassLoaders = z.infer<typeof ClassLoaders>

export const LoadedClassSort = z.enum(['class', 'objects', 'shallow', 'retained', 'loaders'])
export type LoadedClassSort = z.infer<typeof LoadedClassSort>

export const LoadedClassesQuery = Window.extend({
  sort: LoadedClassSort.default('retained').describe('Column by which the rows are sorted.'),
  order: Order.default('desc').describe('Rising or falling.'),
  filter,
})
export type LoadedClassesQuery = z.infer<typeof LoadedClassesQuery>

export const LoadedClassRow = z.object({
  classId: ObjectId,
  className: z.string(),
  own: z.boolean(),
  objects: Count,
  shallow: Bytes,
  /** Minimum retained. */
  retained: Bytes,
  /** How many loaders have a class of this name. */
  loaders: Count,
})
export type LoadedClassRow = z.infer<typeof LoadedClassRow>
export const LoadedClasses = pageOf(LoadedClassRow)
export type LoadedClasses = z.infer<typeof LoadedClasses>

export const DuplicateClassesQuery = Window.extend({
  filter,
  open: listOf(ObjectId).describe('Keys of names whose classes are shown, separated by commas.'),
})
export type DuplicateClassesQuery = z.infer<typeof DuplicateClassesQuery>

export const DuplicateClassRow = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('name'),
    /** Id of the one of its classes that retains most. */
    key: ObjectId,
    className: z.string(),
    own: z.boolean(),
    loaders: Count,
    objects: Count,
    shallow: Bytes,
    retained: Bytes,
    open: z.boolean(),
  }),
  z.object({
    kind: z.literal('class'),
    classId: ObjectId,
    className: z.string(),
    loader: z.object({ id: ObjectId, name: z.string().nullable(), className: z.string() }),
    objects: Count,
    shallow: Bytes,
    retained: Bytes,
  }),
])
export type DuplicateClassRow = z.infer<typeof DuplicateClassRow>

/** The names of most loaders first. */
export const DuplicateClasses = pageOf(DuplicateClassRow).extend({ names: Count })
export type DuplicateClasses = z.infer<typeof DuplicateClasses>
