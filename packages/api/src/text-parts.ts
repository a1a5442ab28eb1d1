/** Texts hold several logs, histograms or samples; where each of them stands in time, and how a person says it is to be read. */
import { z } from 'zod'
import { EntityId } from './ids.ts'

/** Which log, or which histogram, of a text: from 0, in the order of its lines. Output of top is one part. */
export const PartIndex = z.coerce.number().int().min(0).max(100_000)
export const PartQuery = z.object({
  part: PartIndex.default(0).describe('Which log or histogram of the text, from 0.'),
})

export const PartOf = z.object({ artifactId: EntityId, part: z.number().int().min(0) })
export type PartOf = z.infer<typeof PartOf>

/** Lists of parts in queries: `id~0,id~1`, as `printParts` writes them. */
export const PartList = z
  .string()
  .max(10_000)
  .regex(
    /^[A-Za-z0-9_-]{16,40}~\d{1,6}(,[A-Za-z0-9_-]{16,40}~\d{1,6})*$/,
    'parts are written artifact~part, with commas between',
  )
  .transform((text) =>
    text.split(',').map((word): PartOf => {
      const [artifactId = '', part] = word.split('~')
      return { artifactId, part: Number(part) }
    }),
  )

export function printParts(parts: readonly PartOf[]): string {
  return parts.map(({ artifactId, part }) => `${artifactId}~${part}`).join(',')
}

/** Who says when something was: the evidence itself, a person (`Reading`), or nobody. */
export const TimeSource = z.enum(['file', 'user', 'guessed'])
export type TimeSource = z.infer<typeof TimeSource>

/**
 * What a time was taken from; all but the first three are guesses.
 * - `header`: the header of a heap dump; `stamps`: times with a zone (or an epoch) in the text; `user`: a person said so.
 * - `zone-assumed`: times without a zone, taken for UTC.
 * - `date-assumed`: times of day; the day is that of other evidence nearby, or of the upload.
 * - `before-dump`: taken to have ended when the first heap dump of the case was taken.
 * - `upload`: taken to have ended when it was uploaded.
 */
export const TimeBasis = z.enum(['header', 'stamps', 'user', 'zone-assumed', 'date-assumed', 'before-dump', 'upload'])
export type TimeBasis = z.infer<typeof TimeBasis>

/**
 * How long a log lasted: by its own clock, by what a person says, by the interval that was typed (jstat runs late in a
 * JVM in distress), or a second per row because nothing is known.
 */
export const PaceBasis = z.enum(['clock', 'user', 'command', 'none'])
export type PaceBasis = z.infer<typeof PaceBasis>

/** A span on the time axis of the case, milliseconds since 1970 in UTC; `from` = `to` for a moment. */
export const PlacedTime = z.object({
  from: z.number(),
  to: z.number(),
  source: TimeSource,
  basis: TimeBasis,
  /** What the distance of its rows was taken from; `clock` for everything that is no log. A pace that is not of a clock is a guess too. */
  pace: PaceBasis,
})
export type PlacedTime = z.infer<typeof PlacedTime>

/**
 * What a person says about a part of a text. `PUT` replaces what was said before; null takes a word back.
 * Answers and stored form are the same.
 */
export const Reading = z.object({
  part: z.number().int().min(0).max(100_000),
  /** "This log started at …": the moment of its first row, of the histogram, of the first sample of top. */
  startedAt: z.iso.datetime({ offset: true }).nullable(),
  /** Seconds between two rows of a log without a clock. */
  secondsPerRow: z.number().positive().max(86_400).nullable(),
  /** `-Xmx` in bytes; -Xmn in bytes where the young generation has a size of its own. */
  maxHeapBytes: z
    .number()
    .int()
    .min(1_048_576)
    .max(2 ** 50)
    .nullable(),
  youngBytes: z
    .number()
    .int()
    .min(65_536)
    .max(2 ** 50)
    .nullable(),
})
export type Reading = z.infer<typeof Reading>
export const Readings = z.object({ readings: z.array(Reading) })
export type Readings = z.infer<typeof Readings>
