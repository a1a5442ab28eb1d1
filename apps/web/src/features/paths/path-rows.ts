/** Paths to GC roots as a flat list of rows, from the object to its root. */
import type { Path, PathReading } from '@heaptrail/api/heap'
import type { CutReference } from '@heaptrail/api/place-paths'

export interface StepRow {
  readonly kind: 'step'
  readonly number: number
  readonly step: Path['steps'][number]
  /** The reference that the row tells, or of several the one to what is held; none for the object itself. */
  readonly reference: CutReference | undefined
  readonly isFirst: boolean
  readonly isFirstOwn: boolean
  /** The step stands for all that lie between a collection and what is in it. */
  readonly reading: PathReading | undefined
}

export type PathRow =
  | { readonly kind: 'head'; readonly number: number; readonly steps: number }
  | StepRow
  | { readonly kind: 'omitted'; readonly number: number; readonly steps: number }
  | { readonly kind: 'root'; readonly number: number; readonly root: Path['root'] }

/** @param raw every step is a row; else those between a collection and what is in it are one */
export function pathRows(paths: readonly Path[], raw: boolean): readonly PathRow[] {
  return paths.flatMap((path, index) => rowsOf(path, index + 1, raw))
}

function rowsOf(path: Path, number: number, raw: boolean): PathRow[] {
  const { steps, omitted, root } = path
  const rows: PathRow[] = [{ kind: 'head', number, steps: steps.length + (omitted?.steps ?? 0) }]
  for (const row of stepRows(path, number, raw)) {
    if (!row.isHidden) rows.push(row.row)
    if (row.index === omitted?.after) rows.push({ kind: 'omitted', number, steps: omitted.steps })
  }
  rows.push({ kind: 'root', number, root })
  return rows
}

interface IndexedRow {
  readonly index: number
  readonly isHidden: boolean
  readonly row: StepRow
}

function stepRows({ steps, readings, firstOwn }: Path, number: number, raw: boolean): IndexedRow[] {
  const readingAt = (index: number) =>
    raw ? undefined : readings.find(({ first, last }) => first < index && index <= last)
  // A holder of own code that is hidden within a reading is marked where the reading stands.
  const ownAt = firstOwn === null ? undefined : (readingAt(firstOwn)?.last ?? firstOwn)
  return steps.map((step, index) => {
    const reading = readingAt(index)
    return {
      index,
      isHidden: reading !== undefined && index < reading.last,
      row: {
        kind: 'step',
        number,
        step,
        reference: referenceTo(steps, reading?.first ?? index - 1),
        isFirst: index === 0,
        isFirstOwn: index === ownAt,
        reading,
      },
    }
  })
}

function referenceTo(steps: Path['steps'], target: number): CutReference | undefined {
  const [held, holder] = [steps[target], steps[target + 1]]
  return held === undefined || holder === undefined ? undefined : { source: holder.object.id, target: held.object.id }
}
