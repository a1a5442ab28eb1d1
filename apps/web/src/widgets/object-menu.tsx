/**
 * The same actions for an object in every view: a right click on a row or on a link to it, or `.` for what has
 * the focus, else for what is selected, else for the object that the view is about.
 */
import type { NoPlace, Place } from '@heaptrail/api/place'
import {
  Suspense,
  createContext,
  lazy,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  type ReactNode,
} from 'react'
import { placeOfLink } from '../url/link-place.ts'
import { usePlace } from '../url/navigation.tsx'
import { isHeapPlace } from '../url/place-of.ts'
import { isTyping, overlayIsOpen } from './keyboard.ts'
import type { ObjectRef } from './object-action-list.ts'
import type { Opened, Point } from './object-menu-list.tsx'

const ObjectMenu = lazy(async () => ({ default: (await import('./object-menu-list.tsx')).ObjectMenu }))

type OpenMenu = (object: ObjectRef, at: Point) => void
const ObjectMenuContext = createContext<OpenMenu>(() => undefined)

/** For what shows objects neither as rows nor as links: pictures. */
export function useObjectMenu(): OpenMenu {
  return useContext(ObjectMenuContext)
}

export function ObjectMenuProvider({ children }: { children: ReactNode }) {
  const place = usePlace()
  const [opened, setOpened] = useState<Opened | undefined>(undefined)
  const origin = useRef<Element | null>(null)
  const open = useCallback<OpenMenu>((object, at) => {
    origin.current = document.activeElement
    // After the key or click that asks for it: the menu would take the same event as a wish to close.
    setTimeout(() => setOpened({ object, at }))
  }, [])
  useEffect(() => {
    const focusIsLost = opened === undefined && document.activeElement === document.body
    if (focusIsLost && origin.current instanceof HTMLElement) origin.current.focus({ preventScroll: true })
  }, [opened])
  useMenuRequests(place, open)
  return (
    <ObjectMenuContext value={open}>
      {children}
      <Suspense>{opened !== undefined && <ObjectMenu {...opened} onClose={() => setOpened(undefined)} />}</Suspense>
    </ObjectMenuContext>
  )
}

/** The object that the reader has chosen in a view, or that the view is about. */
export function objectAt(place: Place | NoPlace): ObjectRef | undefined {
  if (!isHeapPlace(place)) return undefined
  const selected = 'selected' in place ? place.selected : undefined
  const objectId = selected ?? ('objectId' in place ? place.objectId : undefined)
  return objectId === undefined ? undefined : { caseId: place.caseId, artifactId: place.artifactId, objectId }
}

/** Right clicks and `.` that no list of rows has taken. */
function useMenuRequests(place: Place | NoPlace, open: OpenMenu): void {
  useEffect(() => {
    function onContextMenu(event: MouseEvent) {
      // With Shift the browser's own menu comes: a new tab, saving, copying.
      if (event.defaultPrevented || event.shiftKey) return
      const object = linkedObject(event.target)
      if (object === undefined) return
      event.preventDefault()
      open(object, { x: event.clientX, y: event.clientY })
    }
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== '.' || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.defaultPrevented || isTyping(event.target) || overlayIsOpen()) return
      const linked = linkedObject(event.target)
      const object = linked ?? objectAt(place)
      if (object === undefined) return
      event.preventDefault()
      open(object, pointBelow(linked === undefined ? selectedElement() : event.target))
    }
    document.addEventListener('contextmenu', onContextMenu)
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('contextmenu', onContextMenu)
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [place, open])
}

/** The object that a link under the pointer or the focus leads to. */
function linkedObject(target: EventTarget | null): ObjectRef | undefined {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null
  const place = link === null ? undefined : placeOfLink(link)
  if (place?.kind === 'dominators') return objectAt(place)
  if (place?.kind !== 'object' && place?.kind !== 'paths') return undefined
  const { caseId, artifactId, objectId } = place
  return { caseId, artifactId, objectId }
}

function selectedElement(): Element | null {
  return document.querySelector('main [aria-selected=true]:not([role=tab])') ?? document.querySelector('main h1')
}

function pointBelow(target: EventTarget | null): Point {
  const rect = target instanceof Element ? target.getBoundingClientRect() : undefined
  return rect === undefined ? { x: window.innerWidth / 3, y: 120 } : { x: rect.left + 24, y: rect.bottom }
}
