/** The edge of the Inspector: dragged, or moved with the arrow keys. */
import type { KeyboardEvent, PointerEvent } from 'react'
import { INSPECTOR_WIDTH } from './inspector-size.ts'
import styles from './resize-handle.module.css'

interface ResizeHandleProps {
  readonly label: string
  readonly width: number
  readonly onWidth: (width: number) => void
}

export function ResizeHandle({ label, width, onWidth }: ResizeHandleProps) {
  function onPointerDown(event: PointerEvent<HTMLDivElement>) {
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  function onPointerMove(event: PointerEvent<HTMLDivElement>) {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onWidth(window.innerWidth - event.clientX)
  }
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.key === 'ArrowLeft') onWidth(width + 20)
    else if (event.key === 'ArrowRight') onWidth(width - 20)
  }
  return (
    <div
      role="slider"
      aria-label={label}
      aria-orientation="horizontal"
      aria-valuemin={INSPECTOR_WIDTH.least}
      aria-valuemax={INSPECTOR_WIDTH.most}
      aria-valuenow={width}
      tabIndex={0}
      className={styles['handle']}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  )
}
