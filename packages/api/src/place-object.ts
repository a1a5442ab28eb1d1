/** Places of one object and of one class: what a link to them stores, printed and parsed. */
import type { HeapRef } from './heap-ref.ts'
import { type EntityId, ObjectId } from './ids.ts'
import { TextEncoding } from './heap-contents.ts'
import { integer, oneOf, optional, text, type Query } from './place-query.ts'

interface OfArtifact {
  readonly caseId: EntityId
  readonly artifactId: HeapRef
}

export type ObjectTab = (typeof OBJECT_TABS)[number]
const OBJECT_TABS = ['fields', 'contents', 'text', 'hex', 'outgoing', 'incoming', 'retained'] as const

export type ClassTab = (typeof CLASS_TABS)[number]
const CLASS_TABS = ['objects', 'subclasses'] as const

export type ObjectPlace = {
  readonly kind: 'object'
  readonly objectId: ObjectId
  readonly tab: ObjectTab
  /** Of a text: characters (or bytes) before those that are shown. */
  readonly from: number
  /** Of a text: how bytes are read; undefined: as they look. */
  readonly encoding: TextEncoding | undefined
  /** Of references: `none` lists them one by one, an id of a group shows its members; undefined: groups when there are many. */
  readonly group: string | undefined
  readonly selected: ObjectId | undefined
} & OfArtifact

export type ClassPlace = {
  readonly kind: 'objects'
  readonly classId: ObjectId
  readonly tab: ClassTab
  /** Condition on a field: `size > 1000`, `name = /x/`. */
  readonly filter: string
  readonly selected: ObjectId | undefined
} & OfArtifact

const MOST_FILTER = 200
const MOST_GROUP = 1000

/** @param path of the dump: `/cases/…/heap/…` */
export function writeObject(path: string, place: ObjectPlace | ClassPlace): { path: string; query: Query } {
  if (place.kind === 'objects')
    return {
      path: `${path}/classes/${place.classId}`,
      query: [
        ['tab', place.tab === 'objects' ? undefined : place.tab],
        ['where', place.filter],
        ['object', place.selected],
      ],
    }
  return {
    path: `${path}/objects/${place.objectId}`,
    query: [
      ['tab', place.tab === 'fields' ? undefined : place.tab],
      ['from', place.from === 0 ? undefined : place.from],
      ['encoding', place.encoding],
      ['group', place.group],
      ['object', place.selected],
    ],
  }
}

export function parseObject(of: OfArtifact, objectId: ObjectId, query: URLSearchParams): ObjectPlace {
  return {
    kind: 'object',
    ...of,
    objectId,
    tab: OBJECT_TABS.find((name) => name === query.get('tab')) ?? 'fields',
    from: integer(query.get('from'), 0, 2 ** 32) ?? 0,
    encoding: oneOf(TextEncoding, query.get('encoding')),
    group: text(query.get('group'), MOST_GROUP) || undefined,
    selected: optional(ObjectId, query.get('object')),
  }
}

export function parseClass(of: OfArtifact, classId: ObjectId, query: URLSearchParams): ClassPlace {
  return {
    kind: 'objects',
    ...of,
    classId,
    tab: CLASS_TABS.find((name) => name === query.get('tab')) ?? 'objects',
    filter: text(query.get('where'), MOST_FILTER),
    selected: optional(ObjectId, query.get('object')),
  }
}
