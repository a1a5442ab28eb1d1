/**
 * Puts every part of every text on the time axis of its case. What the evidence says comes first, then what a person says
 * of it, then guesses, which are marked.
 */
import type { PlacedTime, Reading, TimeBasis, TimeSource } from '@heaptrail/api/text-parts'
import type { TextMoment } from '../texts/text-facts.ts'

/** What guesses hold on to; milliseconds since 1970. */
export interface Anchors {
  /** When the first heap dump of the case was taken; undefined without a dump. */
  readonly dump: number | undefined
  /** When the text came in. */
  readonly upload: number
}

const DAY = 86_400_000

export function placedTime(moment: TextMoment, reading: Reading | undefined, anchors: Anchors): PlacedTime {
  const [seconds, pace] = lengthOf(moment, reading)
  const length = 1000 * seconds
  const { from, source, basis } = beginning(moment, reading, anchors, length)
  return { from, to: from + length, source, basis, pace }
}

export function dumpPlacedTime(takenAt: number | undefined, upload: number): PlacedTime {
  const from = takenAt ?? upload
  const known = takenAt !== undefined
  return { from, to: from, source: known ? 'file' : 'guessed', basis: known ? 'header' : 'upload', pace: 'clock' }
}

function lengthOf(
  { seconds, steps, intervalSeconds }: TextMoment,
  reading: Reading | undefined,
): [seconds: number, pace: PlacedTime['pace']] {
  if (seconds !== undefined) return [seconds, 'clock']
  if (steps === 0) return [0, 'clock']
  const said = reading?.secondsPerRow
  if (said !== undefined && said !== null) return [steps * said, 'user']
  return intervalSeconds === undefined ? [steps, 'none'] : [steps * intervalSeconds, 'command']
}

interface Beginning {
  readonly from: number
  readonly source: TimeSource
  readonly basis: TimeBasis
}

function beginning(
  { stamp }: TextMoment,
  reading: Reading | undefined,
  { dump, upload }: Anchors,
  length: number,
): Beginning {
  if (stamp?.kind === 'instant') return { from: stamp.milliseconds, source: 'file', basis: 'stamps' }
  const said = reading?.startedAt
  if (said !== undefined && said !== null) return { from: Date.parse(said), source: 'user', basis: 'user' }
  const near = dump ?? upload
  switch (stamp?.kind) {
    case 'local':
      return { from: here(stamp.milliseconds), source: 'guessed', basis: 'zone-assumed' }
    case 'no-year':
      return { from: nearest(near, yearsAround(stamp.milliseconds, near)), source: 'guessed', basis: 'date-assumed' }
    case 'time-of-day':
      return { from: nearest(near, daysAround(stamp.milliseconds, near)), source: 'guessed', basis: 'date-assumed' }
    case undefined:
      // People watch first and take the dump then.
      return { from: near - length, source: 'guessed', basis: dump === undefined ? 'upload' : 'before-dump' }
  }
}

/** A time without a zone, in that of this machine: often the one of the person who asks. */
function here(local: number): number {
  const at = new Date(local)
  return new Date(
    at.getUTCFullYear(),
    at.getUTCMonth(),
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
    at.getUTCMilliseconds(),
  ).getTime()
}

/** The same day and time in the years about `near`. @param stamp in 1972. */
function yearsAround(stamp: number, near: number): number[] {
  const year = new Date(near).getUTCFullYear()
  const at = new Date(stamp)
  return [year - 1, year, year + 1].map((each) =>
    here(Date.UTC(each, at.getUTCMonth(), at.getUTCDate()) + (stamp % DAY)),
  )
}

/** The same time on the days about `near`. @param time milliseconds since midnight. */
function daysAround(time: number, near: number): number[] {
  const midnight = Math.floor(near / DAY) * DAY
  return [-1, 0, 1].map((days) => here(midnight + days * DAY + time))
}

function nearest(wanted: number, choices: readonly number[]): number {
  return choices.reduce((best, each) => (Math.abs(each - wanted) < Math.abs(best - wanted) ? each : best))
}
