/**
 * A place is one view with all its options: exactly what a link stores. The path names the view,
 * the query its options; defaults are absent and keys stand in a fixed order, so that equal places
 * have equal URLs. `parsePlace(printPlace(place))` gives the place back; parsing never throws and
 * keeps what it understands. docs/url-format.md lists every key.
 */
import { HeapRef, parseHeapRef, printHeapRef } from './heap-ref.ts'
import { EntityId, ObjectId } from './ids.ts'
import { parseDominators, writeDominators, type DominatorsPlace } from './place-dominators.ts'
import { parseEvidence, writeEvidence, type EvidencePlace } from './place-evidence.ts'
import { parseHeapGrowth, writeHeapGrowth, type HeapGrowthPlace } from './place-growth.ts'
import { parseHistogram, writeHistogram, type HistogramPlace } from './place-histogram.ts'
import { parseList, writeList, type ListPlace } from './place-lists.ts'
import { parseClass, parseObject, writeObject, type ClassPlace, type ObjectPlace } from './place-object.ts'
import { parseOwners, writeOwners, type OwnersPlace } from './place-owners.ts'
import { parseNetty, writeNetty, type NettyPlace } from './place-netty.ts'
import { parsePaths, writePaths, type PathsPlace } from './place-paths.ts'
import { parseSelection, writeSelection, type SelectionPlace } from './place-selection.ts'
import { parseWaste, writeWaste, type WastePlace } from './place-waste.ts'
import { optional, printQuery, text, type Query } from './place-query.ts'

interface OfCase {
  readonly caseId: EntityId
}
interface OfArtifact extends OfCase {
  /** Of a heap dump: also which analysis of it. */
  readonly artifactId: HeapRef
}

export type Place =
  /** All cases, or those with these words in their title or evidence. */
  | { readonly kind: 'home'; readonly filter?: string }
  | ({ readonly kind: 'case' } & OfCase)
  | EvidencePlace
  | ({ readonly kind: 'overview' } & OfArtifact)
  /** Two dumps beside each other. */
  | ({ readonly kind: 'compare'; readonly before: HeapRef; readonly after: HeapRef } & OfCase)
  | HeapGrowthPlace
  /** Who holds much of the heap. */
  | ({ readonly kind: 'suspects' } & OfArtifact)
  | HistogramPlace
  | ClassPlace
  | DominatorsPlace
  | ObjectPlace
  | PathsPlace
  | SelectionPlace
  | ListPlace
  | NettyPlace
  | OwnersPlace
  | WastePlace

/** What `parsePlace` answers for a path that names no view. */
export interface NoPlace {
  readonly kind: 'no-place'
  readonly path: string
}

/** Path and query of a place, e.g. `/cases/…/heap/…/dominators?object=0x1f`. */
export function printPlace(place: Place): string {
  const { path, query } = write(place)
  return path + printQuery(query)
}

function write(place: Place): { path: string; query: Query } {
  switch (place.kind) {
    case 'home':
      return { path: '/', query: [['filter', place.filter]] }
    case 'case':
      return { path: `/cases/${place.caseId}`, query: [] }
    case 'gc':
    case 'timeline':
    case 'class-histogram':
    case 'class-growth':
    case 'beside-dump':
    case 'top':
      return writeEvidence(place)
    case 'compare':
      return { path: `/cases/${place.caseId}/compare/${place.before}/${place.after}`, query: [] }
    case 'heap-growth':
      return writeHeapGrowth(place)
    case 'overview':
      return { path: `${heapPath(place)}/overview`, query: [] }
    case 'suspects':
      return { path: `${heapPath(place)}/suspects`, query: [] }
    case 'netty':
      return { path: `${heapPath(place)}/netty`, query: writeNetty(place) }
    case 'histogram':
      return { path: `${heapPath(place)}/histogram`, query: writeHistogram(place) }
    case 'threads':
    case 'roots':
    case 'loaders':
    case 'properties':
    case 'unreachable':
      return writeList(heapPath(place), place)
    case 'objects':
    case 'object':
      return writeObject(heapPath(place), place)
    case 'owners':
      return writeOwners(heapPath(place), place)
    case 'waste':
      return { path: `${heapPath(place)}/waste`, query: writeWaste(place) }
    case 'dominators':
      return { path: `${heapPath(place)}/dominators`, query: writeDominators(place) }
    case 'merged-paths':
    case 'retained-set':
    case 'immediate-dominators':
      return { path: `${heapPath(place)}/${place.kind}`, query: writeSelection(place) }
    case 'paths':
      return {
        path: `${heapPath(place)}/objects/${place.objectId}/paths`,
        query: writePaths(place),
      }
  }
}

function heapPath(place: OfArtifact): string {
  return `/cases/${place.caseId}/heap/${place.artifactId}`
}

/** The place that a path and a query (with or without `?`) name. */
export function parsePlace(path: string, search: string): Place | NoPlace {
  const noPlace: NoPlace = { kind: 'no-place', path }
  const [first, caseWord, view, ...rest] = path.split('/').filter((part) => part !== '')
  if (first === undefined) return parseHome(new URLSearchParams(search))
  const caseId = optional(EntityId, caseWord)
  if (first !== 'cases' || caseId === undefined) return noPlace
  if (view === undefined) return { kind: 'case', caseId }
  const query = new URLSearchParams(search)
  if (view === 'compare') return parseCompare(caseId, rest) ?? noPlace
  if (view === 'heap-growth') return rest.length === 0 ? parseHeapGrowth(caseId, query) : noPlace
  if (view !== 'heap') return parseEvidence(caseId, view, rest, query) ?? noPlace
  const [artifactWord, ...subject] = rest
  const ref = optional(HeapRef, artifactWord)
  if (ref === undefined) return noPlace
  const { artifactId, options } = parseHeapRef(ref)
  return parseHeap({ caseId, artifactId: printHeapRef(artifactId, options) }, subject, query) ?? noPlace
}

function parseHome(query: URLSearchParams): Place {
  const filter = text(query.get('filter'), 200)
  return filter === '' ? { kind: 'home' } : { kind: 'home', filter }
}

function parseCompare(caseId: EntityId, rest: readonly string[]): Place | undefined {
  const [before, after] = rest.map((word) => optional(HeapRef, word))
  if (before === undefined || after === undefined || rest.length !== 2) return undefined
  return { kind: 'compare', caseId, before, after }
}

function parseHeap(of: OfArtifact, rest: string[], query: URLSearchParams): Place | undefined {
  const [view, subject, subView, ...more] = rest
  if (more.length > 0) return undefined
  if (subject === undefined) {
    if (view === undefined || view === 'overview') return { kind: 'overview', ...of }
    if (view === 'suspects') return { kind: 'suspects', ...of }
    if (view === 'netty') return parseNetty(of, query)
    if (view === 'histogram') return parseHistogram(of, query)
    if (view === 'waste') return parseWaste(of, query)
    if (view === 'dominators') return parseDominators(of, query)
    return parseSelection(of, view, query) ?? parseList(of, view, query)
  }
  const subjectId = optional(ObjectId, subject)
  if (subjectId === undefined) return undefined
  if (view === 'classes' && subView === undefined) return parseClass(of, subjectId, query)
  if (view === 'classes' && subView === 'owners') return parseOwners(of, subjectId, query)
  if (view !== 'objects') return undefined
  if (subView === undefined) return parseObject(of, subjectId, query)
  if (subView !== 'paths') return undefined
  return parsePaths(of, subjectId, query)
}
