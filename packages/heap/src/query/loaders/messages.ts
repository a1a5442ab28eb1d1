/** Answers about class loaders; see ../messages.ts. */
import type { HeapObject, ObjectId, Page, Window } from '../messages.ts'

export type LoaderSort = 'name' | 'classes' | 'duplicates' | 'instances' | 'shallow' | 'retained'

export interface ClassLoadersQuery extends Window {
  /** `tree`: each below its parent; `list`: all by the column. */
  readonly shape: 'tree' | 'list'
  readonly sort: LoaderSort
  readonly order: 'asc' | 'desc'
  /** Looks at names, classes and places of loaders; in a tree the ones above stay. */
  readonly filter: string
  /** Loaders whose children are not shown. */
  readonly closed: readonly ObjectId[]
}

export interface ClassLoaderRow {
  /** Null where the dump has no object for the boot loader. */
  object: HeapObject | null
  id: ObjectId
  name: string | null
  urls: string[]
  /** In a tree, from 1. */
  level: number
  children: number
  open: boolean
  classes: number
  duplicates: number
  instances: number
  /** Of all objects of its classes. */
  shallow: number
  /** The least that the loader and its classes retain together, with what static fields hold. */
  retained: number
}

export interface ClassLoaders extends Page<ClassLoaderRow> {
  /** Whatever the filter. */
  counts: { loaders: number; classes: number; duplicateNames: number }
}

export type LoadedClassSort = 'class' | 'objects' | 'shallow' | 'retained' | 'loaders'

export interface LoadedClassesQuery extends Window {
  /** `0x0`: the boot loader. */
  readonly loader: ObjectId
  readonly sort: LoadedClassSort
  readonly order: 'asc' | 'desc'
  readonly filter: string
}

export interface LoadedClassRow {
  classId: ObjectId
  className: string
  own: boolean
  objects: number
  shallow: number
  retained: number
  /** How many loaders have a class of this name. */
  loaders: number
}

export type LoadedClasses = Page<LoadedClassRow>

export interface DuplicateClassesQuery extends Window {
  readonly filter: string
  /** Keys of names that are open. */
  readonly open: readonly ObjectId[]
}

export type DuplicateClassRow =
  | {
      kind: 'name'
      /** Id of the one of its classes that retains most. */
      key: ObjectId
      className: string
      own: boolean
      loaders: number
      objects: number
      shallow: number
      retained: number
      open: boolean
    }
  | {
      kind: 'class'
      classId: ObjectId
      className: string
      loader: { id: ObjectId; name: string | null; className: string }
      objects: number
      shallow: number
      retained: number
    }

export interface DuplicateClasses extends Page<DuplicateClassRow> {
  names: number
}
