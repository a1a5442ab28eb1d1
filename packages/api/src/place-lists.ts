/** Places of the lists of a whole heap: threads, GC roots, class loaders, system properties, what is unreachable. */
import { z } from 'zod'
import { LoaderSort } from './heap-loaders.ts'
import type { HeapRef } from './heap-ref.ts'
import { RootKey, UnreachableSort } from './heap-roots.ts'
import { ThreadSort } from './heap-threads.ts'
import { type EntityId, ObjectId } from './ids.ts'
import { Order } from './page.ts'
import { entries, list, oneOf, optional, text, type Query } from './place-query.ts'

interface OfArtifact {
  readonly caseId: EntityId
  readonly artifactId: HeapRef
}

export interface ThreadsPlace extends OfArtifact {
  readonly kind: 'threads'
  readonly sort: ThreadSort
  readonly order: Order
  readonly filter: string
  /** Whose stack is shown. */
  readonly thread: ObjectId | undefined
  /** Whether what frames hold is shown. */
  readonly locals: boolean
  /** The thread itself, or an object that one of its frames holds. */
  readonly selected: ObjectId | undefined
}

export interface RootsPlace extends OfArtifact {
  readonly kind: 'roots'
  readonly open: readonly RootKey[]
  readonly selected: ObjectId | undefined
}

const LoaderShape = z.enum(['tree', 'list', 'duplicates'])
export type LoaderShape = z.infer<typeof LoaderShape>

export interface LoadersPlace extends OfArtifact {
  readonly kind: 'loaders'
  readonly shape: LoaderShape
  readonly sort: LoaderSort
  readonly order: Order
  readonly filter: string
  /** In the tree: loaders whose children are hidden. */
  readonly closed: readonly ObjectId[]
  /** Of duplicates: names whose classes are shown. */
  readonly open: readonly ObjectId[]
  /** Whose classes are shown. */
  readonly loader: ObjectId | undefined
  readonly selected: ObjectId | undefined
}

export interface PropertiesPlace extends OfArtifact {
  readonly kind: 'properties'
  readonly filter: string
  readonly selected: ObjectId | undefined
}

export interface UnreachablePlace extends OfArtifact {
  readonly kind: 'unreachable'
  readonly sort: UnreachableSort
  readonly order: Order
  readonly filter: string
  /** Classes whose objects are shown. */
  readonly open: readonly ObjectId[]
  readonly selected: ObjectId | undefined
}

export type ListPlace = ThreadsPlace | RootsPlace | LoadersPlace | PropertiesPlace | UnreachablePlace

/** The word of each in a URL. */
const PATHS = {
  threads: 'threads',
  roots: 'gc-roots',
  loaders: 'class-loaders',
  properties: 'properties',
  unreachable: 'unreachable',
} as const

/** @param heapPath of the dump: `/cases/…/heap/…` */
export function writeList(heapPath: string, place: ListPlace): { path: string; query: Query } {
  return { path: `${heapPath}/${PATHS[place.kind]}`, query: queryOf(place) }
}

function queryOf(place: ListPlace): Query {
  switch (place.kind) {
    case 'threads':
      return [
        ...sorting(place, 'retained'),
        ['thread', place.thread],
        ['locals', place.locals ? undefined : 'hidden'],
        ['object', place.selected === place.thread ? undefined : place.selected],
      ]
    case 'roots':
      return [
        ['open', place.open],
        ['object', place.selected],
      ]
    case 'loaders':
      return [
        ['shape', place.shape === 'tree' ? undefined : place.shape],
        ...sorting(place, 'retained'),
        ['closed', place.closed],
        ['open', place.open],
        ['loader', place.loader],
        ['object', place.selected === place.loader ? undefined : place.selected],
      ]
    case 'properties':
      return [
        ['filter', place.filter],
        ['object', place.selected],
      ]
    case 'unreachable':
      return [...sorting(place, 'shallow'), ['open', place.open], ['object', place.selected]]
  }
}

function sorting(
  { sort, order, filter }: { readonly sort: string; readonly order: Order; readonly filter: string },
  usual: string,
): Query {
  return [
    ['sort', sort === usual ? undefined : sort],
    ['order', order === 'desc' ? undefined : order],
    ['filter', filter],
  ]
}

/** @param view the word behind the dump. @returns undefined when it names no list */
export function parseList(of: OfArtifact, view: string, query: URLSearchParams): ListPlace | undefined {
  const selected = optional(ObjectId, query.get('object'))
  const table = { order: oneOf(Order, query.get('order')) ?? 'desc', filter: text(query.get('filter'), 200) } as const
  const ids = (key: string) => words(query.get(key), ObjectId)
  switch (view) {
    case PATHS.threads: {
      const thread = optional(ObjectId, query.get('thread'))
      const sort = oneOf(ThreadSort, query.get('sort')) ?? 'retained'
      const locals = query.get('locals') !== 'hidden'
      return { kind: 'threads', ...of, sort, ...table, thread, locals, selected: selected ?? thread }
    }
    case PATHS.roots:
      return { kind: 'roots', ...of, open: words(query.get('open'), RootKey), selected }
    case PATHS.loaders: {
      const loader = optional(ObjectId, query.get('loader'))
      return {
        kind: 'loaders',
        ...of,
        shape: oneOf(LoaderShape, query.get('shape')) ?? 'tree',
        sort: oneOf(LoaderSort, query.get('sort')) ?? 'retained',
        ...table,
        closed: ids('closed'),
        open: ids('open'),
        loader,
        selected: selected ?? loader,
      }
    }
    case PATHS.properties:
      return { kind: 'properties', ...of, filter: table.filter, selected }
    case PATHS.unreachable: {
      const sort = oneOf(UnreachableSort, query.get('sort')) ?? 'shallow'
      return { kind: 'unreachable', ...of, sort, ...table, open: ids('open'), selected }
    }
    default:
      return undefined
  }
}

function words(value: string | null, schema: z.ZodType<string>): readonly string[] {
  return entries(
    list(value, (word) => optional(schema, word)),
    (word) => word,
  )
}
