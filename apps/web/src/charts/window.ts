/** The window of a chart, in units of its axis. Pure: every gesture and key ends here. */

export interface Window {
  readonly from: number
  readonly to: number
}

/** All that there is to see. */
export interface Extent extends Window {
  /** Narrower than this there is nothing to see. */
  readonly least: number
  /** Positions in links are multiples of it. */
  readonly step: number
}

/** A window as links have it: an edge that is absent is that of the extent. */
export interface Span {
  readonly from: number | undefined
  readonly to: number | undefined
}

export const EVERYTHING: Span = { from: undefined, to: undefined }

export function windowOf(extent: Extent, { from, to }: Span): Window {
  const start = clamp(from ?? extent.from, extent.from, extent.to)
  const end = clamp(to ?? extent.to, extent.from, extent.to)
  return start < end ? { from: start, to: end } : { from: extent.from, to: extent.to }
}

/** What goes into the link: whole steps; nothing for the edges of the extent. */
export function spanOf(extent: Extent, window: Window): Span {
  const { from, to } = atLeast(extent, window)
  const perUnit = 1 / extent.step
  const round = (value: number) => Math.round(value * perUnit) / perUnit
  const start = round(Math.max(extent.from, from))
  const end = round(Math.min(extent.to, to))
  return { from: start <= extent.from ? undefined : start, to: end >= extent.to ? undefined : end }
}

/** @param factor below 1: closer; `at`, a position in the window, stays where it is */
export function zoomBy(window: Window, factor: number, at = (window.from + window.to) / 2): Window {
  return { from: at - (at - window.from) * factor, to: at + (window.to - at) * factor }
}

/** @param share of the window's width, negative to the left; stops at the edges of the extent */
export function moveBy(extent: Window, window: Window, share: number): Window {
  const width = window.to - window.from
  const from = clamp(window.from + width * share, extent.from, Math.max(extent.from, extent.to - width))
  return { from, to: from + width }
}

/** A window around something, with some air beside it so that what came before and after is seen too. */
export function windowAround(extent: Window, { from, to }: Window): Window {
  const air = Math.max((to - from) * 0.25, (extent.to - extent.from) * 0.02)
  return { from: Math.max(extent.from, from - air), to: Math.min(extent.to, to + air) }
}

export function isWhole(extent: Window, window: Window): boolean {
  return window.from <= extent.from && window.to >= extent.to
}

function atLeast(extent: Extent, { from, to }: Window): Window {
  if (to - from >= extent.least) return { from, to }
  const middle = (from + to) / 2
  const start = clamp(middle - extent.least / 2, extent.from, Math.max(extent.from, extent.to - extent.least))
  return { from: start, to: start + extent.least }
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
