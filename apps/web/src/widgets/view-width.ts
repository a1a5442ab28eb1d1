/** Whether the view is narrow: the window may be wide and the Inspector take the room. */
import { useSyncExternalStore } from 'react'

/** Pixels; below, tables leave out what is said elsewhere, so that what they are sorted by stays in sight. */
const NARROW = 760

/** @param below pixels */
export function useIsNarrow(below = NARROW): boolean {
  return useSyncExternalStore(watch, () => (view()?.clientWidth ?? Infinity) < below)
}

function watch(notify: () => void): () => void {
  const observed = view()
  if (observed === null) return () => undefined
  const observer = new ResizeObserver(notify)
  observer.observe(observed)
  return () => observer.disconnect()
}

function view(): HTMLElement | null {
  return document.querySelector('main')
}
