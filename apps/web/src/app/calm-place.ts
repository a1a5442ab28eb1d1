/** The place for what surrounds the view: while somebody walks along its rows, it waits until they stop. */
import { startTransition, useEffect, useRef, useState } from 'react'
import { printPlace, type NoPlace, type Place } from '@heaptrail/api/place'

/** Steps that follow each other faster than this are a walk; it has ended when none has come for as long. */
const PAUSE_MS = 120

/** @returns `place` at once where the view is another one or the step stands alone */
export function useCalmPlace(place: Place | NoPlace): Place | NoPlace {
  const [calm, setCalm] = useState(place)
  const lastStep = useRef(-PAUSE_MS)
  useEffect(() => {
    const since = performance.now() - lastStep.current
    lastStep.current = performance.now()
    const follow = () => startTransition(() => setCalm(place))
    if (since >= PAUSE_MS) return follow()
    const timer = setTimeout(follow, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [place])
  return isSameView(calm, place) ? calm : place
}

function isSameView(a: Place | NoPlace, b: Place | NoPlace): boolean {
  if (a === b || a.kind === 'no-place' || b.kind === 'no-place') return a === b
  return a.kind === b.kind && pathOf(a) === pathOf(b)
}

function pathOf(place: Place): string {
  return printPlace(place).split('?')[0] ?? ''
}
