/**
 * The place on the screen, which may be a moment ahead of the address bar. With an arrow key held the place changes thirty
 * times a second; a change of the address costs more than the step itself, and browsers refuse more than about two hundred
 * of them in ten seconds (Firefox throws). So the page shows a replaced place at once, and its address follows.
 */
import { printPlace, type NoPlace, type Place } from '@heaptrail/api/place'
import type { RouterHistory } from '@tanstack/react-router'
import { parsePrinted } from './place-url.ts'

/** Between two changes of the address. */
const CALM_MS = 300
/** The first one after a pause lets its frame be painted before it. */
const SOON_MS = 30

/** A location of the history, or the router's reading of it. */
interface Keyed {
  readonly state: { readonly __TSR_key?: string | undefined }
}

export interface PlaceWriter {
  /** What is shown instead of what this location means; the same object until it changes. */
  readonly aheadOf: (location: Keyed) => Place | NoPlace | undefined
  /** The address is still to be changed. */
  readonly isBehind: () => boolean
  readonly replace: (place: Place) => void
  /** Changes the address now, when it is to be changed. */
  readonly flush: () => void
  /** Changes the history without ending what is ahead of it. */
  readonly own: (act: () => void) => void
  readonly subscribe: (listener: () => void) => () => void
}

interface Ahead {
  readonly printed: string
  readonly place: Place | NoPlace
  /** Key of the location that somebody else has gone to since: there this place ends. */
  endsAt: string | undefined
}

/** @param write replaces the address by that of the place */
export function createPlaceWriter(history: RouterHistory, write: (place: Place) => void): PlaceWriter {
  const listeners = new Set<() => void>()
  let ahead: Ahead | undefined
  let waiting: { readonly place: Place; readonly timer: ReturnType<typeof setTimeout> } | undefined
  let lastWrite = -CALM_MS
  let isOwn = false

  const changed = () => {
    for (const listener of listeners) listener()
  }
  const own = (act: () => void) => {
    isOwn = true
    act()
    isOwn = false
  }
  const flush = () => {
    if (waiting === undefined) return
    const { place, timer } = waiting
    clearTimeout(timer)
    waiting = undefined
    lastWrite = performance.now()
    own(() => write(place))
    // Not in a moment: what is pushed until then would take its place.
    history.flush()
    changed()
  }
  const replace = (place: Place) => {
    const printed = printPlace(place)
    ahead = { printed, place: printed === ahead?.printed ? ahead.place : parsePrinted(printed), endsAt: undefined }
    const wait = Math.max(SOON_MS, lastWrite + CALM_MS - performance.now())
    waiting = { place, timer: waiting?.timer ?? setTimeout(flush, wait) }
    changed()
  }
  history.subscribe(({ location }) => {
    if (isOwn || ahead === undefined) return
    clearTimeout(waiting?.timer)
    waiting = undefined
    ahead.endsAt = location.state.__TSR_key
  })
  return {
    aheadOf: ({ state }) =>
      ahead?.endsAt !== undefined && ahead.endsAt === state.__TSR_key ? undefined : ahead?.place,
    isBehind: () => waiting !== undefined,
    replace,
    flush,
    own,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
