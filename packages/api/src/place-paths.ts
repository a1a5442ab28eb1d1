/** The place of paths to GC roots: which references count, how paths are read, and what somebody thinks of cutting. */
import { PathExclusion, ReferenceStrength } from './heap.ts'
import type { HeapRef } from './heap-ref.ts'
import { type EntityId, ObjectId } from './ids.ts'
import { entries, integer, list, oneOf, optional, type Query } from './place-query.ts'

interface OfArtifact {
  readonly caseId: EntityId
  readonly artifactId: HeapRef
}

/** A reference, by the object that refers and the one that is referred to. */
export interface CutReference {
  readonly source: ObjectId
  readonly target: ObjectId
}

/** One row after the other from the object up, or all paths in one picture. */
export const PATH_MODES = ['list', 'graph'] as const
export type PathMode = (typeof PATH_MODES)[number]

export interface PathsPlace extends OfArtifact {
  readonly kind: 'paths'
  readonly mode: PathMode
  readonly objectId: ObjectId
  readonly exclude: readonly ReferenceStrength[]
  /** References that people named: `Class#field` or `Class`. */
  readonly without: readonly PathExclusion[]
  /** Every node and table of a collection is a step, instead of `map["key"]`. */
  readonly raw: boolean
  readonly shown: number
  /** The reference of which it is asked what cutting it would free. */
  readonly cut: CutReference | undefined
  readonly selected: ObjectId | undefined
}

/** Paths before "show more". */
export const PATHS_SHOWN = 10

export function writePaths(place: PathsPlace): Query {
  return [
    ['as', place.mode === 'list' ? undefined : place.mode],
    ['exclude', place.exclude],
    ['without', place.without],
    ['read', place.raw ? 'raw' : undefined],
    ['shown', place.shown === PATHS_SHOWN ? undefined : place.shown],
    ['cut', place.cut && `${place.cut.source}~${place.cut.target}`],
    ['object', place.selected],
  ]
}

export function parsePaths(of: OfArtifact, objectId: ObjectId, query: URLSearchParams): PathsPlace {
  return {
    kind: 'paths',
    ...of,
    objectId,
    mode: parseMode(query.get('as')),
    exclude: parseExclude(query.get('exclude')),
    without: parseWithout(query.get('without')),
    raw: query.get('read') === 'raw',
    shown: integer(query.get('shown'), 1, 10_000) ?? PATHS_SHOWN,
    cut: parseCut(query.get('cut')),
    selected: optional(ObjectId, query.get('object')),
  }
}

export function parseMode(value: string | null): PathMode {
  return PATH_MODES.find((mode) => mode === value) ?? 'list'
}

/** In the order of the schema, each once. */
export function parseExclude(value: string | null): readonly ReferenceStrength[] {
  const named = list(value, (name) => oneOf(ReferenceStrength, name))
  return ReferenceStrength.options.filter((name) => named.includes(name))
}

const MOST_EXCLUSIONS = 50

export function parseWithout(value: string | null): readonly PathExclusion[] {
  const named = list(value, (words) => optional(PathExclusion, words))
  return entries(named, (words) => words).slice(0, MOST_EXCLUSIONS)
}

function parseCut(value: string | null): CutReference | undefined {
  const [source, target] = (value ?? '').split('~').map((word) => optional(ObjectId, word))
  return source === undefined || target === undefined ? undefined : { source, target }
}
