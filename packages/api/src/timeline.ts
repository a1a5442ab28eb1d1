/** All evidence of a case on one time axis. */
import { z } from 'zod'
import { EntityId } from './ids.ts'
import { AxisUnit, GcCollector, JstatOptionName } from './jstat.ts'
import { PlacedTime, Reading } from './text-parts.ts'

const Count = z.number().int().min(0)

function item<Kind extends string, Facts extends z.ZodRawShape>(kind: Kind, facts: Facts) {
  return z.object({
    kind: z.literal(kind),
    artifactId: EntityId,
    /** From 0; always 0 for dumps and output of top. */
    part: Count,
    /** Of the artifact; several items may have the same. */
    name: z.string(),
    time: PlacedTime,
    /** What a person said about it; null when nothing was said. Heap dumps have their own time and take none. */
    reading: Reading.nullable(),
    ...facts,
  })
}

export const JstatItem = item('jstat-log', {
  option: JstatOptionName,
  collector: GcCollector,
  /** Its own axis: uptime in seconds, or rows. */
  axis: AxisUnit,
  rows: Count,
  columns: z.array(z.string()),
  /** Of the file, from 1. */
  firstLine: Count,
  lastLine: Count,
  /** The process of the typed command, e.g. `13205`; null when it is not there. */
  target: z.string().nullable(),
  /** What grep or a script printed before each row, e.g. a file name; mostly empty. */
  prefix: z.string(),
})
export const HistogramItem = item('class-histogram', {
  line: Count,
  classes: Count,
  instances: Count,
  bytes: Count,
  counted: z.enum(['live', 'all', 'unknown']),
  pid: Count.nullable(),
})
export const TopItem = item('top-output', {
  samples: Count,
  /** The processes of Java in it. */
  java: z.array(Count),
})
export const DumpItem = item('heap-dump', { bytes: Count })

export const TimelineItem = z.discriminatedUnion('kind', [JstatItem, HistogramItem, TopItem, DumpItem])
export type TimelineItem = z.infer<typeof TimelineItem>

/**
 * `GET /api/cases/:caseId/timeline`: what is ready, by time. Series of the logs are asked for with
 * `axis=case`, whose positions are milliseconds since 1970 as here.
 */
export const Timeline = z.object({
  items: z.array(TimelineItem),
  /** First and last moment of all items; 0 and 0 without items. */
  from: z.number(),
  to: z.number(),
  /**
   * `dates`: some item has its time from its content or from a person. `elapsed`: all are guesses, so that an axis shows
   * the time since `from` and no dates.
   */
  shows: z.enum(['dates', 'elapsed']),
  /** Artifacts that will come or failed: told beside the chart. */
  pending: z.array(EntityId),
})
export type Timeline = z.infer<typeof Timeline>
