/** Class histograms of `jmap -histo` and `jcmd GC.class_histogram`: one, several, and beside a heap dump. */
import { z } from 'zod'
import { EntityId, ObjectId } from './ids.ts'
import { SkippedLine } from './jstat.ts'
import { Order, Window, pageOf } from './page.ts'
import { PartList, PartOf, PlacedTime } from './text-parts.ts'

const Count = z.number().int().min(0)

/** `live`: a full collection ran before, as the command says; `all`: garbage is counted too. */
export const Counted = z.enum(['live', 'all', 'unknown'])

/** One histogram of a text. */
export const ClassHistogramFacts = z.object({
  part: Count,
  /** Of its header, from 1. */
  line: Count,
  classes: Count,
  /** Sums of its rows. */
  instances: Count,
  bytes: Count,
  /** As the JVM printed it; null when the text ends before. */
  total: z.object({ instances: Count, bytes: Count }).nullable(),
  /** `complete`: the rows add up to the total; `differs`: rows are missing or damaged; `no-total`: cut off, mostly after the largest. */
  completeness: z.enum(['complete', 'differs', 'no-total']),
  counted: Counted,
  pid: Count.nullable(),
  time: PlacedTime,
})
export type ClassHistogramFacts = z.infer<typeof ClassHistogramFacts>

/** `GET …/class-histograms`. */
export const ClassHistograms = z.object({
  histograms: z.array(ClassHistogramFacts),
  /** The first hundred. */
  skipped: z.array(SkippedLine),
  skippedTotal: Count,
})
export type ClassHistograms = z.infer<typeof ClassHistograms>

/** In a query everything is text, and every text would count as true. */
function truth(usual: 'true' | 'false') {
  return z
    .enum(['true', 'false'])
    .default(usual)
    .transform((word) => word === 'true')
}

const filter = z.string().max(200).default('').describe('Part of a name (case ignored); `*` stands for anything.')

export const ClassGroup = z.enum(['class', 'package'])
export type ClassGroup = z.infer<typeof ClassGroup>

/** `GET …/class-histograms/:part`, a `Window`. */
export const ClassHistogramQuery = Window.extend({
  group: ClassGroup.default('class').describe('Rows are classes, or packages.'),
  sort: z.enum(['name', 'instances', 'bytes']).default('bytes').describe('Column by which the rows are sorted.'),
  order: Order.default('desc').describe('Rising or falling.'),
  own: truth('false').describe('Only the own packages.'),
  filter,
})
export type ClassHistogramQuery = z.infer<typeof ClassHistogramQuery>

export const ClassHistogramRow = z.object({
  /** Readable: `byte[]`, `java.lang.String`, `<methodKlass>`; of a package `io.netty.buffer`, empty for the default one and primitives' arrays. */
  name: z.string(),
  /** `java.base@17.0.15`; empty where there is none. */
  module: z.string(),
  /** 1, or those of the package. */
  classes: Count,
  instances: Count,
  bytes: Count,
  /** Percent of all bytes of the histogram. */
  share: z.number(),
  /** Not of the JDK nor of a widely used library, as far as the name tells. */
  own: z.boolean(),
  /** Line of the text; null for packages. */
  line: Count.nullable(),
})
export type ClassHistogramRow = z.infer<typeof ClassHistogramRow>
export const ClassHistogramPage = pageOf(ClassHistogramRow)
export type ClassHistogramPage = z.infer<typeof ClassHistogramPage>

/** A column of a growth table: a histogram, where it stands, and when it was taken. */
export const GrowthColumn = PartOf.extend({
  name: z.string(),
  time: PlacedTime,
  counted: Counted,
  completeness: ClassHistogramFacts.shape.completeness,
  classes: Count,
  instances: Count,
  bytes: Count,
})
export type GrowthColumn = z.infer<typeof GrowthColumn>

/** `GET /api/cases/:caseId/class-growth`: two histograms or more, the oldest first. */
export const ClassGrowthQuery = Window.extend({
  histograms: PartList.optional().describe('`artifact~part,…`; absent: all histograms of the case.'),
  group: ClassGroup.default('class').describe('Rows are classes, or packages.'),
  sort: z
    .enum(['name', 'instances', 'bytes', 'instances-growth', 'bytes-growth'])
    .default('bytes-growth')
    .describe('Column by which the rows are sorted; `instances` and `bytes` are of the last histogram.'),
  order: Order.default('desc').describe('Rising or falling.'),
  own: truth('false').describe('Only the own packages.'),
  ownFirst: truth('true').describe('Rows of the own packages that grew stand first.'),
  filter,
})
export type ClassGrowthQuery = z.infer<typeof ClassGrowthQuery>

export const ClassGrowthRow = z.object({
  name: z.string(),
  own: z.boolean(),
  /** One figure per histogram; null where a histogram that is cut off does not list the class. 0: a whole one does not. */
  instances: z.array(Count.nullable()),
  bytes: z.array(Count.nullable()),
  /** Last known minus first known. */
  instancesGrowth: z.number().int(),
  bytesGrowth: z.number().int(),
  /** By the times of the first and last known figure; null when some time is a guess, or they are equal. */
  instancesPerHour: z.number().nullable(),
  bytesPerHour: z.number().nullable(),
  /** Grew from each histogram to the next. */
  steady: z.boolean(),
  /** Classes with the same number grow together (`groups`); null for those that grow alone or do not. */
  group: Count.nullable(),
})
export type ClassGrowthRow = z.infer<typeof ClassGrowthRow>

/**
 * Things worth knowing about figures, as ids; `histogramNoteText` has the sentences.
 * - `garbage-counted`: these histograms count garbage too, or do not say: growth may be what the next collection frees.
 * - `cut-off`: these list the largest classes only.
 * - `times-guessed`: when some were taken is a guess, so nothing is said per hour.
 * - `different-processes`: the process ids differ.
 * - `dump-drops-unreachable`: the dump's figures are of objects that a root reaches, the text's of all.
 * - `dump-removed`: unreachable objects in the file that the dump's figures leave out.
 * - `taken-apart`: seconds between text and dump; negative when the text is older.
 * - `sizes-computed`: the text's bytes are the JVM's own, the dump's are computed from an assumed object layout.
 * - `hidden-names`: names of hidden classes differ from run to run and do not match.
 */
export const HistogramNote = z.discriminatedUnion('id', [
  z.object({ id: z.literal('garbage-counted'), histograms: z.array(PartOf), certain: z.boolean() }),
  z.object({ id: z.literal('cut-off'), histograms: z.array(PartOf) }),
  z.object({ id: z.literal('times-guessed') }),
  z.object({ id: z.literal('different-processes'), pids: z.array(Count) }),
  z.object({ id: z.literal('dump-drops-unreachable') }),
  z.object({ id: z.literal('dump-removed'), objects: Count, bytes: Count }),
  z.object({ id: z.literal('taken-apart'), seconds: z.number(), guessed: z.boolean() }),
  z.object({ id: z.literal('sizes-computed') }),
  z.object({ id: z.literal('hidden-names'), classes: Count }),
])
export type HistogramNote = z.infer<typeof HistogramNote>

export const ClassGrowth = pageOf(ClassGrowthRow).extend({
  columns: z.array(GrowthColumn),
  /**
   * Classes whose instances grew together, nearly one for one, in all histograms: the heaviest growth first.
   * `ratio`: instances of the class per instance of the first of the group.
   */
  groups: z.array(
    z.object({
      group: Count,
      bytesGrowth: z.number(),
      classes: z.array(
        z.object({ name: z.string(), own: z.boolean(), instancesGrowth: z.number(), ratio: z.number() }),
      ),
    }),
  ),
  notes: z.array(HistogramNote),
})
export type ClassGrowth = z.infer<typeof ClassGrowth>

/** `GET /api/cases/:caseId/histogram-beside-dump`: a text histogram beside the classes of a dump. */
export const BesideDumpQuery = Window.extend({
  histogram: PartList.describe('`artifact~part`, one.'),
  dump: EntityId.describe('A heap dump of the same case.'),
  sort: z
    .enum([
      'name',
      'text-instances',
      'text-bytes',
      'dump-instances',
      'dump-bytes',
      'instances-difference',
      'bytes-difference',
    ])
    .default('bytes-difference')
    .describe('Column by which the rows are sorted; differences by their amount.'),
  order: Order.default('desc').describe('Rising or falling.'),
  filter,
})
export type BesideDumpQuery = z.infer<typeof BesideDumpQuery>

export const BesideDumpRow = z.object({
  name: z.string(),
  own: z.boolean(),
  /** Null where the text does not list the class. */
  text: z.object({ instances: Count, bytes: Count }).nullable(),
  /** Null where the dump has no such class. Several classes of one name are added up; `classId` is then of the largest. */
  dump: z.object({ classId: ObjectId, instances: Count, bytes: Count, retained: Count }).nullable(),
  /** Text minus dump. */
  instancesDifference: z.number().int(),
  bytesDifference: z.number().int(),
})
export type BesideDumpRow = z.infer<typeof BesideDumpRow>
export const BesideDump = pageOf(BesideDumpRow).extend({
  histogram: GrowthColumn,
  /** Sums of all classes. */
  text: z.object({ instances: Count, bytes: Count }),
  dump: z.object({ instances: Count, bytes: Count }),
  notes: z.array(HistogramNote),
})
export type BesideDump = z.infer<typeof BesideDump>

/** `GET /api/cases/:caseId/class-in-dumps`: the class of a text in the heap dumps of the case. */
export const ClassInDumpsQuery = z.object({
  name: z.string().min(1).max(70_000).describe('Readable name, e.g. `byte[]`.'),
})
export const ClassInDumps = z.object({
  dumps: z.array(
    z.object({
      artifactId: EntityId,
      name: z.string(),
      /** Null when that dump has no such class. */
      found: z.object({ classId: ObjectId, instances: Count, bytes: Count, retained: Count }).nullable(),
    }),
  ),
})
export type ClassInDumps = z.infer<typeof ClassInDumps>
