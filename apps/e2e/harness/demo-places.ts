/** Every view of the demo case, as a link that somebody was sent. */
import type { DemoCase } from './demo-case.ts'

/** The class byte[]. */
const BYTES = '0xfd0be8a0'
/** One of the four arenas, its class, and the class whose static field holds the allocator that it belongs to. */
const ARENA = '0xfd59b668'
const ARENA_CLASS = '0xfd59b120'
const HOLDER = '0xfd59a880'
/** A thread with a stack, and the class loader of the program. */
const WORKER = '0xfd0c7260'
const APP_LOADER = '0xfd097c30'

/** A list of 212 elements, a text with control characters, 256 KiB of bytes. */
const LIST = '0xfd3ac868'
const STRING = '0xfe0ea980'
const BYTE_ARRAY = '0xfd433be0'

export type ViewName =
  | 'home'
  | 'case'
  | 'timeline'
  | 'gc'
  | 'gcOver'
  | 'classHistogram'
  | 'classGrowth'
  | 'besideDump'
  | 'top'
  | 'overview'
  | 'suspects'
  | 'netty'
  | 'histogram'
  | 'objects'
  | 'owners'
  | 'waste'
  | 'wasteHolders'
  | 'dominators'
  | 'icicle'
  | 'treemap'
  | 'threads'
  | 'roots'
  | 'loaders'
  | 'duplicateClasses'
  | 'properties'
  | 'unreachable'
  | 'mergedPaths'
  | 'retainedSet'
  | 'dominatorsOf'
  | 'object'
  | 'class'
  | 'incoming'
  | 'outgoing'
  | 'retained'
  | 'paths'
  | 'pathsGraph'
  | 'contents'
  | 'text'
  | 'hex'
  | 'incomingGroups'
  | 'histogramPackages'
  | 'nettyChunks'
  | 'nettyBuffers'
  | 'nettyConnections'
  | 'nowhere'
  | 'gone'

export function demoPlaces({ caseId, ...ids }: DemoCase): Record<ViewName, string> {
  const ofCase = `/cases/${caseId}`
  const heap = `${ofCase}/heap/${ids.dumpId}`
  const arena = `${heap}/objects/${ARENA}`
  return {
    home: '/',
    case: ofCase,
    timeline: `${ofCase}/timeline`,
    gc: `${ofCase}/gc/${ids.logId}?from=300&to=330&hide=S0&row=310`,
    gcOver: `${ofCase}/gc/${ids.timedLogId}?unit=bytes&over=${ids.logId}~0&shift=-2.5`,
    classHistogram: `${ofCase}/class-histograms/${ids.histogramId}?group=package`,
    classGrowth: `${ofCase}/class-growth?class=byte[]`,
    besideDump: `${ofCase}/class-histograms/${ids.histogramId}/beside/${ids.dumpId}`,
    top: `${ofCase}/top/${ids.topId}`,
    overview: `${heap}/overview`,
    suspects: `${heap}/suspects`,
    netty: `${heap}/netty`,
    histogram: `${heap}/histogram?filter=PoolChunk`,
    objects: `${heap}/classes/${ARENA_CLASS}`,
    owners: `${heap}/classes/${BYTES}/owners?filter=netty`,
    waste: `${heap}/waste`,
    wasteHolders: `${heap}/waste?of=collections&by=holder`,
    dominators: `${heap}/dominators?object=${ARENA}&open=${ARENA}&shown=10`,
    icicle: `${heap}/dominators?as=icicle&object=${ARENA}`,
    treemap: `${heap}/dominators?as=treemap&root=${ARENA}`,
    threads: `${heap}/threads?thread=${WORKER}`,
    roots: `${heap}/gc-roots`,
    loaders: `${heap}/class-loaders?loader=${APP_LOADER}`,
    duplicateClasses: `${heap}/class-loaders?shape=duplicates`,
    properties: `${heap}/properties?filter=netty`,
    unreachable: `${heap}/unreachable`,
    mergedPaths: `${heap}/merged-paths?classes=${ARENA_CLASS}`,
    retainedSet: `${heap}/retained-set?classes=${ARENA_CLASS}`,
    dominatorsOf: `${heap}/immediate-dominators?classes=${ARENA_CLASS}`,
    object: arena,
    class: `${heap}/objects/${HOLDER}`,
    incoming: `${arena}?tab=incoming`,
    outgoing: `${arena}?tab=outgoing`,
    retained: `${arena}?tab=retained`,
    paths: `${arena}/paths?exclude=weak,soft,phantom,finalizer`,
    pathsGraph: `${arena}/paths?as=graph&exclude=weak,soft,phantom,finalizer`,
    contents: `${heap}/objects/${LIST}?tab=contents`,
    text: `${heap}/objects/${STRING}?tab=text`,
    hex: `${heap}/objects/${BYTE_ARRAY}?tab=hex`,
    incomingGroups: `${heap}/objects/${APP_LOADER}?tab=incoming`,
    histogramPackages: `${heap}/histogram?group=package&open=io.`,
    nettyChunks: `${heap}/netty?tab=chunks`,
    nettyBuffers: `${heap}/netty?tab=buffers`,
    nettyConnections: `${heap}/netty?tab=connections`,
    nowhere: '/nowhere',
    gone: '/cases/aaaaaaaaaaaaaaaaaaaaaa',
  }
}
