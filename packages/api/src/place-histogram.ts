/** The place of the histogram: how its rows are sorted, filtered and grouped, and which columns it has. */
import { HistogramSort, type HistogramFilters } from './heap.ts'
import { HistogramGrouping } from './heap-histogram.ts'
import type { HeapRef } from './heap-ref.ts'
import { type EntityId, ObjectId } from './ids.ts'
import { Order } from './page.ts'
import { escapeKey, unescapeKey } from './place-dominators.ts'
import { entries, list, oneOf, optional, text, type Query } from './place-query.ts'

interface OfArtifact {
  readonly caseId: EntityId
  readonly artifactId: HeapRef
}

/** Beside the name; in this order. */
export const HISTOGRAM_COLUMNS = [
  'loader',
  'objects',
  'shallow',
  'shallow-share',
  'retained',
  'retained-share',
  'exact',
] as const
export type HistogramColumn = (typeof HISTOGRAM_COLUMNS)[number]
export const USUAL_COLUMNS: readonly HistogramColumn[] = HISTOGRAM_COLUMNS.filter((column) => column !== 'loader')

export interface HistogramPlace extends OfArtifact, HistogramFilters {
  readonly kind: 'histogram'
  readonly sort: HistogramSort
  readonly order: Order
  /** Undefined: classes, each by itself. */
  readonly group: HistogramGrouping | undefined
  /** Keys of rows of a grouping that are open. */
  readonly open: readonly string[]
  readonly columns: readonly HistogramColumn[]
  /** A class; of several, the one that was selected last. */
  readonly selected: ObjectId | undefined
  /** Further selected classes. */
  readonly also: readonly ObjectId[]
}

/** Every option as it is when a link says nothing of it. */
export const ALL_CLASSES = {
  kind: 'histogram',
  sort: 'retained',
  order: 'desc',
  group: undefined,
  filter: '',
  objects: '',
  shallow: '',
  retained: '',
  open: [],
  columns: USUAL_COLUMNS,
  selected: undefined,
  also: [],
} as const

export function writeHistogram(place: HistogramPlace): Query {
  const isUsual = place.columns.join() === USUAL_COLUMNS.join()
  return [
    ['group', place.group],
    ['sort', place.sort === 'retained' ? undefined : place.sort],
    ['order', place.order === 'desc' ? undefined : place.order],
    ['filter', place.filter],
    ['objects', place.objects],
    ['shallow', place.shallow],
    ['retained', place.retained],
    ['open', place.open.map(escapeKey)],
    ['columns', isUsual ? undefined : columnWords(place.columns)],
    ['class', place.selected],
    ['also', place.also],
  ]
}

/** Only the names of classes: an empty list would be the usual columns. */
const NO_COLUMNS = 'none'

function columnWords(columns: readonly HistogramColumn[]): readonly string[] {
  return columns.length === 0 ? [NO_COLUMNS] : columns
}

export function parseHistogram(of: OfArtifact, query: URLSearchParams): HistogramPlace {
  const filterOf = (key: string) => text(query.get(key), 40)
  return {
    kind: 'histogram',
    ...of,
    sort: oneOf(HistogramSort, query.get('sort')) ?? 'retained',
    order: oneOf(Order, query.get('order')) ?? 'desc',
    group: oneOf(HistogramGrouping, query.get('group')),
    filter: text(query.get('filter'), 200),
    objects: filterOf('objects'),
    shallow: filterOf('shallow'),
    retained: filterOf('retained'),
    open: entries(list(query.get('open'), parseKey), (key) => key),
    columns: parseColumns(query.get('columns')),
    selected: optional(ObjectId, query.get('class')),
    also: parseIds(query.get('also')),
  }
}

/** A retained set and paths are asked of no more. */
const MOST_SELECTED = 1000

function parseIds(value: string | null): readonly ObjectId[] {
  const ids = list(value, (word) => optional(ObjectId, word))
  return entries(ids, (id) => id).slice(0, MOST_SELECTED)
}

function parseKey(word: string): string | undefined {
  return word === '' ? undefined : unescapeKey(word)
}

function parseColumns(value: string | null): readonly HistogramColumn[] {
  const words = (value ?? '').split(',')
  const named = HISTOGRAM_COLUMNS.filter((column) => words.includes(column))
  return named.length > 0 || words.includes(NO_COLUMNS) ? named : USUAL_COLUMNS
}
