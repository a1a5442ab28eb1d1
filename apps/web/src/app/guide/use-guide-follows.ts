/** The reader is the one who walks: the guide follows into the view of another step. */
import { useEffect, useRef } from 'react'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { useGuide } from './guide-state.tsx'
import { GUIDE_STEPS } from './steps.ts'
import { useIsDemo } from './use-is-demo.ts'

export function useGuideFollows(place: Place | NoPlace): void {
  const { step, isOpen, goTo } = useGuide()
  const follows = useIsDemo(place) && isOpen
  const before = useRef(place.kind)
  useEffect(() => {
    const here = GUIDE_STEPS.findIndex(({ view }) => view === place.kind)
    if (follows && before.current !== place.kind && here !== -1 && here !== step) goTo(here)
    before.current = place.kind
  }, [follows, place.kind, step, goTo])
}
