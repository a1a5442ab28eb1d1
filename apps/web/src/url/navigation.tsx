/**
 * The only module that touches the browser's history. Opening something pushes an entry; sorting,
 * typing, selecting and expanding replace it, so that Back does what people expect.
 */
import { printPlace, type NoPlace, type Place } from '@heaptrail/api/place'
import { useQuery } from '@tanstack/react-query'
import { useRouter, useRouterState } from '@tanstack/react-router'
import type { RouterHistory } from '@tanstack/react-router'
import {
  createContext,
  useContext,
  useMemo,
  useSyncExternalStore,
  type AnchorHTMLAttributes,
  type MouseEvent,
  type ReactNode,
} from 'react'
import { storeView, viewQuery } from '../server/views.ts'
import { createPlaceWriter, type PlaceWriter } from './place-writer.ts'
import { LONGEST_URL, locate, parsePrinted, storedViewUrl, urlOf } from './place-url.ts'

export interface Navigation {
  /** Goes to the place; Back returns. */
  open(place: Place): void
  /** Changes the options of what is on the screen. */
  replace(place: Place): void
}

export type CurrentPlace =
  | { readonly status: 'known'; readonly place: Place | NoPlace }
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: Error; retry(): void }

const PlaceContext = createContext<Place | NoPlace | undefined>(undefined)

const writers = new WeakMap<RouterHistory, PlaceWriter>()

/** There is one of each history. */
export function placeWriterOf(history: RouterHistory): PlaceWriter {
  const known = writers.get(history)
  if (known !== undefined) return known
  const writer = createPlaceWriter(history, (place) => go(history, place, 'replace'))
  writers.set(history, writer)
  // Whoever leaves the page right after a step comes back to that step.
  window.addEventListener('pagehide', writer.flush)
  return writer
}

/** What the address bar says, or will say in a moment. Options that the server keeps are fetched first. */
export function useCurrentPlace(): CurrentPlace {
  const location = useRouterState({ select: (state) => state.location })
  const writer = placeWriterOf(useRouter().history)
  const ahead = useSyncExternalStore(writer.subscribe, () => writer.aheadOf(location))
  const longPlace = longPlaceOf(location.state)
  const located = useMemo(
    () => locate({ pathname: location.pathname, search: location.searchStr, longPlace }),
    [location.pathname, location.searchStr, longPlace],
  )
  const viewId = located.kind === 'stored' ? located.viewId : undefined
  const stored = useQuery({ ...viewQuery(viewId ?? ''), enabled: viewId !== undefined })
  const storedPlace = stored.data?.place
  const place = useMemo(() => {
    if (located.kind === 'place') return located.place
    return storedPlace === undefined ? undefined : parsePrinted(storedPlace)
  }, [located, storedPlace])
  if (ahead !== undefined) return { status: 'known', place: ahead }
  if (place !== undefined) return { status: 'known', place }
  if (stored.error !== null) return { status: 'failed', error: stored.error, retry: () => void stored.refetch() }
  return { status: 'loading' }
}

export function PlaceProvider({ place, children }: { place: Place | NoPlace; children: ReactNode }) {
  return <PlaceContext value={place}>{children}</PlaceContext>
}

/** The place on the screen. */
export function usePlace(): Place | NoPlace {
  const place = useContext(PlaceContext)
  if (place === undefined) throw new Error('usePlace outside of PlaceProvider')
  return place
}

export function useNavigation(): Navigation {
  const router = useRouter()
  return useMemo(() => {
    const writer = placeWriterOf(router.history)
    return {
      open: (place) => {
        // Back leads to what was on the screen.
        writer.flush()
        go(router.history, place, 'push')
      },
      replace: writer.replace,
    }
  }, [router])
}

function go(history: RouterHistory, place: Place, how: 'push' | 'replace') {
  const { href, longPlace } = urlOf(place)
  const current = history.location
  if (longPlace === undefined && current.href === href && longPlaceOf(current.state) === undefined) return
  history[how](href, longPlace === undefined ? {} : { longPlace })
  if (longPlace !== undefined) void nameLongPlace(history, longPlace)
}

/** Once the server has stored the place, its address can be reloaded and copied from the address bar. */
async function nameLongPlace(history: RouterHistory, longPlace: string) {
  let viewId: string
  try {
    viewId = await storeView(longPlace)
  } catch {
    // The view on the screen is complete; "Copy link" stores it again and says what went wrong.
    return
  }
  if (longPlaceOf(history.location.state) !== longPlace) return
  placeWriterOf(history).own(() => history.replace(storedViewUrl(longPlace, viewId), { longPlace }))
}

function longPlaceOf(state: object): string | undefined {
  return 'longPlace' in state && typeof state.longPlace === 'string' ? state.longPlace : undefined
}

/**
 * A link to the place that works in any browser; options that do not fit are stored on the server.
 * @param publicUrl address of the server, when it is known under another one than this browser's
 */
export async function linkTo(place: Place, publicUrl: string | null | undefined): Promise<string> {
  return (publicUrl ?? window.location.origin) + (await linkPath(place))
}

async function linkPath(place: Place): Promise<string> {
  const printed = printPlace(place)
  return printed.length <= LONGEST_URL ? printed : storedViewUrl(printed, await storeView(printed))
}

interface PlaceLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  readonly to: Place
}

/** A real link: opens in a new tab with the usual keys and buttons, without a reload otherwise. */
export function PlaceLink({ to, children, onClick, ...rest }: PlaceLinkProps) {
  const { open } = useNavigation()
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event)
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    event.preventDefault()
    open(to)
  }
  return (
    <a href={urlOf(to).href} onClick={follow} {...rest}>
      {children}
    </a>
  )
}
