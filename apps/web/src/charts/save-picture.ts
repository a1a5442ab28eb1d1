/** Charts as a file that the browser downloads. */
import { useState, type RefObject } from 'react'
import type { LegendEntry } from './legend.tsx'
import { download, pictureOf } from './picture.ts'

/** @returns `save`, and why the last attempt failed */
export function useSavePicture(charts: RefObject<HTMLElement | null>, legend: readonly LegendEntry[], file: string) {
  const [failure, setFailure] = useState<Error | undefined>(undefined)
  async function save() {
    if (charts.current === null) return
    try {
      download(await pictureOf(charts.current, document.title, legend), file)
      setFailure(undefined)
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)))
    }
  }
  return { save: () => void save(), failure }
}
