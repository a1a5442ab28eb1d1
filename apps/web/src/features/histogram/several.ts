/** Several classes of the histogram as they are selected: the last one, which the Inspector shows, and the others. */
import type { HistogramPlace } from '@heaptrail/api/place-histogram'

export type Selected = Pick<HistogramPlace, 'selected' | 'also'>

interface OfClass {
  readonly classId: string
}

/** The last one first. */
export function allSelected({ selected, also }: Selected): readonly string[] {
  return selected === undefined ? also : [selected, ...also.filter((classId) => classId !== selected)]
}

export function withToggled(before: Selected, classId: string): Selected {
  const all = allSelected(before)
  const after = all.includes(classId) ? all.filter((other) => other !== classId) : [classId, ...all]
  return { selected: after[0], also: after.slice(1) }
}

export function withRange(rows: readonly OfClass[], last: OfClass): Selected {
  const others = rows.filter(({ classId }) => classId !== last.classId)
  return { selected: last.classId, also: others.map(({ classId }) => classId) }
}
