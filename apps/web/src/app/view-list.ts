/**
 * The views that one can go to from everywhere: the left list, `g` and a letter, the help on keys and the palette
 * all read this table. A new view of a dump or a log is one entry here; its title is the text `view.<name>`.
 */
import type { Artifact, ArtifactKind } from '@heaptrail/api/cases'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { type Analysed, withAnalyses } from '../server/analyses.ts'
import { isReady } from '../server/cases.ts'
import { isHeapPlace } from '../url/place-of.ts'
import { classGrowthPlace, classHistogramPlace, gcPlace, timelinePlace, topPlace } from '../widgets/evidence-places.ts'
import {
  loadersPlace,
  propertiesPlace,
  rootsPlace,
  threadsPlace,
  unreachablePlace,
  wastePlace,
} from '../widgets/list-places.ts'
import {
  comparePlace,
  dominatorsPlace,
  heapGrowthPlace,
  histogramPlace,
  nettyPlace,
  overviewPlace,
  suspectsPlace,
} from '../widgets/object-places.ts'

export type ViewKind = Place['kind']

interface ListedView {
  readonly name: Exclude<ViewKind, 'home'>
  /** The key behind `g`. */
  readonly letter?: string
  /** Views that belong to this one: the list marks it while they are shown. */
  readonly within?: readonly ViewKind[]
}

/** A view of a whole case; it has no place where the case lacks what it shows. */
export interface CaseView extends ListedView {
  readonly place: (caseId: string, ready: readonly Artifact[]) => Place | undefined
}

/** A view of one piece of evidence of this kind. */
export interface ArtifactView extends ListedView {
  readonly of: ArtifactKind
  /** Only dumps that hold it have this view. */
  readonly holds?: 'netty'
  readonly place: (ref: ArtifactRef) => Place
}

export interface ArtifactRef {
  readonly caseId: string
  readonly artifactId: string
}

export const CASES_LETTER = 'a'

export const CASE_VIEWS: readonly CaseView[] = [
  { name: 'case', letter: 'c', place: (caseId) => ({ kind: 'case', caseId }) },
  {
    name: 'timeline',
    letter: 't',
    place: (caseId, ready) => (ready.length > 0 ? timelinePlace({ caseId }) : undefined),
  },
  {
    name: 'class-growth',
    letter: 'w',
    place: (caseId, ready) =>
      ready.filter(({ kind }) => kind === 'class-histogram').length > 1 ? classGrowthPlace({ caseId }) : undefined,
  },
  {
    name: 'compare',
    letter: 'm',
    place(caseId, ready) {
      const [before, after] = ready.filter(({ kind }) => kind === 'heap-dump')
      return before === undefined || after === undefined ? undefined : comparePlace(caseId, before.id, after.id)
    },
  },
  {
    name: 'heap-growth',
    letter: 'v',
    place: (caseId, ready) =>
      ready.filter(({ kind }) => kind === 'heap-dump').length > 2 ? heapGrowthPlace(caseId) : undefined,
  },
]

/** Of a kind in the order in which they are listed; the first one is where its evidence opens. */
export const ARTIFACT_VIEWS: readonly ArtifactView[] = [
  { of: 'heap-dump', name: 'overview', letter: 'o', place: overviewPlace },
  { of: 'heap-dump', name: 'suspects', letter: 's', place: suspectsPlace },
  { of: 'heap-dump', name: 'netty', letter: 'n', holds: 'netty', place: (ref) => nettyPlace(ref) },
  {
    of: 'heap-dump',
    name: 'histogram',
    letter: 'h',
    within: ['objects', 'owners'],
    place: (ref) => histogramPlace(ref),
  },
  {
    of: 'heap-dump',
    name: 'dominators',
    letter: 'd',
    place: ({ caseId, artifactId }) => dominatorsPlace({ caseId, artifactId }),
  },
  { of: 'heap-dump', name: 'threads', letter: 'e', place: (ref) => threadsPlace(ref) },
  { of: 'heap-dump', name: 'roots', letter: 'r', place: rootsPlace },
  { of: 'heap-dump', name: 'loaders', letter: 'l', place: (ref) => loadersPlace(ref) },
  { of: 'heap-dump', name: 'properties', letter: 'p', place: propertiesPlace },
  { of: 'heap-dump', name: 'waste', letter: 'f', place: wastePlace },
  { of: 'heap-dump', name: 'unreachable', letter: 'u', place: unreachablePlace },
  { of: 'jstat-log', name: 'gc', letter: 'g', place: gcPlace },
  {
    of: 'class-histogram',
    name: 'class-histogram',
    letter: 'j',
    within: ['beside-dump'],
    place: classHistogramPlace,
  },
  { of: 'top-output', name: 'top', letter: 'k', place: topPlace },
]

/** Every view with a letter, in the order of the lists. */
export const LETTERED_VIEWS = [...CASE_VIEWS, ...ARTIFACT_VIEWS].filter(({ letter }) => letter !== undefined)

/** One line of a list: a view, and where it leads. */
export interface ViewLink {
  readonly view: CaseView | ArtifactView
  readonly to: Place
}

export function linksOfCase(caseId: string, artifacts: readonly Artifact[]): ViewLink[] {
  const ready = artifacts.filter(isReady)
  return CASE_VIEWS.flatMap((view) => {
    const to = view.place(caseId, ready)
    return to === undefined ? [] : [{ view, to }]
  })
}

export function linksOfArtifact({ caseId, id, kind }: Pick<Artifact, 'caseId' | 'id' | 'kind'>): ViewLink[] {
  const ref = { caseId, artifactId: id }
  return ARTIFACT_VIEWS.filter(({ of }) => of === kind).map((view) => ({ view, to: view.place(ref) }))
}

export function isWithin({ name, within = [] }: ListedView, kind: ViewKind): boolean {
  return name === kind || within.includes(kind)
}

/** What can be looked at: every ready analysis of a dump, every ready text. */
export function shownArtifacts(artifacts: readonly Artifact[]): Analysed[] {
  return withAnalyses(artifacts).filter((artifact) => isReady(artifact) && artifact.kind !== 'unknown')
}

/** Of this kind, the one on the screen, else the first of the case. */
export function nearestArtifact(
  place: Place | NoPlace,
  artifacts: readonly Artifact[],
  kind: ArtifactKind,
): Pick<Analysed, 'caseId' | 'id' | 'kind'> | undefined {
  // A dump can be looked at before its case is known.
  if (kind === 'heap-dump' && isHeapPlace(place)) return { caseId: place.caseId, id: place.artifactId, kind }
  const ofKind = shownArtifacts(artifacts).filter((artifact) => artifact.kind === kind)
  const onScreen = 'artifactId' in place ? ofKind.find(({ id }) => id === place.artifactId) : undefined
  return onScreen ?? ofKind[0]
}

/** Where `g` and this letter lead from here. */
export function destination(place: Place | NoPlace, artifacts: readonly Artifact[], letter: string): Place | undefined {
  if (letter === CASES_LETTER) return { kind: 'home' }
  if (!('caseId' in place)) return undefined
  const ofCase = linksOfCase(place.caseId, artifacts).find(({ view }) => view.letter === letter)
  if (ofCase !== undefined) return ofCase.to
  const view = ARTIFACT_VIEWS.find((candidate) => candidate.letter === letter)
  const artifact = view && nearestArtifact(place, artifacts, view.of)
  return artifact && view.place({ caseId: artifact.caseId, artifactId: artifact.id })
}
