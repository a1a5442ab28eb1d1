/** Output of top: samples, and processes over them. */
import { z } from 'zod'
import { EntityId } from './ids.ts'
import { SkippedLine } from './jstat.ts'
import { PlacedTime } from './text-parts.ts'

const Count = z.number().int().min(0)
/** Parallel to `samples` of the process; null where top printed nothing readable. */
const PerSample = z.array(z.number().nullable())

/**
 * Memory beside the heap: what the process has in memory (RES) less what the JVM has committed for its heap is metaspace,
 * code, threads and direct memory.
 */
export const HeapBeside = z.discriminatedUnion('kind', [
  /** A log of the same case (`-gc`, `-gccapacity`) tells the committed size. */
  z.object({
    kind: z.literal('committed'),
    artifactId: EntityId,
    part: Count,
    /** Per sample of the process, bytes: of the row of the log nearest in time when both times are known, otherwise of its last row. */
    committedBytes: PerSample,
    /** RES minus committed; below 0 where pages of the heap were never touched. */
    restBytes: PerSample,
    /** How the log was found: it names the process, or it is the only JVM of the case. */
    by: z.enum(['process-id', 'only-jvm']),
  }),
  /** Only percentages, or only the used size, are known: RES cannot be compared with them. */
  z.object({ kind: z.literal('not-comparable') }),
  /** The case has no jstat log of this process. */
  z.object({ kind: z.literal('no-log') }),
])
export type HeapBeside = z.infer<typeof HeapBeside>

export const TopProcess = z.object({
  pid: Count,
  command: z.string(),
  user: z.string().nullable(),
  isJava: z.boolean(),
  /** Indices into `samples` of the answer. */
  samples: z.array(Count),
  virtualBytes: PerSample,
  residentBytes: PerSample,
  /** Percent of one processor. */
  cpuPercent: PerSample,
  /** Null for processes that are not of Java. */
  heap: HeapBeside.nullable(),
})
export type TopProcess = z.infer<typeof TopProcess>

/** `GET …/top`. */
export const TopOutput = z.object({
  time: PlacedTime,
  samples: z.array(
    z.object({
      line: Count,
      /** Milliseconds since 1970 on the axis of the case. */
      at: z.number(),
      /** `00:26:24` as printed; null when the first line is missing. */
      timeOfDay: z.string().nullable(),
      /** Rows are threads (`-H`). */
      threads: z.boolean(),
      rows: Count,
      memoryTotal: z.number().nullable(),
      memoryFree: z.number().nullable(),
    }),
  ),
  /** Those of Java first, then by falling memory; at most 500. */
  processes: z.array(TopProcess),
  processesTotal: Count,
  /** Threads of samples of threads, by highest CPU; at most 100. */
  threads: z.array(
    z.object({
      id: Count,
      name: z.string(),
      samples: z.array(Count),
      cpuPercent: PerSample,
      cpuSeconds: z.number().nullable(),
    }),
  ),
  skipped: z.array(SkippedLine),
  skippedTotal: Count,
})
export type TopOutput = z.infer<typeof TopOutput>
