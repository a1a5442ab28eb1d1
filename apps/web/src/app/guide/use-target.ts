/** Where an element of the page is on the screen, while the page changes around it. */
import { useEffect, useState } from 'react'
import { findShown } from './steps.ts'

export interface Rectangle {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** @param selectors the first one that is on the screen counts */
export function useTargetRectangle(selectors: readonly string[]): Rectangle | undefined {
  const [rectangle, setRectangle] = useState<Rectangle | undefined>(undefined)
  useEffect(() => {
    let frame: number | undefined
    let seen: HTMLElement | undefined
    function look() {
      frame = undefined
      const element = findShown(selectors)
      // Once: from then on the reader scrolls.
      if (element !== seen) element?.scrollIntoView({ block: 'nearest' })
      seen = element
      const found = element?.getBoundingClientRect()
      setRectangle((old) => (found !== undefined && old !== undefined && isSame(found, old) ? old : found))
    }
    const lookSoon = () => {
      frame ??= requestAnimationFrame(look)
    }
    const page = new MutationObserver(lookSoon)
    page.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-pressed'] })
    window.addEventListener('resize', lookSoon)
    window.addEventListener('scroll', lookSoon, true)
    lookSoon()
    return () => {
      page.disconnect()
      window.removeEventListener('resize', lookSoon)
      window.removeEventListener('scroll', lookSoon, true)
      if (frame !== undefined) cancelAnimationFrame(frame)
    }
  }, [selectors])
  return rectangle
}

function isSame(a: Rectangle, b: Rectangle): boolean {
  return a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height
}
