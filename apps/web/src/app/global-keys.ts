/** Keys that work wherever no text is being typed. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { caseQuery } from '../server/cases.ts'
import { useNavigation } from '../url/navigation.tsx'
import { isTyping, overlayIsOpen } from '../widgets/keyboard.ts'
import { destination } from './view-list.ts'

interface Actions {
  readonly toggleInspector: () => void
  readonly showHelp: () => void
  readonly showPalette: () => void
}

/** `g` and a letter within this time go somewhere. */
const SEQUENCE_MS = 1500

export function useGlobalKeys(place: Place | NoPlace, actions: Actions): void {
  const { open } = useNavigation()
  const caseId = 'caseId' in place ? place.caseId : undefined
  const artifacts = useQuery({ ...caseQuery(caseId ?? ''), enabled: caseId !== undefined }).data?.artifacts
  const goUntil = useRef(0)
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const isPaletteKey = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k'
      if (overlayIsOpen()) return undefined
      if (isPaletteKey) return take(event, actions.showPalette)
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return undefined
      if (goUntil.current > event.timeStamp) {
        goUntil.current = 0
        const target = destination(place, artifacts ?? [], event.key)
        if (target !== undefined) return take(event, () => open(target))
      }
      if (event.key === 'g') goUntil.current = event.timeStamp + SEQUENCE_MS
      else if (event.key === 'i') return take(event, actions.toggleInspector)
      else if (event.key === '?') return take(event, actions.showHelp)
      else if (event.key === '/') return take(event, focusFilter)
      return undefined
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [place, artifacts, actions, open])
}

function take(event: KeyboardEvent, act: () => void): undefined {
  event.preventDefault()
  act()
}

/** The field that filters the view on the screen. */
export function focusFilter(): void {
  document.querySelector<HTMLElement>('[data-filter]')?.focus()
}
