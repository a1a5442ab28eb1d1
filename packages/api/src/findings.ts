/** What the product noticed by itself: an id with parameters, never a sentence; `finding-texts/` has the sentences. */
import { z } from 'zod'
import { GcCollector as Collector } from './jstat.ts'

export const Severity = z.enum(['critical', 'warning', 'info'])
export type Severity = z.infer<typeof Severity>

const Count = z.number().int().min(0)
const Percent = z.number()

/** Where a finding is seen: rows and lines from 1, both ends included. */
export const Evidence = z.object({
  fromRow: z.number().int().min(1),
  toRow: z.number().int().min(1),
  fromLine: z.number().int().min(1),
  toLine: z.number().int().min(1),
  columns: z.array(z.string()),
})
export type Evidence = z.infer<typeof Evidence>

function finding<Id extends string, Parameters extends z.ZodRawShape>(id: Id, parameters: Parameters) {
  return z.object({
    id: z.literal(id),
    severity: Severity,
    parameters: z.object(parameters),
    /** In so many parts of the artifact, between restarts, the same was found; the evidence is of the last of them. */
    occurrences: z.number().int().min(1),
    evidence: Evidence,
  })
}

/** The old generation stays full although full collections run one after the other. */
export const HeapExhausted = finding('heap-exhausted', {
  collector: Collector,
  rows: Count,
  /** Full collections (of Shenandoah and ZGC: cycles) that ended within the rows, and the seconds they took. */
  fullCollections: Count,
  fullSeconds: z.number(),
  youngCollections: Count,
  /** Lowest and highest share of the old generation in use in these rows; eden is null where it is unknown. */
  oldLow: Percent,
  oldHigh: Percent,
  eden: Percent.nullable(),
  /** Seconds that the rows span, by the log's clock; null without one. */
  seconds: z.number().nullable(),
  /** Whether it is still so at the end of the log. */
  ongoing: z.boolean(),
})

/** What stays in the old generation after collections rises steadily. */
export const LeakTrend = finding('leak-trend', {
  /** What the floor was taken after. */
  after: z.enum(['full-collections', 'old-collections', 'cycles']),
  points: Count,
  /** The fitted floor at the first and the last point, percent of the old generation. */
  from: Percent,
  to: Percent,
  /** Percentage points; per second is null without a clock. */
  perSecond: z.number().nullable(),
  perRow: z.number(),
  perCollection: z.number(),
  /** Until the floor reaches 100 %, if it goes on; null where the limit or the clock is unknown. */
  secondsToFull: z.number().nullable(),
  collectionsToFull: z.number().nullable(),
  /** KB of 1,024 bytes that 100 % are; null where only percentages are known. */
  capacityKb: z.number().nullable(),
  confidence: z.enum(['high', 'moderate']),
})

/** The JVM spends much of its wall time in collections that stop it. */
export const GcOverhead = finding('gc-overhead', {
  share: Percent,
  seconds: z.number(),
  collectionSeconds: z.number(),
  /** Share over the whole log. */
  shareOfAll: Percent,
  /** At 98 % of the time with less than 2 % of the heap freed the JVM itself gives up. */
  atLimitOfJvm: z.boolean(),
})

/** Young collections move much into the old generation. */
export const FastPromotion = finding('fast-promotion', {
  youngCollections: Count,
  /** Median of percentage points of the old generation per young collection. */
  perCollection: z.number(),
  kbPerCollection: z.number().nullable(),
  /** Young collections after which a survivor space was full. */
  survivorFull: Count,
  fullCollections: Count,
})

/** Classes fill metaspace or the permanent generation. */
export const ClassSpaceGrowth = finding('class-space-growth', {
  space: z.enum(['metaspace', 'permanent']),
  unit: z.enum(['percent', 'KB']),
  from: z.number(),
  to: z.number(),
  /** In the unit; null where the log does not tell it. */
  limit: z.number().nullable(),
  /** Full collections that ran because of it, as far as the log tells. */
  fullCollections: Count,
})

/** The program asks for full collections itself. */
export const SystemGcStorm = finding('system-gc-storm', {
  calls: Count,
  fullCollections: Count,
  seconds: z.number().nullable(),
})

/** The old generation fills and nothing in the log tells what of it would be freed. */
export const OldFilling = finding('old-filling', { from: Percent, to: Percent, youngCollections: Count, rows: Count })

export const Healthy = finding('healthy', {
  collector: Collector,
  rows: Count,
  youngCollections: Count,
  fullCollections: Count,
  cycles: Count,
  /** Lowest share of the old generation after its collections; null where none was seen. */
  floor: Percent.nullable(),
  oldLast: Percent.nullable(),
})

export const TooShort = finding('too-short', {
  rows: Count,
  youngCollections: Count,
  fullCollections: Count,
  cycles: Count,
  oldFirst: Percent.nullable(),
  oldLast: Percent.nullable(),
})

/** The option shows sizes or counts, but not how full the old generation is. */
export const NoOccupancy = finding('no-occupancy', {
  option: z.string(),
  collector: Collector,
  rows: Count,
})

/** Rows without a time: rates per second cannot be told. */
export const NoClock = finding('no-clock', { bytesKnown: z.boolean() })

/** What takes most of a class histogram; rows of the evidence are its ranks. */
export const HistogramContents = finding('histogram-contents', {
  className: z.string(),
  instances: Count,
  bytes: Count,
  /** Percent of all bytes. */
  share: Percent,
  totalBytes: Count,
  /** The first class of the own packages, as far as names tell; null when there is none. */
  own: z.object({ className: z.string(), instances: Count, bytes: Count }).nullable(),
  counted: z.enum(['live', 'all', 'unknown']),
})

/** From histogram to histogram of a case one class grows most; the evidence is of the last of them. */
export const ClassesGrow = finding('classes-grow', {
  histograms: Count,
  className: z.string(),
  own: z.boolean(),
  instances: z.object({ from: Count, to: Count }),
  bytes: z.object({ from: Count, to: Count }),
  /** Null when a time is a guess. */
  bytesPerHour: z.number().nullable(),
  /** Of the growth of all classes, percent. */
  share: Percent,
  /** Grew from each histogram to the next. */
  steady: z.boolean(),
  /** Other classes whose numbers grew with it, at most five. */
  together: z.array(z.string()),
  /** All histograms are of live objects: what grew is no garbage. */
  live: z.boolean(),
})

/** Memory of a process of Java in output of top; rows of the evidence are samples. */
export const ProcessMemory = finding('process-memory', {
  pid: Count,
  residentBytes: z.number(),
  /** Heap that the JVM has committed; null when no log of the case tells it. */
  committedBytes: z.number().nullable(),
  cpuPercent: z.number().nullable(),
})

/** Threads of the collector use most of the processor time of their process. */
export const GcThreadsBusy = finding('gc-threads-busy', {
  threads: Count,
  /** Percent of one processor: of these threads, and of all threads listed. */
  cpuPercent: z.number(),
  cpuOfAll: z.number(),
})

export const Finding = z.discriminatedUnion('id', [
  HeapExhausted,
  LeakTrend,
  GcOverhead,
  FastPromotion,
  ClassSpaceGrowth,
  SystemGcStorm,
  OldFilling,
  Healthy,
  TooShort,
  NoOccupancy,
  NoClock,
  HistogramContents,
  ClassesGrow,
  ProcessMemory,
  GcThreadsBusy,
])
export type Finding = z.infer<typeof Finding>
export type FindingId = Finding['id']
export type FindingOf<Id extends FindingId> = Extract<Finding, { id: Id }>
