/** Places of a selection of objects: their merged paths, their retained set, their immediate dominators. */
import type { PathExclusion, ReferenceStrength } from './heap.ts'
import type { HeapRef } from './heap-ref.ts'
import { type EntityId, ObjectId } from './ids.ts'
import { MergedGroup, MergedKey } from './merged-paths.ts'
import { parseExclude, parseWithout } from './place-paths.ts'
import { entries, integer, list, oneOf, optional, text, type Query } from './place-query.ts'
import { SkippedDominators } from './what-if.ts'

/** What is selected: objects, and all objects of classes. */
export interface SelectionOf {
  readonly caseId: EntityId
  readonly artifactId: HeapRef
  readonly objects: readonly ObjectId[]
  readonly classes: readonly ObjectId[]
}

/** An open row: the keys from the first level down to it (of objects its own only), and how many of its children are shown. */
export interface MergedExpansion {
  readonly row: readonly MergedKey[]
  readonly shown: number
}

/** Children of a row before "show more". */
export const MERGED_SHOWN = 100

export interface MergedPathsPlace extends SelectionOf {
  readonly kind: 'merged-paths'
  readonly exclude: readonly ReferenceStrength[]
  readonly without: readonly PathExclusion[]
  readonly group: MergedGroup
  readonly open: readonly MergedExpansion[]
  /** Rows of the first level. */
  readonly shown: number
  readonly selected: ObjectId | undefined
}

export interface RetainedSetPlace extends SelectionOf {
  readonly kind: 'retained-set'
  readonly filter: string
  /** Class. */
  readonly selected: ObjectId | undefined
}

export interface SelectionDominatorsPlace extends SelectionOf {
  readonly kind: 'immediate-dominators'
  readonly skip: SkippedDominators
  /** Class. */
  readonly selected: ObjectId | undefined
}

export type SelectionPlace = MergedPathsPlace | RetainedSetPlace | SelectionDominatorsPlace

export function writeSelection(place: SelectionPlace): Query {
  const of: Query = [
    ['objects', place.objects],
    ['classes', place.classes],
  ]
  switch (place.kind) {
    case 'merged-paths':
      return [
        ...of,
        ['exclude', place.exclude],
        ['without', place.without],
        ['group', place.group === 'object' ? undefined : place.group],
        ['open', place.open.map(printExpansion)],
        ['shown', place.shown === MERGED_SHOWN ? undefined : place.shown],
        ['object', place.selected],
      ]
    case 'retained-set':
      return [...of, ['filter', place.filter], ['class', place.selected]]
    case 'immediate-dominators':
      return [...of, ['skip', place.skip === 'none' ? undefined : place.skip], ['class', place.selected]]
  }
}

const MOST_OBJECTS = 1000

export function parseSelection(
  { caseId, artifactId }: Pick<SelectionOf, 'caseId' | 'artifactId'>,
  kind: string | undefined,
  query: URLSearchParams,
): SelectionPlace | undefined {
  const of = { caseId, artifactId, objects: idsOf(query.get('objects')), classes: idsOf(query.get('classes')) }
  const ofClass = optional(ObjectId, query.get('class'))
  switch (kind) {
    case 'merged-paths':
      return {
        kind,
        ...of,
        exclude: parseExclude(query.get('exclude')),
        without: parseWithout(query.get('without')),
        group: oneOf(MergedGroup, query.get('group')) ?? 'object',
        open: entries(list(query.get('open'), parseExpansion), ({ row }) => row.join('.')),
        shown: integer(query.get('shown'), 1, 1_000_000) ?? MERGED_SHOWN,
        selected: optional(ObjectId, query.get('object')),
      }
    case 'retained-set':
      return { kind, ...of, filter: text(query.get('filter'), 200), selected: ofClass }
    case 'immediate-dominators':
      return { kind, ...of, skip: oneOf(SkippedDominators, query.get('skip')) ?? 'none', selected: ofClass }
    default:
      return undefined
  }
}

function idsOf(value: string | null): readonly ObjectId[] {
  const ids = list(value, (word) => optional(ObjectId, word))
  return entries(ids, (id) => id).slice(0, MOST_OBJECTS)
}

function printExpansion({ row, shown }: MergedExpansion): string {
  return row.join('.') + (shown === MERGED_SHOWN ? '' : `~${shown}`)
}

function parseExpansion(word: string): MergedExpansion | undefined {
  const [keys = '', shown] = word.split('~')
  const row = keys.split('.').map((key) => optional(MergedKey, key))
  if (row.includes(undefined)) return undefined
  return { row: row.flatMap((key) => key ?? []), shown: integer(shown, 1, 1_000_000) ?? MERGED_SHOWN }
}
