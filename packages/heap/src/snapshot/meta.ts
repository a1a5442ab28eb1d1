/** The small facts about a heap that are known when its snapshot is opened. */
import type { ClassTotals } from '../graph/shallow-sizes.ts'
import type { Numbering } from '../graph/numbering.ts'
import type { ParsedHeap, RootType } from '../parsed-heap.ts'
import type { PhaseTiming } from '../progress.ts'
import { ROOT_TYPES } from './records.ts'
import type { SnapshotMeta } from './snapshot.ts'

export function snapshotMeta(
  parsed: ParsedHeap,
  { objects, reachable }: Numbering,
  gcRoots: number,
  totals: ClassTotals,
  timings: readonly PhaseTiming[],
): SnapshotMeta {
  return {
    format: parsed.format,
    identifierSize: parsed.identifierSize,
    fileSize: parsed.fileSize,
    takenAtMs: parsed.takenAtMs,
    options: parsed.options,
    inferredLayout: parsed.inferredLayout,
    layout: parsed.layout,
    reachable: { objects: reachable, bytes: sum(totals.shallow) },
    unreachable: { objects: objects - reachable, bytes: sum(totals.unreachableShallow) },
    classes: parsed.classes.length,
    gcRoots,
    rootsByType: rootsByType(parsed),
    threads: parsed.threads.length,
    partial: parsed.partial,
    notes: parsed.notes,
    timings,
  }
}

function rootsByType({ roots, unreachableRoots }: ParsedHeap): SnapshotMeta['rootsByType'] {
  const groups = Map.groupBy(
    roots.filter(({ viaThread }) => !viaThread),
    ({ type }) => type,
  )
  const objectsOf = (type: RootType): number =>
    type === 'Unreachable' ? unreachableRoots.length : new Set(groups.get(type)?.map(({ rank }) => rank)).size
  return ROOT_TYPES.map((type) => ({ type, objects: objectsOf(type) })).filter(({ objects }) => objects > 0)
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
