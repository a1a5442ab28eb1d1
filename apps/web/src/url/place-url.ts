/** From what stands in the address bar to a place, and back. */
import { parsePlace, printPlace, type NoPlace, type Place } from '@heaptrail/api/place'
import { ViewId } from '@heaptrail/api/views'

/** Longer links break in mail programs and chats, so their state is stored on the server. */
export const LONGEST_URL = 2000

/** Just the parts of a location that are read, so that tests can pass plain objects. */
export interface UrlLocation {
  readonly pathname: string
  /** With `?`, or empty. */
  readonly search: string
  /** The whole place, when it was too long for the URL and this browser still knows it. */
  readonly longPlace: string | undefined
}

export type Located =
  | { readonly kind: 'place'; readonly place: Place | NoPlace }
  /** The server holds the options of this link. */
  | { readonly kind: 'stored'; readonly viewId: string }

export function locate({ pathname, search, longPlace }: UrlLocation): Located {
  if (longPlace !== undefined) return { kind: 'place', place: parsePrinted(longPlace) }
  const viewId = ViewId.safeParse(new URLSearchParams(search).get('view'))
  if (viewId.success) return { kind: 'stored', viewId: viewId.data }
  return { kind: 'place', place: parsePlace(pathname, search) }
}

/** Parses what `printPlace` wrote. */
export function parsePrinted(printed: string): Place | NoPlace {
  const question = printed.indexOf('?')
  return question === -1 ? parsePlace(printed, '') : parsePlace(printed.slice(0, question), printed.slice(question))
}

export interface PlaceUrl {
  /** What goes into the address bar at once. */
  readonly href: string
  /** The whole place when it does not fit; it is to be stored, then `?view=` is added. */
  readonly longPlace: string | undefined
}

export function urlOf(place: Place): PlaceUrl {
  const printed = printPlace(place)
  if (printed.length <= LONGEST_URL) return { href: printed, longPlace: undefined }
  return { href: pathOf(printed), longPlace: printed }
}

export function storedViewUrl(printed: string, viewId: string): string {
  return `${pathOf(printed)}?view=${viewId}`
}

function pathOf(printed: string): string {
  return printed.split('?')[0] ?? printed
}
