/** Questions about selections of objects, and about references that might be cut, in the terms of the API. */
import type { MergedPaths, MergedPathsQuery } from '@heaptrail/api/merged-paths'
import type {
  CutAnswer,
  CutQuery,
  RetainedSet,
  RetainedSetQuery,
  SelectionDominators,
  SelectionDominatorsQuery,
  SelectionQuery,
} from '@heaptrail/api/what-if'
import type { queryClients } from '@heaptrail/heap-node/query-client'

export interface HeapSelections {
  whatIfCut(query: CutQuery): Promise<CutAnswer>
  retainedSet(query: RetainedSetQuery): Promise<RetainedSet>
  selectionDominators(query: SelectionDominatorsQuery): Promise<SelectionDominators>
  mergedPaths(query: MergedPathsQuery): Promise<MergedPaths>
}

type Heap = ReturnType<ReturnType<typeof queryClients>['open']>

/** @param answered turns what the engine says of a fault into errors of the API */
export function heapSelections(heap: Heap, answered: <T>(answer: Promise<T>) => Promise<T>): HeapSelections {
  return {
    whatIfCut: ({ source, target }) => answered(heap.whatIfCut(source, target)),
    retainedSet: (query) => answered(heap.retainedSetOf(selectionOf(query, query.class))),
    selectionDominators: (query) => answered(heap.selectionDominators(selectionOf(query), query.skip)),
    mergedPaths: (query) => answered(heap.mergedPaths({ ...query, selection: selectionOf(query) })),
  }
}

function selectionOf({ objects, classes }: SelectionQuery, className?: string) {
  return { objects, classes, className }
}
