/** The place that a link on the page leads to; undefined for links elsewhere and for no places. */
import type { Place } from '@heaptrail/api/place'
import { locate } from './place-url.ts'

export function placeOfLink(link: HTMLAnchorElement): Place | undefined {
  if (link.origin !== window.location.origin) return undefined
  const located = locate({ pathname: link.pathname, search: link.search, longPlace: undefined })
  return located.kind === 'place' && located.place.kind !== 'no-place' ? located.place : undefined
}
