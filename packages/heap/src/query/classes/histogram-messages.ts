/** What the histogram in groups is asked and answered with; see messages.ts. */
import type { HistogramFilters, HistogramSort, ObjectId, ObjectLabel, Page, Window } from '../messages.ts'

export type HistogramGrouping = 'package' | 'loader' | 'superclass'

export interface HistogramGroupsQuery extends Window, HistogramFilters {
  readonly group: HistogramGrouping
  /** Key of the row whose rows are asked for; absent: the topmost ones. */
  readonly parent?: string
  readonly sort: HistogramSort
  readonly order: 'asc' | 'desc'
}

/** A package, a loader, or a class; with superclasses, every row is a class with all its subclasses. */
export interface HistogramGroupRow {
  /** Names the row for as long as there is the dump: `java.util.` for a package, `.` for none, an id for loaders and classes. */
  key: string
  /** Of a class in full, of a package what comes behind that of the row above; empty for none. */
  name: string
  /** Null for packages and loaders. */
  classId: ObjectId | null
  /** Null for the boot loader, and for what is no loader. */
  loader: { id: ObjectId; className: string; label: ObjectLabel } | null
  /** Classes in it, those that the filters leave. */
  classes: number
  objects: number
  shallow: number
  /** The least that all its objects retain together: each once, of those that dominate each other the upper one. */
  retained: number
  own: boolean
  /** Rows below it. */
  children: number
}

export interface HistogramGroups extends Page<HistogramGroupRow> {
  /** Over all classes that the filters leave. */
  sums: { classes: number; objects: number; shallow: number }
}
