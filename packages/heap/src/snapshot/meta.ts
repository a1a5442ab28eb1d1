/** The small facts about a heap that are known when its snapshot is opened. */
import type { ClassTotals } from '../graph/shallow-sizes.ts'
import type { Numbering } from '../graph/number-objects.ts'
import type { HeapRoot, ParsedHeap } from '../parsed-heap.ts'
import type { PhaseTiming } from '../progress.ts'
import { ROOT_TYPES } from './records.ts'
import type { SnapshotMeta } from './snapshot.ts'

export function snapshotMeta(
  parsed: ParsedHeap,
  { objects, reachable }: Numbering,
  totals: ClassTotals,
  timings: readonly PhaseTiming[],
): SnapshotMeta {
  const roots = parsed.roots.filter(({ viaThread }) => !viaThread)
  return {
    format: parsed.format,
    identifierSize: parsed.identifierSize,
    fileSize: parsed.fileSize,
    takenAtMs: parsed.takenAtMs,
    layout: parsed.layout,
    reachable: { objects: reachable, bytes: sum(totals.shallow) },
    unreachable: { objects: objects - reachable, bytes: sum(totals.unreachableShallow) },
    classes: parsed.classes.length,
    gcRoots: new Set(roots.map(({ rank }) => rank)).size,
    rootsByType: rootsByType(roots),
    threads: parsed.threads.length,
    partial: parsed.partial,
    notes: parsed.notes,
    timings,
  }
}

function rootsByType(roots: readonly HeapRoot[]): SnapshotMeta['rootsByType'] {
  const groups = Map.groupBy(roots, ({ type }) => type)
  return ROOT_TYPES.filter((type) => groups.has(type)).map((type) => ({
    type,
    objects: new Set(groups.get(type)?.map(({ rank }) => rank)).size,
  }))
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
