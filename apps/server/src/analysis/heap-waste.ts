/** Questions about what is wasted, in the terms of the API. */
import type {
  DuplicateStrings,
  FillByClass,
  FillByHolder,
  FillOf,
  SurplusHolders,
  WasteQuery,
} from '@heaptrail/api/heap-waste'
import type { queryClients } from '@heaptrail/heap-node/query-client'

export interface HeapWaste {
  duplicateStrings(query: WasteQuery): Promise<DuplicateStrings>
  surplusHolders(query: WasteQuery): Promise<SurplusHolders>
  fillByClass(of: FillOf, query: WasteQuery): Promise<FillByClass>
  fillByHolder(of: FillOf, query: WasteQuery): Promise<FillByHolder>
}

type Heap = ReturnType<ReturnType<typeof queryClients>['open']>

/** @param answered turns what the engine says of a fault into errors of the API */
export function heapWaste(heap: Heap, answered: <T>(answer: Promise<T>) => Promise<T>): HeapWaste {
  return {
    duplicateStrings: (query) => answered(heap.duplicateStrings(query)),
    surplusHolders: (query) => answered(heap.surplusHolders(query)),
    fillByClass: (of, query) => answered(of === 'arrays' ? heap.arrayFill(query) : heap.collectionFill(query)),
    fillByHolder: (of, query) => answered(of === 'arrays' ? heap.arrayHolders(query) : heap.collectionHolders(query)),
  }
}
