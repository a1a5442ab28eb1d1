/** What can be asked of an analysed heap dump; answers are as the API gives them. */
import type {
  DominatorAncestors,
  Dominators,
  DominatorsQuery,
  Fields,
  HeapSummary,
  Histogram,
  HistogramQuery,
  ObjectDetail,
  ObjectsOfClass,
  ObjectsOfClassQuery,
  Paths,
  PathsQuery,
  ReferenceDirection,
  References,
  TreeView,
} from '@heaptrail/api/heap'
import type { ClassDetail } from '@heaptrail/api/heap-class'
import type { Contents, DownloadQuery, HexRows, TextPage, TextQuery } from '@heaptrail/api/heap-contents'
import type { GroupMembersQuery, ReferenceGroups, RetainedBreakdown } from '@heaptrail/api/heap-references'
import type { HeapFindings } from '@heaptrail/api/heap-findings'
import type { HistogramGroups, HistogramGroupsQuery } from '@heaptrail/api/heap-histogram'
import type {
  DominatorGroups,
  DominatorGroupsQuery,
  DominatorSlice,
  DominatorSliceQuery,
  NextDrop,
  NextDropQuery,
} from '@heaptrail/api/heap-tree'
import type { NettyBuffers, NettyBuffersQuery, NettyChunks, NettyChunksQuery, NettyFacts } from '@heaptrail/api/netty'
import type { ObjectId } from '@heaptrail/api/ids'
import type { Window } from '@heaptrail/api/page'
import type { compare, lookupsOf } from '@heaptrail/findings/compare/compare'
import type { classesOverDumps } from '@heaptrail/findings/compare/growth'
import type { FoundIn, Side } from '@heaptrail/findings/compare/side'
import type { HeapLists } from './heap-lists.ts'
import type { HeapSelections } from './heap-selections.ts'

/** In the terms of the rules that compare two dumps. */
export type Suspects = FoundIn['facts']
export type FieldName = ReturnType<typeof lookupsOf>[number]
export type ClassTotals = Parameters<typeof classesOverDumps>[1][number][number]
export type KeptObjects = Parameters<typeof compare>[2]
export type HeldThrough = Side['heldThrough'][number]

/** Every question may end in an ApiError: `object-not-found`, `class-not-found`, `bad-request`, `gone`, `query-timeout`, `query-failed`. */
export interface HeapQuestions extends HeapLists, HeapSelections {
  summary(): Promise<HeapSummary>
  /** Who holds much of the heap, judged; the gravest first. */
  suspects(): Promise<HeapFindings>
  /** The facts about who holds much, and what fields hold that were found elsewhere: what a comparison is made of. */
  holders(): Promise<Suspects>
  heldThrough(fields: readonly FieldName[]): Promise<HeldThrough[]>
  /** What all classes of these names hold. */
  classTotals(names: readonly string[]): Promise<ClassTotals[]>
  /** Objects that are in this dump and in an earlier one of the same process. */
  keptObjects(earlier: HeapQuestions): Promise<KeptObjects>
  /** For questions about two heaps. */
  readonly snapshotPath: string
  /** Netty's allocators, buffers and connections, with what they mean. */
  netty(): Promise<NettyFacts>
  nettyChunks(query: NettyChunksQuery): Promise<NettyChunks>
  nettyBuffers(query: NettyBuffersQuery): Promise<NettyBuffers>
  histogram(query: HistogramQuery): Promise<Histogram>
  histogramGroups(query: HistogramGroupsQuery): Promise<HistogramGroups>
  classDetail(classId: ObjectId): Promise<ClassDetail>
  objectsOfClass(query: ObjectsOfClassQuery): Promise<ObjectsOfClass>
  dominators(query: DominatorsQuery): Promise<Dominators>
  dominatorAncestors(objectId: ObjectId, view: TreeView): Promise<DominatorAncestors>
  dominatorGroups(query: DominatorGroupsQuery): Promise<DominatorGroups>
  dominatorSlice(query: DominatorSliceQuery): Promise<DominatorSlice>
  nextDrop(objectId: ObjectId, query: NextDropQuery): Promise<NextDrop>
  object(objectId: ObjectId): Promise<ObjectDetail>
  fields(objectId: ObjectId, window: Window): Promise<Fields>
  contents(objectId: ObjectId, window: Window): Promise<Contents>
  text(objectId: ObjectId, query: TextQuery): Promise<TextPage>
  hex(objectId: ObjectId, window: Window): Promise<HexRows>
  /** Elements of a primitive array: base64 of their bytes, or a line for each. */
  arrayPiece(
    objectId: ObjectId,
    query: Window & { readonly as: Exclude<DownloadQuery['as'], 'text'> },
  ): Promise<{ readonly data: string; readonly total: number }>
  referenceGroups(objectId: ObjectId, direction: ReferenceDirection): Promise<ReferenceGroups>
  groupMembers(objectId: ObjectId, direction: ReferenceDirection, query: GroupMembersQuery): Promise<References>
  retainedBreakdown(objectId: ObjectId): Promise<RetainedBreakdown>
  references(objectId: ObjectId, direction: ReferenceDirection, window: Window): Promise<References>
  paths(objectId: ObjectId, query: PathsQuery): Promise<Paths>
}
