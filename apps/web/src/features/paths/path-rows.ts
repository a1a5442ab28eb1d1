/** Paths to GC roots as a flat list of rows, from the object to its root. */
import type { Path } from '@heaptrail/api/heap'

export type PathRow =
  | { readonly kind: 'head'; readonly number: number; readonly steps: number }
  | {
      readonly kind: 'step'
      readonly number: number
      readonly step: Path['steps'][number]
      readonly isFirst: boolean
      readonly isFirstOwn: boolean
    }
  | { readonly kind: 'omitted'; readonly number: number; readonly steps: number }
  | { readonly kind: 'root'; readonly number: number; readonly root: Path['root'] }

export function pathRows(paths: readonly Path[]): readonly PathRow[] {
  return paths.flatMap((path, index) => rowsOf(path, index + 1))
}

function rowsOf(path: Path, number: number): PathRow[] {
  const { steps, omitted, root, firstOwn } = path
  const rows: PathRow[] = [{ kind: 'head', number, steps: steps.length + (omitted?.steps ?? 0) }]
  for (const [index, step] of steps.entries()) {
    rows.push({ kind: 'step', number, step, isFirst: index === 0, isFirstOwn: index === firstOwn })
    if (omitted?.after === index) rows.push({ kind: 'omitted', number, steps: omitted.steps })
  }
  rows.push({ kind: 'root', number, root })
  return rows
}
