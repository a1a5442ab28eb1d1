/** What the chart of a jstat log asks and gets. */
import { z } from 'zod'
import { Window, pageOf } from './page.ts'

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

export const JstatSummary = z.object({
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

export const JstatSeriesQuery = z.object({
  from: Position.describe('Where the window begins, in seconds or rows as the axis of the log has them.'),
  to: Position.describe('Where it ends.'),
  points: z.coerce
    .number()
    .int()
    .min(10)
    .max(5000)
    .default(1500)
    .describe('At most so many points; extremes of each bucket are kept.'),
})
export type JstatSeriesQuery = z.infer<typeof JstatSeriesQuery>

export const JstatSeries = z.object({
  axis: AxisUnit,
  /** Position of each point: seconds or row number (from 1). */
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

export const JstatRowsQuery = Window.extend({
  from: Position.describe('Where the rows begin, in seconds or rows as the axis of the log has them.'),
  to: Position.describe('Where they end.'),
})
export type JstatRowsQuery = z.infer<typeof JstatRowsQuery>
export const JstatRow = z.object({
  /** From 1. */
  row: z.number().int(),
  /** Line of the file, from 1. */
  line: z.number().int(),
  x: z.number(),
  values: z.record(z.string(), z.number().nullable()),
})
export type JstatRow = z.infer<typeof JstatRow>
export const JstatRows = pageOf(JstatRow)
export type JstatRows = z.infer<typeof JstatRows>
