/** Dragging over a chart zooms, clicking selects, keys zoom and move. */
import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import { moveBy, zoomBy, type Extent, type Window } from './zoom.ts'

/** Pixels between the frame of a chart and its plot; the charts are drawn with the same. */
export const PLOT = { left: 48, right: 16 } as const
const CLICK_PIXELS = 4

interface Gestures {
  readonly extent: Extent
  readonly window: Window
  readonly onZoom: (window: Window) => void
  readonly onSelectAt: (x: number) => void
}

interface Drag {
  readonly startPixel: number
  readonly from: number
  readonly to: number
}

export function useChartGestures({ extent, window, onZoom, onSelectAt }: Gestures) {
  const [drag, setDrag] = useState<Drag | undefined>(undefined)

  function positionAt(event: PointerEvent<HTMLElement>): number {
    const frame = event.currentTarget.getBoundingClientRect()
    const share = (event.clientX - frame.left - PLOT.left) / (frame.width - PLOT.left - PLOT.right)
    return window.from + Math.min(1, Math.max(0, share)) * (window.to - window.from)
  }
  function onPointerDown(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const at = positionAt(event)
    setDrag({ startPixel: event.clientX, from: at, to: at })
  }
  function onPointerMove(event: PointerEvent<HTMLElement>) {
    if (drag !== undefined) setDrag({ ...drag, to: positionAt(event) })
  }
  function onPointerUp(event: PointerEvent<HTMLElement>) {
    if (drag === undefined) return
    setDrag(undefined)
    const at = positionAt(event)
    if (Math.abs(event.clientX - drag.startPixel) < CLICK_PIXELS) onSelectAt(at)
    else onZoom({ from: Math.min(drag.from, at), to: Math.max(drag.from, at) })
  }
  function onKeyDown(event: KeyboardEvent) {
    const next = windowForKey(event.key, extent, window)
    if (next === undefined) return
    event.preventDefault()
    onZoom(next)
  }

  const selecting =
    drag === undefined || drag.from === drag.to
      ? undefined
      : { from: Math.min(drag.from, drag.to), to: Math.max(drag.from, drag.to) }
  return {
    selecting,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: () => setDrag(undefined), onKeyDown },
  }
}

export function windowForKey(key: string, extent: Extent, window: Window): Window | undefined {
  switch (key) {
    case '+':
    case '=':
      return zoomBy(window, 0.5)
    case '-':
    case '−':
      return zoomBy(window, 2)
    case 'ArrowLeft':
      return moveBy(extent, window, -0.25)
    case 'ArrowRight':
      return moveBy(extent, window, 0.25)
    case '0':
    case 'Escape':
      return extent
    default:
      return undefined
  }
}
