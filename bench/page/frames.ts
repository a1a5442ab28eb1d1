/** Frames that Chromium drew, and those it could not draw in time, while something went on: from its trace. */
import type { Browser, Page } from '@playwright/test'

/** A frame of 60 Hz, in ms, with the rounding of a timer. */
const FRAME_MS = 17.5
const US = 1000

interface TraceEvent {
  readonly name: string
  /** µs */
  readonly ts: number
}

export interface Frames {
  readonly drawn: number
  /** Per second of the time from the first to the last frame. */
  readonly rate: number
  /** Longest time from one frame to the next, ms. */
  readonly longest: number
  /** Share of the frames that came no later than the next tick of 60 Hz. */
  readonly inTime: number
  /** Frames that were begun and given up. */
  readonly dropped: number
}

export async function framesDuring(browser: Browser, page: Page, act: () => Promise<void>): Promise<Frames> {
  await browser.startTracing(page, {
    categories: ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame'],
  })
  await act()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    readonly traceEvents: readonly TraceEvent[]
  }
  const times = traceEvents.filter(({ name }) => name === 'DrawFrame').map(({ ts }) => ts / US)
  const sorted = times.toSorted((a, b) => a - b)
  if (sorted.length < 2) throw new Error('Chromium traced no frames.')
  const gaps = sorted.slice(1).map((time, index) => time - (sorted[index] ?? time))
  const seconds = gaps.reduce((sum, gap) => sum + gap, 0) / 1000
  return {
    drawn: sorted.length,
    rate: gaps.length / seconds,
    longest: Math.max(...gaps),
    inTime: gaps.filter((gap) => gap <= FRAME_MS).length / gaps.length,
    dropped: traceEvents.filter(({ name }) => name === 'DroppedFrame').length,
  }
}
