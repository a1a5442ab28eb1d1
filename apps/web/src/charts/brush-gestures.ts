/** Dragging the window on the whole log, or one of its edges; arrow keys do the same. */
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { moveBy, type Window } from './window.ts'

/** Key presses from one end of the log to the other. */
const KEY_STEPS = 50

export type Grip = 'from' | 'to' | 'window'

interface Drag {
  readonly grip: Grip
  readonly startPixel: number
  readonly start: Window
  readonly now: Window
}

export function useBrush(extent: Window, window: Window, onZoom: (window: Window) => void) {
  const strip = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<Drag | undefined>(undefined)
  const width = extent.to - extent.from || 1
  const grip = (name: Grip) => ({
    onPointerDown(event: PointerEvent<HTMLElement>) {
      event.currentTarget.setPointerCapture(event.pointerId)
      setDrag({ grip: name, startPixel: event.clientX, start: window, now: window })
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (drag === undefined) return
      const share = (event.clientX - drag.startPixel) / (strip.current?.clientWidth ?? 1)
      setDrag({ ...drag, now: dragged(extent, drag.grip, drag.start, share * width) })
    },
    onPointerUp() {
      setDrag(undefined)
      if (drag !== undefined && drag.now !== drag.start) onZoom(drag.now)
    },
    onPointerCancel: () => setDrag(undefined),
    onKeyDown(event: KeyboardEvent) {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
      if (step === undefined) return
      event.preventDefault()
      onZoom(dragged(extent, name, window, (step * width) / KEY_STEPS))
    },
  })
  return { strip, shown: drag?.now ?? window, grip }
}

/** The window after one of its grips was moved; an edge stops at the other one and at the ends of the log. */
export function dragged(extent: Window, grip: Grip, start: Window, by: number): Window {
  if (grip === 'window') return moveBy(extent, start, by / (start.to - start.from))
  const edge = Math.min(extent.to, Math.max(extent.from, start[grip] + by))
  return grip === 'from'
    ? { from: Math.min(edge, start.to), to: start.to }
    : { from: start.from, to: Math.max(edge, start.from) }
}
