/**
 * What the questions to a heap are answered with. These are messages that cross processes, so `null` stands for
 * what is not there, and object ids are text (`0x7f…`). Sizes are bytes.
 */
import type { AnalysisOptions } from '../analysis-options.ts'
import type { Layout } from '../layout.ts'
import type { RootType } from '../parsed-heap.ts'

/** `0x` and lower-case hex without leading zeros. */
export type ObjectId = string

export interface Page<Row> {
  total: number
  offset: number
  rows: Row[]
}

export interface Window {
  readonly offset: number
  readonly limit: number
}

export type ObjectLabel =
  | { kind: 'plain' }
  | { kind: 'class'; name: string }
  | { kind: 'thread'; name: string }
  | { kind: 'class-loader'; name: string }
  | { kind: 'string'; text: string; length: number }
  | { kind: 'array'; length: number }
  | { kind: 'value'; text: string }
  | { kind: 'collection'; size: number }

export interface HeapObject {
  id: ObjectId
  kind: 'instance' | 'object-array' | 'primitive-array' | 'class'
  classId: ObjectId
  className: string
  label: ObjectLabel
  shallow: number
  retained: number
  own: boolean
  reachable: boolean
  rootTypes: RootType[]
}

export interface HeapSummary {
  format: string
  identifierSize: 4 | 8
  fileSize: number
  takenAt: string | null
  jvm: string | null
  options: AnalysisOptions
  inferredLayout: Layout
  layout: Layout
  usedHeap: number
  objects: number
  classes: number
  classLoaders: number
  gcRoots: number
  rootsByType: { type: RootType; objects: number }[]
  unreachable: { objects: number; bytes: number }
  netty: boolean
  partial: { message: string; byte: number } | null
  notes: string[]
  ownPackages: string[]
  biggestObjects: HeapObject[]
  biggestClasses: { classId: ObjectId; className: string; objects: number; shallow: number; retained: number }[]
  phases: { phase: string; wallMs: number; cpuMs: number }[]
}

export type HistogramSort = 'class' | 'objects' | 'shallow' | 'retained'

/** What a filter of a column understands stands in column-filter.ts. */
export interface HistogramFilters {
  /** Part of a class name, case ignored, or `/regular expression/`, with `!` before it what does not match. */
  readonly filter: string
  readonly objects?: string
  readonly shallow?: string
  readonly retained?: string
}

export interface HistogramQuery extends Window, HistogramFilters {
  readonly sort: HistogramSort
  readonly order: 'asc' | 'desc'
}

export interface HistogramRow {
  classId: ObjectId
  className: string
  loader: { id: ObjectId; className: string; label: ObjectLabel } | null
  objects: number
  shallow: number
  retained: number
  own: boolean
}

export interface Histogram extends Page<HistogramRow> {
  sums: { objects: number; shallow: number }
}

export interface DominatorRow extends HeapObject {
  /** 0 also when a filter leaves none of them. */
  children: number
  /** Its class is one that the filter looks for; false without a filter. */
  matches: boolean
}

/** Sums of what a level does not list. */
export interface LeftOut {
  objects: number
  retained: number
}

export interface Dominators extends Page<DominatorRow> {
  /** Behind the window. */
  rest: LeftOut
  /** What the filter leaves out of this level. */
  hidden: LeftOut
}

export interface DominatorAncestors {
  rows: { object: HeapObject; position: number }[]
  shortened: boolean
  /** Of the group that it begins in, when the first level is grouped. */
  key: string | null
}

/** How a text is kept: bytes of Latin-1, two bytes per unit, or a char[], as up to JDK 8. */
export type TextCoder = 'latin-1' | 'utf-16' | 'char'

export interface ObjectDetail extends HeapObject {
  immediateDominator: HeapObject | null
  text: string | null
  characters: { count: number; coder: TextCoder } | null
  length: number | null
  classFacts: {
    superclass: { id: ObjectId; className: string } | null
    loader: HeapObject | null
    objects: number
    instanceFields: { name: string; type: string }[]
  } | null
  stackFrames: number | null
  contentsMissing: string | null
}

export type FieldValue =
  | { kind: 'null' }
  | { kind: 'reference'; object: HeapObject }
  | { kind: 'dangling'; id: ObjectId }
  | { kind: 'primitive'; text: string }

export interface FieldRow {
  name: string
  type: string
  static: boolean
  declaredIn: string | null
  value: FieldValue
}

/** Members in the order of the iterator; a map's have keys. */
export interface ContentsRow {
  index: number
  key: FieldValue | null
  value: FieldValue
}

export interface Contents extends Page<ContentsRow> {
  kind: 'list' | 'set' | 'map'
}

/** How the bytes of a byte[] are read as characters. */
export type TextEncoding = 'utf-8' | 'latin-1' | 'utf-16le'

/** Offset, length and total are UTF-16 units, of a byte[] bytes; `encoding` is null for strings and char[]. */
export interface TextPage {
  text: string
  offset: number
  length: number
  total: number
  encoding: TextEncoding | null
}

export interface HexRow {
  at: number
  hex: string
  text: string
}

export interface EdgeName {
  kind: 'field' | 'static' | 'element' | 'class' | 'loader' | 'super' | 'thread-local' | 'other'
  name: string
}

export interface ReferenceRow {
  edges: EdgeName[]
  object: HeapObject
}

/** References that lead to, or come from, objects of one class by the same fields. */
export interface ReferenceGroup {
  id: string
  classId: ObjectId
  className: string
  edges: EdgeName[]
  objects: number
  shallow: number
  largest: HeapObject
}

export interface ReferenceGroups {
  total: number
  grouped: number
  groups: ReferenceGroup[]
}

export interface ClassShare {
  classId: ObjectId
  className: string
  own: boolean
  objects: number
  bytes: number
}

export interface ClassShares {
  classes: ClassShare[]
  rest: { classes: number; objects: number; bytes: number }
}

export interface RetainedBreakdown {
  own: number
  children: ClassShares
  set: ClassShares
}

export interface ClassRow {
  classId: ObjectId
  className: string
  superclass: string | null
  own: boolean
  objects: number
  shallow: number
  retained: number
}

export interface ClassDetail {
  classId: ObjectId
  className: string
  own: boolean
  loader: HeapObject | null
  superclasses: ClassRow[]
  subclasses: ClassRow[]
  subclassCount: number
  staticFields: number
  objects: number
  unreachable: number
  shallow: number
  retained: number
  withSubclasses: { objects: number; shallow: number; retained: number }
}

export type ReferenceDirection = 'outgoing' | 'incoming'
export type ReferenceStrength = 'weak' | 'soft' | 'phantom' | 'finalizer'

export interface PathsQuery extends Window {
  readonly exclude: readonly ReferenceStrength[]
  /** References that people named: `Class#field`, or `Class` for all that its objects refer to. */
  readonly without?: readonly string[]
}

/** Steps of a path that people think of as one: an entry of a collection. */
export interface PathReading {
  /** Indices in `steps`: what is in the collection, and the collection (or the thread). */
  first: number
  last: number
  role: 'key' | 'value' | 'element' | 'thread-local'
  /** Place in a list. */
  index: number | null
  /** Under which a value stands; the ThreadLocal. */
  key: HeapObject | null
  /** The static field that holds the ThreadLocal, `Class#field`. */
  owner: string | null
}

export interface Path {
  steps: { object: HeapObject; edges: EdgeName[] }[]
  /** Steps left out in the middle of a very long path, and the index in `steps` after which; null when all are there. */
  omitted: { after: number; steps: number } | null
  readings: PathReading[]
  root: { types: RootType[]; thread: HeapObject | null; frame: string | null }
  firstOwn: number | null
}

export interface Paths {
  offset: number
  rows: Path[]
  complete: boolean
}
