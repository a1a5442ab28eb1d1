/** Questions that are answered with lists and trees of a whole heap, in the terms of the API. */
import type {
  ClassLoaders,
  ClassLoadersQuery,
  DuplicateClasses,
  DuplicateClassesQuery,
  LoadedClasses,
  LoadedClassesQuery,
} from '@heaptrail/api/heap-loaders'
import type { Owners, OwnersQuery } from '@heaptrail/api/heap-owners'
import type { JvmFacts, Properties, PropertiesQuery } from '@heaptrail/api/heap-properties'
import type { GcRoots, GcRootsQuery, Unreachable, UnreachableQuery } from '@heaptrail/api/heap-roots'
import type { ThreadDump, ThreadStack, Threads, ThreadsQuery } from '@heaptrail/api/heap-threads'
import type { ObjectId } from '@heaptrail/api/ids'
import type { queryClients } from '@heaptrail/heap-node/query-client'
import { type HeapWaste, heapWaste } from './heap-waste.ts'

export interface HeapLists extends HeapWaste {
  threads(query: ThreadsQuery): Promise<Threads>
  threadStack(thread: ObjectId): Promise<ThreadStack>
  threadDump(): Promise<ThreadDump>
  gcRoots(query: GcRootsQuery): Promise<GcRoots>
  classLoaders(query: ClassLoadersQuery): Promise<ClassLoaders>
  loadedClasses(query: LoadedClassesQuery & { readonly loader: ObjectId }): Promise<LoadedClasses>
  duplicateClasses(query: DuplicateClassesQuery): Promise<DuplicateClasses>
  owners(query: OwnersQuery): Promise<Owners>
  properties(query: PropertiesQuery): Promise<Properties>
  jvmFacts(): Promise<JvmFacts>
  unreachable(query: UnreachableQuery): Promise<Unreachable>
}

type Heap = ReturnType<ReturnType<typeof queryClients>['open']>

/** @param answered turns what the engine says of a fault into errors of the API */
export function heapLists(heap: Heap, answered: <T>(answer: Promise<T>) => Promise<T>): HeapLists {
  return {
    ...heapWaste(heap, answered),
    threads: (query) => answered(heap.threads(query)),
    threadStack: (thread) => answered(heap.threadStack(thread)),
    threadDump: () => answered(heap.threadDump()),
    gcRoots: (query) => answered(heap.gcRoots(query)),
    classLoaders: (query) => answered(heap.classLoaders(query)),
    loadedClasses: (query) => answered(heap.loadedClasses(query)),
    duplicateClasses: (query) => answered(heap.duplicateClasses(query)),
    owners: (query) => answered(heap.owners(query)),
    properties: (query) => answered(heap.properties(query)),
    jvmFacts: () => answered(heap.jvmFacts()),
    unreachable: (query) => answered(heap.unreachable(query)),
  }
}
