/** What the chart of a jstat log asks and gets. */
import { z } from 'zod'
import { Window, pageOf } from './page.ts'
import { PaceBasis, PartQuery, TimeSource } from './text-parts.ts'

const Count = z.number().int().min(0)
const Position = z.coerce.number().optional()

export const SkippedLine = z.object({ line: z.number().int().min(1), text: z.string(), reason: z.string() })
export type SkippedLine = z.infer<typeof SkippedLine>

/**
 * `seconds`: uptime of the JVM from `-t`. `row`: the log has no clock, so rows are numbered and
 * no time is invented.
 */
export const AxisUnit = z.enum(['seconds', 'row'])
export type AxisUnit = z.infer<typeof AxisUnit>

/** As far as the columns tell; `generational` are all collectors but the two whose counters mean something else. */
export const GcCollector = z.enum(['generational', 'shenandoah', 'zgc'])
export type GcCollector = z.infer<typeof GcCollector>

export const JstatOptionName = z.enum([
  'gcutil',
  'gccause',
  'gc',
  'gcnew',
  'gcold',
  'gccapacity',
  'gcnewcapacity',
  'gcoldcapacity',
  'gcmetacapacity',
  'gcpermcapacity',
])

/** Spaces of the heap as charts name them; `P` until JDK 7, `M` and `CCS` since JDK 8. */
export const SpaceName = z.enum(['S0', 'S1', 'E', 'O', 'P', 'M', 'CCS'])
export type SpaceName = z.infer<typeof SpaceName>

/**
 * Where capacities come from: the log prints them; another log of the same JVM in the case does (`-gccapacity`, `-gc`);
 * a person typed -Xmx, and the generations have the JVM's usual shares of it (`user`; about right for Serial, Parallel
 * and CMS); or nobody tells, and only percentages are shown.
 */
export const CapacitySource = z.enum(['log', 'case', 'user', 'none'])
export type CapacitySource = z.infer<typeof CapacitySource>

/** One log of a text. */
export const JstatLogFacts = z.object({
  part: Count,
  option: JstatOptionName,
  rows: Count,
  /** Lines of the file, from 1. */
  firstLine: Count,
  lastLine: Count,
  /** What stands before each row, e.g. the file name that grep printed; mostly empty. */
  prefix: z.string(),
})

/** `GET …/jstat?part=`. */
export const JstatSummary = z.object({
  /** All logs of the text, this one among them. */
  logs: z.array(JstatLogFacts),
  part: Count,
  option: JstatOptionName,
  collector: GcCollector,
  /** The rows stand without their header; it was told from their decimals. */
  headerAssumed: z.boolean(),
  /** As typed above the log; null when it is not there. */
  command: z.object({ target: z.string().nullable(), intervalMilliseconds: z.number().nullable() }).nullable(),
  capacities: CapacitySource,
  /** As in the header, in its order, without the timestamp. */
  columns: z.array(z.string()),
  axis: AxisUnit,
  rows: Count,
  from: z.number(),
  to: z.number(),
  skipped: z.array(SkippedLine),
  /** All skipped lines; `skipped` lists the first hundred. */
  skippedTotal: Count,
  /** Rows where a counter went backwards: another JVM, or a restart. */
  restarts: z.array(Count),
})
export type JstatSummary = z.infer<typeof JstatSummary>

/**
 * Positions of windows and points.
 * - `own`: the log's axis: uptime in seconds, or rows.
 * - `case`: milliseconds since 1970 on the time axis of the case, as the timeline places the log.
 * - `elapsed`: seconds since the first row of the log, so that two logs can be laid over each other.
 */
export const JstatAxis = z.enum(['own', 'case', 'elapsed'])
export type JstatAxis = z.infer<typeof JstatAxis>
const axis = JstatAxis.default('own').describe('What positions are measured in.')

export const JstatSeriesQuery = PartQuery.extend({
  axis,
  from: Position.describe('Where the window begins, in the unit of `axis`.'),
  to: Position.describe('Where it ends.'),
  intervals: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(120)
    .describe('So many intervals of equal length, for collections, shares and rates.'),
  points: z.coerce
    .number()
    .int()
    .min(10)
    .max(5000)
    .default(1500)
    .describe('At most so many points; extremes of each bucket are kept.'),
})
export type JstatSeriesQuery = z.infer<typeof JstatSeriesQuery>

const Numbers = z.array(z.number().nullable())

/** A space at each point; null where it is unknown. Percentages are of the present capacity, KB are 1,024 bytes. */
export const SpaceSeries = z.object({
  percent: Numbers,
  /** Null when capacities are unknown (`capacities` of the answer). */
  usedKb: Numbers.nullable(),
  capacityKb: Numbers.nullable(),
})
export type SpaceSeries = z.infer<typeof SpaceSeries>

/**
 * The window cut into intervals of equal length. Counts and times belong to the interval in which a collection ended.
 * Peaks are of single steps between two rows, so that a short burst is not lost in a long interval.
 */
export const JstatIntervals = z.object({
  /** Lower ends; the last interval ends at `end`. */
  from: z.array(z.number()),
  end: z.number(),
  /** Rows (from 1) that fall into each interval; null where none does. */
  firstRow: z.array(z.number().nullable()),
  lastRow: z.array(z.number().nullable()),
  /** Collections that were counted; null where no row tells. */
  young: Numbers,
  full: Numbers,
  concurrent: Numbers,
  /** Seconds in collections, of all kinds. */
  gcSeconds: Numbers,
  /**
   * Percent of the wall time in collections. jstat adds a collection's time when it ends: it is counted back over the time
   * before, so that no share passes 100. Null without a clock, and for Shenandoah and ZGC, whose times are not of pauses alone.
   */
  gcShare: Numbers,
  gcSharePeak: Numbers,
  /**
   * KB of 1,024 bytes per second (per row without a clock, see `rateUnit`) that the program allocated in eden, and that
   * young collections moved to the old generation. Null where capacities are unknown or the collector does not allow it.
   */
  allocationKb: Numbers,
  allocationKbPeak: Numbers,
  promotionKb: Numbers,
  promotionKbPeak: Numbers,
})
export type JstatIntervals = z.infer<typeof JstatIntervals>

/** The old generation after each of its collections: the leak trend. */
export const JstatFloors = z.object({
  after: z.enum(['full-collections', 'old-collections', 'cycles']),
  x: z.array(z.number()),
  row: z.array(z.number()),
  /** Percent of the old generation (ZGC: of the highest committed heap). */
  percent: z.array(z.number()),
  kb: z.array(z.number()).nullable(),
  /** The line of the leak trend when one was found; both ends. */
  trend: z.object({ fromX: z.number(), toX: z.number(), fromPercent: z.number(), toPercent: z.number() }).nullable(),
})
export type JstatFloors = z.infer<typeof JstatFloors>

export const JstatSeries = z.object({
  /** Of `x`: `time` are milliseconds since 1970, `elapsed` seconds since the first row. */
  axis: z.enum(['seconds', 'row', 'time', 'elapsed']),
  /** Who says where `x` is; `file` for the log's own axis. */
  timeSource: TimeSource,
  pace: PaceBasis,
  capacities: CapacitySource,
  rateUnit: z.enum(['second', 'row']),
  /** Spaces that the log tells of. Every point is a row of the log, so that peaks and troughs are real. */
  spaces: z.partialRecord(SpaceName, SpaceSeries),
  /** Used and committed heap (without metaspace), KB; null when capacities are unknown. */
  heap: z.object({ usedKb: Numbers, committedKb: Numbers }).nullable(),
  intervals: JstatIntervals,
  floors: JstatFloors.nullable(),
  /** Positions at which another JVM begins (a restart), within the window. */
  restarts: z.array(z.number()),
  /** Position of each point, in the unit of `axis`. */
  x: z.array(z.number()),
  /** Row number (from 1) of each point. */
  row: z.array(z.number()),
  /** One list per column, as long as `x`; null where the JVM printed `-`. */
  values: z.record(z.string(), z.array(z.number().nullable())),
  /** Collections since the point before; null where the counter restarted or is unknown. */
  collections: z.object({
    young: z.array(z.number().nullable()),
    full: z.array(z.number().nullable()),
    concurrent: z.array(z.number().nullable()),
  }),
  /** Rows in the window before downsampling. */
  rowsInWindow: Count,
})
export type JstatSeries = z.infer<typeof JstatSeries>

const RowsWindow = PartQuery.extend({
  axis,
  from: Position.describe('Where the rows begin, in the unit of `axis`.'),
  to: Position.describe('Where they end.'),
})
export const JstatRowsQuery = Window.extend(RowsWindow.shape)
export type JstatRowsQuery = z.infer<typeof JstatRowsQuery>
export const JstatRow = z.object({
  /** From 1. */
  row: z.number().int(),
  /** Line of the file, from 1. */
  line: z.number().int(),
  x: z.number(),
  values: z.record(z.string(), z.number().nullable()),
  /** `LGCC` and `GCC` of `-gccause`; empty for other options. */
  texts: z.record(z.string(), z.string()),
})
export type JstatRow = z.infer<typeof JstatRow>
export const JstatRows = pageOf(JstatRow)
export type JstatRows = z.infer<typeof JstatRows>

/** `GET …/jstat/csv`: all rows of the window as text/csv, with a header line: row, line, time (when known), then the columns. */
export const JstatCsvQuery = RowsWindow
export type JstatCsvQuery = z.infer<typeof JstatCsvQuery>
