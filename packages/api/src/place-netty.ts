/** The place of what a heap knows about Netty: which part of it, of which arena or chunk. */
import type { HeapRef } from './heap-ref.ts'
import { type EntityId, ObjectId } from './ids.ts'
import { NettyBufferState } from './netty.ts'
import { oneOf, optional, type Query } from './place-query.ts'

interface OfArtifact {
  readonly caseId: EntityId
  readonly artifactId: HeapRef
}

export const NETTY_TABS = ['pools', 'chunks', 'buffers', 'connections'] as const
export type NettyTab = (typeof NETTY_TABS)[number]

/** Chunk lists of an arena, by how full their chunks are. */
export const CHUNK_LISTS = ['qInit', 'q000', 'q025', 'q050', 'q075', 'q100'] as const

export interface NettyPlace extends OfArtifact {
  readonly kind: 'netty'
  readonly tab: NettyTab
  /** Arena or allocator whose chunks are listed; of all, the first allocator's. */
  readonly of: ObjectId | undefined
  readonly list: (typeof CHUNK_LISTS)[number] | undefined
  /** Buffers whose memory is in this chunk. */
  readonly chunk: ObjectId | undefined
  readonly state: NettyBufferState
  readonly selected: ObjectId | undefined
}

export function writeNetty(place: NettyPlace): Query {
  return [
    ['tab', place.tab === 'pools' ? undefined : place.tab],
    ['of', place.of],
    ['list', place.list],
    ['chunk', place.chunk],
    ['buffers', place.state === 'alive' ? undefined : place.state],
    ['object', place.selected],
  ]
}

export function parseNetty(of: OfArtifact, query: URLSearchParams): NettyPlace {
  return {
    kind: 'netty',
    ...of,
    tab: NETTY_TABS.find((name) => name === query.get('tab')) ?? 'pools',
    of: optional(ObjectId, query.get('of')),
    list: CHUNK_LISTS.find((name) => name === query.get('list')),
    chunk: optional(ObjectId, query.get('chunk')),
    state: oneOf(NettyBufferState, query.get('buffers')) ?? 'alive',
    selected: optional(ObjectId, query.get('object')),
  }
}
