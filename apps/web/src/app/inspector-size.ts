/** Whether the Inspector is shown and how wide: a habit of this reader, so kept by the browser, not in links. */
import { useCallback, useMemo, useState } from 'react'

export const INSPECTOR_WIDTH = { least: 220, usual: 348, most: 640 } as const
const STORAGE_KEY = 'heaptrail.inspector'

export interface InspectorSize {
  readonly shown: boolean
  readonly width: number
  readonly toggle: () => void
  readonly setWidth: (width: number) => void
}

interface Kept {
  readonly shown: boolean
  readonly width: number
}

export function useInspectorSize(): InspectorSize {
  const [kept, setKept] = useState(readKept)
  const change = useCallback((next: (old: Kept) => Kept) => {
    setKept((old) => {
      const changed = next(old)
      localStorage.setItem(STORAGE_KEY, `${changed.shown ? '' : '-'}${changed.width}`)
      return changed
    })
  }, [])
  return useMemo(
    () => ({
      ...kept,
      toggle: () => change((old) => ({ ...old, shown: !old.shown })),
      setWidth: (width) => change((old) => ({ ...old, width: clamp(width) })),
    }),
    [kept, change],
  )
}

function readKept(): Kept {
  const match = /^(-?)(\d{1,4})$/.exec(localStorage.getItem(STORAGE_KEY) ?? '')
  return match === null
    ? { shown: true, width: INSPECTOR_WIDTH.usual }
    : { shown: match[1] === '', width: clamp(Number(match[2])) }
}

function clamp(width: number): number {
  return Math.round(Math.min(INSPECTOR_WIDTH.most, Math.max(INSPECTOR_WIDTH.least, width)))
}
