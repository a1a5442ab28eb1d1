/** The window of the chart, in units of its axis. Pure: every gesture and key ends here. */
import type { AxisUnit } from '@heaptrail/api/jstat'
import type { Span } from '../../server/jstat.ts'

/** The whole log. */
export interface Extent {
  readonly from: number
  readonly to: number
  readonly rows: number
  readonly axis: AxisUnit
}

export interface Window {
  readonly from: number
  readonly to: number
}

const FEWEST_ROWS = 5

export function windowOf(extent: Extent, { from, to }: Span): Window {
  const start = clamp(from ?? extent.from, extent.from, extent.to)
  const end = clamp(to ?? extent.to, extent.from, extent.to)
  return start < end ? { from: start, to: end } : { from: extent.from, to: extent.to }
}

/** What goes into the link: whole rows or milliseconds; nothing for the edges of the log. */
export function spanOf(extent: Extent, window: Window): Span {
  const { from, to } = atLeast(extent, window)
  const round = extent.axis === 'row' ? Math.round : (value: number) => Math.round(value * 1000) / 1000
  const start = round(Math.max(extent.from, from))
  const end = round(Math.min(extent.to, to))
  return { from: start <= extent.from ? undefined : start, to: end >= extent.to ? undefined : end }
}

/** @param factor below 1: closer; `at`, a position in the window, stays where it is */
export function zoomBy(window: Window, factor: number, at = (window.from + window.to) / 2): Window {
  return { from: at - (at - window.from) * factor, to: at + (window.to - at) * factor }
}

/** @param share of the window's width, negative to the left; stops at the edges of the log */
export function moveBy(extent: Extent, window: Window, share: number): Window {
  const width = window.to - window.from
  const from = clamp(window.from + width * share, extent.from, Math.max(extent.from, extent.to - width))
  return { from, to: from + width }
}

/** Narrower than a few rows there is nothing to see. */
function atLeast(extent: Extent, { from, to }: Window): Window {
  const least = ((extent.to - extent.from) / Math.max(1, extent.rows - 1)) * Math.min(FEWEST_ROWS, extent.rows - 1)
  if (to - from >= least) return { from, to }
  const middle = (from + to) / 2
  const start = clamp(middle - least / 2, extent.from, Math.max(extent.from, extent.to - least))
  return { from: start, to: start + least }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
