/** Which view shows which place. Each is a chunk of its own, fetched when it is first opened. */
import type { Place } from '@heaptrail/api/place'
import type { SelectionOf } from '@heaptrail/api/place-selection'
import { lazy, type ComponentType } from 'react'
import { isHeapPlace } from '../url/place-of.ts'
import { HeapGate } from './heap-gate.tsx'

function view<P>(load: () => Promise<ComponentType<P>>) {
  return lazy(async () => ({ default: await load() }))
}

const Home = view(async () => (await import('../features/home/home.tsx')).Home)
const CasePage = view(async () => (await import('../features/case/case-page.tsx')).CasePage)
const GcChart = view(async () => (await import('../features/gc/gc-view.tsx')).GcView)
const ClassHistogram = view(
  async () => (await import('../features/class-histograms/class-histogram-view.tsx')).ClassHistogramView,
)
const ClassGrowth = view(
  async () => (await import('../features/class-histograms/class-growth-view.tsx')).ClassGrowthView,
)
const BesideDump = view(async () => (await import('../features/class-histograms/beside-dump-view.tsx')).BesideDumpView)
const Timeline = view(async () => (await import('../features/timeline/timeline-view.tsx')).TimelineView)
const Top = view(async () => (await import('../features/top/top-view.tsx')).TopView)
const Overview = view(async () => (await import('../features/overview/overview.tsx')).Overview)
const Compare = view(async () => (await import('../features/compare/compare-view.tsx')).CompareView)
const HeapGrowth = view(async () => (await import('../features/growth/growth-view.tsx')).GrowthView)
const Suspects = view(async () => (await import('../features/suspects/suspects-view.tsx')).SuspectsView)
const Netty = view(async () => (await import('../features/netty/netty-view.tsx')).NettyView)
const Histogram = view(async () => (await import('../features/histogram/histogram.tsx')).Histogram)
const OwnersView = view(async () => (await import('../features/owners/owners-view.tsx')).OwnersView)
const ClassView = view(async () => (await import('../features/class/class-view.tsx')).ClassView)
const DominatorTree = view(async () => (await import('../features/dominators/dominator-tree.tsx')).DominatorTree)
const ObjectView = view(async () => (await import('../features/object/object-view.tsx')).ObjectView)
const ThreadsView = view(async () => (await import('../features/threads/threads-view.tsx')).ThreadsView)
const RootsView = view(async () => (await import('../features/roots/roots-view.tsx')).RootsView)
const LoadersView = view(async () => (await import('../features/loaders/loaders-view.tsx')).LoadersView)
const PropertiesView = view(async () => (await import('../features/properties/properties-view.tsx')).PropertiesView)
const UnreachableView = view(async () => (await import('../features/unreachable/unreachable-view.tsx')).UnreachableView)
const WasteView = view(async () => (await import('../features/waste/waste-view.tsx')).WasteView)
const MergedPaths = view(async () => (await import('../features/selection/merged-paths-view.tsx')).MergedPathsView)
const RetainedSet = view(async () => (await import('../features/selection/retained-set-view.tsx')).RetainedSetView)
const DominatorsOf = view(async () => (await import('../features/selection/dominators-of-view.tsx')).DominatorsOfView)
const Paths = view(async () => (await import('../features/paths/paths-view.tsx')).PathsView)

/** Views start anew (scroll position, keyboard row) when they show something else. */
export function View({ place }: { place: Place }) {
  if (!isHeapPlace(place)) return <Shown place={place} />
  return (
    <HeapGate place={place}>
      <Shown place={place} />
    </HeapGate>
  )
}

/** Views start anew (scroll position, keyboard row) when they show something else. */
function Shown({ place }: { place: Place }) {
  switch (place.kind) {
    case 'home':
      return <Home />
    case 'case':
      return <CasePage key={place.caseId} place={place} />
    case 'gc':
      return <GcChart key={place.artifactId + place.part} place={place} />
    case 'class-histogram':
      return <ClassHistogram key={place.artifactId + place.part} place={place} />
    case 'class-growth':
      return <ClassGrowth key={place.caseId} place={place} />
    case 'beside-dump':
      return <BesideDump key={place.artifactId + place.part + place.dump} place={place} />
    case 'timeline':
      return <Timeline key={place.caseId} place={place} />
    case 'top':
      return <Top key={place.artifactId} place={place} />
    case 'overview':
      return <Overview key={place.artifactId} place={place} />
    case 'compare':
      return <Compare key={place.caseId} place={place} />
    case 'heap-growth':
      return <HeapGrowth key={place.caseId} place={place} />
    case 'suspects':
      return <Suspects key={place.artifactId} place={place} />
    case 'netty':
      return <Netty key={place.artifactId} place={place} />
    case 'histogram':
      return <Histogram key={place.artifactId} place={place} />
    case 'objects':
      return <ClassView key={place.artifactId + place.classId} place={place} />
    case 'owners':
      return <OwnersView key={place.artifactId + place.classId} place={place} />
    case 'dominators':
      return <DominatorTree key={place.artifactId} place={place} />
    case 'object':
      return <ObjectView key={place.artifactId + place.objectId} place={place} />
    case 'threads':
      return <ThreadsView key={place.artifactId} place={place} />
    case 'roots':
      return <RootsView key={place.artifactId} place={place} />
    case 'loaders':
      return <LoadersView key={place.artifactId} place={place} />
    case 'properties':
      return <PropertiesView key={place.artifactId} place={place} />
    case 'unreachable':
      return <UnreachableView key={place.artifactId} place={place} />
    case 'waste':
      return <WasteView key={place.artifactId} place={place} />
    case 'merged-paths':
      return <MergedPaths key={selectionKey(place)} place={place} />
    case 'retained-set':
      return <RetainedSet key={selectionKey(place)} place={place} />
    case 'immediate-dominators':
      return <DominatorsOf key={selectionKey(place)} place={place} />
    case 'paths':
      return <Paths key={place.artifactId + place.objectId} place={place} />
  }
}

function selectionKey({ artifactId, objects, classes }: SelectionOf): string {
  return [artifactId, ...classes, ...objects].join()
}
