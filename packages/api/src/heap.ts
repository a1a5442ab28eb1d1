/** What the views of a heap dump ask and get. All sizes are bytes. */
import { z } from 'zod'
import { AnalysisOptions } from './analysis-options.ts'
import { InputProblem } from './cases.ts'
import { ObjectId } from './ids.ts'
import { Order, Window, pageOf } from './page.ts'

const Count = z.number().int().min(0)
const Bytes = z.number().min(0)

/** What an object is, in a form that a view can put into words. */
export const ObjectLabel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plain') }),
  /** A java.lang.Class object: the readable name of the class that it stands for. */
  z.object({ kind: z.literal('class'), name: z.string() }),
  z.object({ kind: z.literal('thread'), name: z.string() }),
  z.object({ kind: z.literal('class-loader'), name: z.string() }),
  /** `text` is cut after 200 UTF-16 units; `length` is the whole length. */
  z.object({ kind: z.literal('string'), text: z.string(), length: Count }),
  z.object({ kind: z.literal('array'), length: Count }),
  /** What stands for one value: boxed primitives, enum constants, dates, numbers, addresses, entries of maps. */
  z.object({ kind: z.literal('value'), text: z.string() }),
  /** A list, set or map, with the number of its members. */
  z.object({ kind: z.literal('collection'), size: Count }),
])
export type ObjectLabel = z.infer<typeof ObjectLabel>

export const RootType = z.enum([
  'JNI Global',
  'JNI Local',
  'Java Local',
  'Native Stack',
  'System Class',
  'Thread Block',
  'Busy Monitor',
  'Thread',
  'Unknown',
  /** Made a root by the analysis, to keep what nothing reaches (option `keepUnreachable`). */
  'Unreachable',
])
export type RootType = z.infer<typeof RootType>

export const HeapObject = z.object({
  id: ObjectId,
  kind: z.enum(['instance', 'object-array', 'primitive-array', 'class']),
  classId: ObjectId,
  /** Readable, qualified: `byte[]`, `java.lang.String`, `com.acme.Outer$Inner[][]`. */
  className: z.string(),
  label: ObjectLabel,
  shallow: Bytes,
  retained: Bytes,
  /** Its class (for a class object: the class that it stands for) is the user's own code. */
  own: z.boolean(),
  /** Reached from a GC root. Unreachable objects retain nothing but themselves. */
  reachable: z.boolean(),
  /** Types under which it is a GC root itself; mostly empty. */
  rootTypes: z.array(RootType),
})
export type HeapObject = z.infer<typeof HeapObject>

export const HeapLayout = z.object({
  /** Bytes of a reference field on the heap: 4 (32 bit or compressed) or 8. */
  referenceSize: z.union([z.literal(4), z.literal(8)]),
  /** `compressed` and `uncompressed` are 64-bit JVMs. */
  references: z.enum(['32-bit', 'compressed', 'uncompressed']),
  /** Header of an instance and of an array (with its length field), bytes. */
  instanceHeader: Count,
  arrayHeader: Count,
  compactHeaders: z.boolean(),
  /** Object alignment in bytes. */
  alignment: Count,
  /** `certain`: the gaps between neighbours fit this layout only; `likely`: it fits best; `assumed`: nothing to go by; `chosen`: by the options. */
  certainty: z.enum(['certain', 'likely', 'assumed', 'chosen']),
})
export type HeapLayout = z.infer<typeof HeapLayout>

export const HeapSummary = z.object({
  /** As in the file's header, e.g. `JAVA PROFILE 1.0.2`. */
  format: z.string(),
  identifierSize: z.union([z.literal(4), z.literal(8)]),
  fileSize: Bytes,
  /** When the dump was taken, from its header. */
  takenAt: z.iso.datetime().nullable(),
  /** `java.version` and `java.vm.name` from the system properties in the heap, when they can be found. */
  jvm: z.string().nullable(),
  /** With which the dump was analysed. */
  options: AnalysisOptions,
  /** What the dump itself says. */
  inferredLayout: HeapLayout,
  /** What sizes follow from: the inferred one, less what the options say otherwise. */
  layout: HeapLayout,
  usedHeap: Bytes,
  objects: Count,
  classes: Count,
  classLoaders: Count,
  gcRoots: Count,
  rootsByType: z.array(z.object({ type: RootType, objects: Count })),
  unreachable: z.object({ objects: Count, bytes: Bytes }),
  /** It has pools or buffers of Netty. */
  netty: z.boolean(),
  partial: InputProblem.nullable(),
  /** Things worth knowing that are no fault of the user: missing names, dangling references, lost roots. */
  notes: z.array(z.string()),
  /** Package prefixes taken for the user's own code, e.g. `com.acme.shop`. */
  ownPackages: z.array(z.string()),
  /** The heaviest objects of the dominator tree's first level, by retained size. */
  biggestObjects: z.array(HeapObject),
  /** Classes with the most minimum retained size. */
  biggestClasses: z.array(
    z.object({ classId: ObjectId, className: z.string(), objects: Count, shallow: Bytes, retained: Bytes }),
  ),
  /** Wall and CPU milliseconds per phase of the analysis. */
  phases: z.array(z.object({ phase: z.string(), wallMs: z.number(), cpuMs: z.number() })),
})
export type HeapSummary = z.infer<typeof HeapSummary>

export const HistogramSort = z.enum(['class', 'objects', 'shallow', 'retained'])
export type HistogramSort = z.infer<typeof HistogramSort>
const ofColumn = z.string().max(40).default('')
export const HistogramFilters = z.object({
  filter: z
    .string()
    .max(200)
    .default('')
    .describe(
      'Part of a class name (case ignored), or `/regular expression/`; with `!` before it, what does not match.',
    ),
  objects: ofColumn.describe('Number of objects: `> 100`, `<= 20`, `10..20`, `= 0`; `!` before it negates.'),
  shallow: ofColumn.describe('Shallow size: `> 1 MB`, `1 KB..2 KB`, `> 5 %` of the heap; `!` before it negates.'),
  retained: ofColumn.describe('Minimum retained size, written as the shallow size.'),
})
export type HistogramFilters = z.infer<typeof HistogramFilters>
export const NO_FILTERS: HistogramFilters = { filter: '', objects: '', shallow: '', retained: '' }

export const HistogramQuery = Window.extend({
  sort: HistogramSort.default('retained').describe('Column by which the rows are sorted.'),
  order: Order.default('desc').describe('Rising or falling.'),
  ...HistogramFilters.shape,
})
export type HistogramQuery = z.infer<typeof HistogramQuery>
export const HistogramRow = z.object({
  classId: ObjectId,
  className: z.string(),
  /** Null for the boot loader. */
  loader: z.object({ id: ObjectId, className: z.string(), label: ObjectLabel }).nullable(),
  objects: Count,
  shallow: Bytes,
  /** Minimum retained: counted once per topmost object of the class in the dominator tree. */
  retained: Bytes,
  own: z.boolean(),
})
export type HistogramRow = z.infer<typeof HistogramRow>
export const Histogram = pageOf(HistogramRow).extend({
  /** Sums over all rows that the filter lets through. */
  sums: z.object({ objects: Count, shallow: Bytes }),
})
export type Histogram = z.infer<typeof Histogram>

export const TreeGrouping = z.enum(['class', 'package', 'loader'])
export type TreeGrouping = z.infer<typeof TreeGrouping>
/** Which part of the dominator tree is looked at. */
export const TreeView = z.object({
  filter: z
    .string()
    .max(200)
    .default('')
    .describe('Part of a class name (case ignored), or `/regular expression/`: what matches and what is above it.'),
  group: TreeGrouping.optional().describe('How the first level is grouped; absent: not at all.'),
})
export type TreeView = z.infer<typeof TreeView>
/** Sums of what a level does not list. */
export const LeftOut = z.object({ objects: Count, retained: Bytes })
export type LeftOut = z.infer<typeof LeftOut>

export const DominatorsQuery = Window.extend({
  parent: ObjectId.optional().describe(
    'The object whose children are asked for; absent: the first level, that is what the virtual root dominates.',
  ),
  key: z.string().max(1000).optional().describe('The members of this group of the first level.'),
  ...TreeView.shape,
})
export type DominatorsQuery = z.infer<typeof DominatorsQuery>
export const DominatorRow = HeapObject.extend({
  /** 0 also when the filter leaves none of them. */
  children: Count,
  /** Its class is one that the filter looks for; false without a filter. */
  matches: z.boolean(),
})
export type DominatorRow = z.infer<typeof DominatorRow>
/** Rows by falling retained size; `rest` sums the children behind the window, `hidden` what the filter leaves out. */
export const Dominators = pageOf(DominatorRow).extend({ rest: LeftOut, hidden: LeftOut })
export type Dominators = z.infer<typeof Dominators>

/** From the first level down to the object itself; `position` is the row among its siblings in that view, from 0. */
export const DominatorAncestors = z.object({
  rows: z.array(z.object({ object: HeapObject, position: Count })),
  /** True when the middle of a very deep chain was left out: as many rows stand before the gap as behind it. */
  shortened: z.boolean(),
  /** Of the group that it begins in, when the first level is grouped. */
  key: z.string().nullable(),
})
export type DominatorAncestors = z.infer<typeof DominatorAncestors>

export const ObjectsOfClassQuery = Window.extend({
  classId: ObjectId.describe('Id of the class object.'),
  filter: z
    .string()
    .max(200)
    .default('')
    .describe('Conditions on fields, joined by `and`: `size > 1000`, `name = /x/`, `state != null`, `retained > 1m`.'),
})
export type ObjectsOfClassQuery = z.infer<typeof ObjectsOfClassQuery>
/** Objects of exactly this class by falling retained size. */
export const ObjectsOfClass = pageOf(HeapObject).extend({
  /** Objects that the filter was held against, at most a million; null without one. */
  searched: Count.nullable(),
})
export type ObjectsOfClass = z.infer<typeof ObjectsOfClass>

export const ObjectDetail = HeapObject.extend({
  /** Null when the virtual root is its immediate dominator, or it is unreachable. */
  immediateDominator: HeapObject.nullable(),
  /** Whole text of a string, up to 100,000 UTF-16 units; null when it is no string. */
  text: z.string().nullable(),
  /** UTF-16 units of a string, and whether it keeps them as bytes, pairs of bytes, or chars; null when it is no string. */
  characters: z.object({ count: Count, coder: z.enum(['latin-1', 'utf-16', 'char']) }).nullable(),
  /** Elements of an array; null when it is none. */
  length: Count.nullable(),
  /** For class objects: what the class record says; null otherwise. */
  classFacts: z
    .object({
      superclass: z.object({ id: ObjectId, className: z.string() }).nullable(),
      loader: HeapObject.nullable(),
      objects: Count,
      instanceFields: z.array(z.object({ name: z.string(), type: z.string() })),
    })
    .nullable(),
  /** Of a thread that the dump lists as running: frames of its stack (`threads/{objectId}` has them); null otherwise. */
  stackFrames: Count.nullable(),
  /** Why contents cannot be shown (e.g. the dump was deleted); null when they can. */
  contentsMissing: z.string().nullable(),
})
export type ObjectDetail = z.infer<typeof ObjectDetail>

export const FieldValue = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('null') }),
  z.object({ kind: z.literal('reference'), object: HeapObject }),
  /** A reference to an address where the dump holds no object. */
  z.object({ kind: z.literal('dangling'), id: ObjectId }),
  z.object({ kind: z.literal('primitive'), text: z.string() }),
])
export type FieldValue = z.infer<typeof FieldValue>
export const FieldRow = z.object({
  /** Field name, or `[17]` for an array element. */
  name: z.string(),
  /** `int`, `reference`, … */
  type: z.string(),
  static: z.boolean(),
  /** Readable name of the declaring class; null for array elements. */
  declaredIn: z.string().nullable(),
  value: FieldValue,
})
export type FieldRow = z.infer<typeof FieldRow>
/** Own fields first, then superclasses'; statics for class objects; elements for arrays. */
export const Fields = pageOf(FieldRow)
export type Fields = z.infer<typeof Fields>

/** How one object refers to another: `next`, `[17]`, `static bufPool`, `<class>`, `<loader>`, `<super>`, `<Java Local>`. */
export const EdgeName = z.object({
  kind: z.enum(['field', 'static', 'element', 'class', 'loader', 'super', 'thread-local', 'other']),
  name: z.string(),
})
export type EdgeName = z.infer<typeof EdgeName>
export const ReferenceRow = z.object({ edges: z.array(EdgeName), object: HeapObject })
export type ReferenceRow = z.infer<typeof ReferenceRow>
export const References = pageOf(ReferenceRow)
export type References = z.infer<typeof References>
export const ReferenceDirection = z
  .enum(['outgoing', 'incoming'])
  .describe('To what the object refers, or what refers to it.')
export type ReferenceDirection = z.infer<typeof ReferenceDirection>

/** Reference kinds that a search for paths can leave out. */
export const ReferenceStrength = z.enum(['weak', 'soft', 'phantom', 'finalizer'])
export type ReferenceStrength = z.infer<typeof ReferenceStrength>
/** What people leave out of paths: `com.acme.Cache#entries`, instance or static field, or `com.acme.Cache`. */
export const PathExclusion = z
  .string()
  .max(500)
  .regex(/^[^\s,#]+(#[^\s,#]+)?$/, 'Write Class#field, or Class.')
export type PathExclusion = z.infer<typeof PathExclusion>
export const PathsQuery = z.object({
  offset: z.coerce.number().int().min(0).max(10_000).default(0).describe('Paths before the window.'),
  limit: z.coerce.number().int().min(1).max(100).default(10).describe('Paths of the window, at most.'),
  exclude: z
    .string()
    .default('')
    .describe('Kinds of references to leave out, separated by commas: weak, soft, phantom, finalizer.')
    .transform((list) => list.split(',').filter((name) => name !== ''))
    .pipe(z.array(ReferenceStrength)),
  without: z
    .string()
    .default('')
    .describe(
      'References to leave out, separated by commas: `Class#field`, or `Class` for all that its objects refer to.',
    )
    .transform((list) => list.split(',').filter((words) => words !== ''))
    .pipe(z.array(PathExclusion).max(50)),
})
export type PathsQuery = z.infer<typeof PathsQuery>
export const PathStep = z.object({
  object: HeapObject,
  /** How this object refers to the one before it; empty for the first step. */
  edges: z.array(EdgeName),
})
/** Steps of a path that people think of as one: `map["key"]`, `list[17]`, an element of a set, what a ThreadLocal has in a thread. */
export const PathReading = z.object({
  /** Indices in `steps`: what is in the collection, and the collection (or the thread). */
  first: Count,
  last: Count,
  role: z.enum(['key', 'value', 'element', 'thread-local']),
  /** Place in a list; null where places mean nothing. */
  index: Count.nullable(),
  /** Under which a value stands; the ThreadLocal. */
  key: HeapObject.nullable(),
  /** The static field that holds the ThreadLocal, `Class#field`. */
  owner: z.string().nullable(),
})
export type PathReading = z.infer<typeof PathReading>
export const Path = z.object({
  /** From the object asked for to a GC root. */
  steps: z.array(PathStep),
  /** Steps left out in the middle of a very long path, and the index in `steps` after which; null when all are there. */
  omitted: z.object({ after: Count, steps: Count }).nullable(),
  /** Of neighbouring steps, none of which is in two. */
  readings: z.array(PathReading),
  root: z.object({
    types: z.array(RootType),
    /** The thread whose stack or JNI frame holds it, with the frame when it is known. */
    thread: HeapObject.nullable(),
    frame: z.string().nullable(),
  }),
  /** Index in `steps` of the first holder in the user's own code; null when there is none. */
  firstOwn: z.number().int().nullable(),
})
export type Path = z.infer<typeof Path>
/** Shortest first. `complete`: there are no more than those up to offset + rows. */
export const Paths = z.object({ offset: Count, rows: z.array(Path), complete: z.boolean() })
export type Paths = z.infer<typeof Paths>
