/** A canvas as large as its frame, drawn anew when its size, its theme or what is drawn changes. */
import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Size } from './layout.ts'
import { themeOf } from './paint.ts'

type Theme = ReturnType<typeof themeOf>

/** The frame's size in CSS pixels; 0 × 0 before it is known. */
export function useFrame() {
  const frame = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const measure = () =>
      setSize((old) => {
        const { clientWidth: width, clientHeight: height } = element
        return old.width === width && old.height === height ? old : { width, height }
      })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [])
  return { frame, size }
}

/** @param draw the same function as long as what it draws is the same */
export function useCanvas(
  { width, height }: Size,
  draw: (context: CanvasRenderingContext2D, theme: Theme, ratio: number) => void,
) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const scheme = useComputedColorScheme()
  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (element === null || context === null || context === undefined || width === 0 || height === 0) return
    const ratio = window.devicePixelRatio
    element.width = Math.round(width * ratio)
    element.height = Math.round(height * ratio)
    element.dataset['scheme'] = scheme
    draw(context, themeOf(element), ratio)
  }, [width, height, draw, scheme])
  return canvas
}
