/** The place of the dominator tree: as rows or as a picture, whole, filtered or in groups, and what of it is open. */
import { TreeGrouping } from './heap.ts'
import type { HeapRef } from './heap-ref.ts'
import { type EntityId, ObjectId } from './ids.ts'
import { entries, integer, list, oneOf, optional, text, type Query } from './place-query.ts'

interface OfArtifact {
  readonly caseId: EntityId
  readonly artifactId: HeapRef
}

/** A row of the tree that is open, and how many of its children are shown. */
export interface Expansion {
  readonly object: ObjectId
  readonly shown: number
}

/** A group of the first level that is open, and how many of its members are shown. */
export interface GroupExpansion {
  readonly key: string
  readonly shown: number
}

/** Rows of a tree level before "show more". */
export const LEVEL_SHOWN = 100
export const TREE_MODES = ['tree', 'icicle', 'treemap'] as const
export type TreeMode = (typeof TREE_MODES)[number]

export interface DominatorsPlace extends OfArtifact {
  readonly kind: 'dominators'
  readonly mode: TreeMode
  readonly group: TreeGrouping | undefined
  readonly filter: string
  /** The object that fills a picture; undefined: the whole heap. */
  readonly root: ObjectId | undefined
  readonly selected: ObjectId | undefined
  readonly expanded: readonly Expansion[]
  readonly openGroups: readonly GroupExpansion[]
  /** Rows shown of the first level. */
  readonly shown: number
}

export function writeDominators(place: DominatorsPlace): Query {
  return [
    ['as', place.mode === 'tree' ? undefined : place.mode],
    ['group', place.group],
    ['filter', place.filter],
    ['root', place.root],
    ['object', place.selected],
    ['open', place.expanded.map(({ object, shown }) => printShown(object, shown))],
    ['groups', place.openGroups.map(({ key, shown }) => printShown(escapeKey(key), shown))],
    ['shown', place.shown === LEVEL_SHOWN ? undefined : place.shown],
  ]
}

export function parseDominators(of: OfArtifact, query: URLSearchParams): DominatorsPlace {
  return {
    kind: 'dominators',
    ...of,
    mode: TREE_MODES.find((mode) => mode === query.get('as')) ?? 'tree',
    group: oneOf(TreeGrouping, query.get('group')),
    filter: text(query.get('filter'), 200),
    root: optional(ObjectId, query.get('root')),
    selected: optional(ObjectId, query.get('object')),
    expanded: entries(list(query.get('open'), parseExpansion), ({ object }) => object),
    openGroups: entries(list(query.get('groups'), parseGroup), ({ key }) => key),
    shown: integer(query.get('shown'), 1, 1_000_000) ?? LEVEL_SHOWN,
  }
}

function printShown(word: string, shown: number): string {
  return shown === LEVEL_SHOWN ? word : `${word}~${shown}`
}

function parseExpansion(word: string): Expansion | undefined {
  const [object, shown] = word.split('~')
  const id = optional(ObjectId, object)
  return id === undefined ? undefined : { object: id, shown: integer(shown, 1, 1_000_000) ?? LEVEL_SHOWN }
}

function parseGroup(word: string): GroupExpansion | undefined {
  const [escaped = '', shown] = word.split('~')
  const key = unescapeKey(escaped)
  return key === '' ? undefined : { key, shown: integer(shown, 1, 1_000_000) ?? LEVEL_SHOWN }
}

/** Names of packages hold about everything; a comma and a tilde have a meaning in a list. */
export function escapeKey(key: string): string {
  return key.replaceAll('%', '%25').replaceAll(',', '%2C').replaceAll('~', '%7E')
}

export function unescapeKey(word: string): string {
  return word.replaceAll('%7E', '~').replaceAll('%2C', ',').replaceAll('%25', '%')
}

/** Every option as it is when a link says nothing of it. */
export const WHOLE_TREE = {
  kind: 'dominators',
  mode: 'tree',
  group: undefined,
  filter: '',
  root: undefined,
  selected: undefined,
  expanded: [],
  openGroups: [],
  shown: LEVEL_SHOWN,
} as const
