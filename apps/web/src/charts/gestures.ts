/** Dragging over charts zooms, clicking selects, hovering reads; keys do the same. */
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { clamp, isWhole, moveBy, zoomBy, type Extent, type Window } from './window.ts'

/** Pixels between the frame of the charts and their plots. */
export const PLOT = { left: 56, right: 16 } as const
const CLICK_PIXELS = 4

export interface Cursor {
  readonly x: number
  /** Moved by keys: what stands there is read aloud. */
  readonly byKeys: boolean
}

interface Gestures {
  readonly extent: Extent
  readonly window: Window
  readonly onZoom: (window: Window) => void
  readonly onSelectAt: ((x: number) => void) | undefined
  /** The position that comes next to the left (-1) or right (1): keys walk from point to point. */
  readonly next: (x: number | undefined, direction: -1 | 1) => number | undefined
}

interface Drag {
  readonly startPixel: number
  readonly from: number
  readonly to: number
}

export function useChartGestures({ extent, window, onZoom, onSelectAt, next }: Gestures) {
  const [cursor, setCursor] = useState<Cursor | undefined>(undefined)
  const frame = useRef<HTMLDivElement>(null)
  function positionAt(pixel: number): number {
    const { left = 0, width = 1 } = frame.current?.getBoundingClientRect() ?? {}
    const share = clamp((pixel - left - PLOT.left) / (width - PLOT.left - PLOT.right), 0, 1)
    return window.from + share * (window.to - window.from)
  }
  const { selecting, handlers } = useDragging(positionAt, { onZoom, onSelectAt, onHover: setCursor })
  useWheelZoom(frame, (pixel, factor) => onZoom(zoomBy(window, factor, positionAt(pixel))))

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const zoomed = windowForKey(event.key, event.shiftKey, extent, window)
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (zoomed !== undefined) onZoom(zoomed)
    else if (step === 1 || step === -1) moveCursor(next(cursor?.x, step))
    else if (event.key === 'Enter' && cursor !== undefined) onSelectAt?.(cursor.x)
    else return
    event.preventDefault()
  }

  /** The window follows a cursor that leaves it. */
  function moveCursor(x: number | undefined) {
    if (x === undefined) return
    setCursor({ x, byKeys: true })
    const beyond = x < window.from ? x - window.from : Math.max(0, x - window.to)
    if (beyond !== 0) onZoom(moveBy(extent, window, Math.sign(beyond) * 0.5 + beyond / (window.to - window.from)))
  }

  return { frame, selecting, cursor, handlers: { ...handlers, onKeyDown, onBlur: () => setCursor(undefined) } }
}

interface Dragging extends Pick<Gestures, 'onZoom' | 'onSelectAt'> {
  readonly onHover: (cursor: Cursor | undefined) => void
}

function useDragging(positionAt: (pixel: number) => number, { onZoom, onSelectAt, onHover }: Dragging) {
  const [drag, setDrag] = useState<Drag | undefined>(undefined)
  const handlers = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      // Links that stand in the charts do their own work.
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest('a, button') !== null)) return
      event.currentTarget.setPointerCapture(event.pointerId)
      const at = positionAt(event.clientX)
      setDrag({ startPixel: event.clientX, from: at, to: at })
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const at = positionAt(event.clientX)
      onHover({ x: at, byKeys: false })
      if (drag !== undefined) setDrag({ ...drag, to: at })
    },
    onPointerLeave: () => onHover(undefined),
    onPointerUp(event: PointerEvent<HTMLElement>) {
      if (drag === undefined) return
      setDrag(undefined)
      const at = positionAt(event.clientX)
      if (Math.abs(event.clientX - drag.startPixel) < CLICK_PIXELS) onSelectAt?.(at)
      else onZoom({ from: Math.min(drag.from, at), to: Math.max(drag.from, at) })
    },
    onPointerCancel: () => setDrag(undefined),
  }
  const isOpen = drag !== undefined && drag.from !== drag.to
  const selecting = isOpen ? { from: Math.min(drag.from, drag.to), to: Math.max(drag.from, drag.to) } : undefined
  return { selecting, handlers }
}

/** Zooms around the pointer; React listens to wheels passively, so that the page would scroll or zoom as well. */
function useWheelZoom(
  frame: { readonly current: HTMLDivElement | null },
  onZoom: (pixel: number, factor: number) => void,
) {
  const latest = useRef(onZoom)
  useEffect(() => {
    latest.current = onZoom
  })
  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    function onWheel(event: WheelEvent) {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      latest.current(event.clientX, event.deltaY > 0 ? 1.25 : 0.8)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [frame])
}

/** What a key makes of the window; undefined: it is not one of the window's keys, or there is nothing to do. */
export function windowForKey(key: string, shift: boolean, extent: Extent, window: Window): Window | undefined {
  switch (key) {
    case '+':
    case '=':
      return zoomBy(window, 0.5)
    case '-':
    case '−':
      return isWhole(extent, window) ? undefined : zoomBy(window, 2)
    case 'ArrowLeft':
      return shift ? moveBy(extent, window, -0.25) : undefined
    case 'ArrowRight':
      return shift ? moveBy(extent, window, 0.25) : undefined
    case '0':
      return extent
    case 'Escape':
      return isWhole(extent, window) ? undefined : extent
    default:
      return undefined
  }
}

/** The point beside a position, in ascending positions; the first or last one when there is none yet. */
export function neighbour(positions: readonly number[], x: number | undefined, direction: -1 | 1): number | undefined {
  if (x === undefined) return direction === 1 ? positions[0] : positions.at(-1)
  return direction === 1 ? positions.find((other) => other > x) : positions.findLast((other) => other < x)
}

/** Index of the position that lies nearest, in ascending positions; -1 without any. */
export function nearest(positions: readonly number[], x: number): number {
  let low = 0
  let high = positions.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((positions[middle] ?? 0) < x) low = middle + 1
    else high = middle
  }
  const before = positions[low - 1]
  const here = positions[low]
  if (here === undefined) return -1
  return before !== undefined && x - before < here - x ? low - 1 : low
}
