/** Paths of the HTTP API, in Fastify's notation, and how clients fill them. */

export const ROUTES = {
  health: '/api/health',
  metrics: '/metrics',
  session: '/api/session',
  sessions: '/api/sessions',
  storage: '/api/storage',
  open: '/api/open',
  importable: '/api/import',
  events: '/api/events',
  uploads: '/api/uploads',
  upload: '/api/uploads/:uploadId/state',
  uploadHistogram: '/api/uploads/:uploadId/histogram',
  demo: '/api/demo',
  cases: '/api/cases',
  case: '/api/cases/:caseId',
  artifact: '/api/artifacts/:artifactId',
  cancel: '/api/artifacts/:artifactId/cancel',
  retry: '/api/artifacts/:artifactId/retry',
  content: '/api/artifacts/:artifactId/content',
  analyses: '/api/artifacts/:artifactId/analyses',
  jstatSummary: '/api/artifacts/:artifactId/jstat',
  jstatSeries: '/api/artifacts/:artifactId/jstat/series',
  jstatRows: '/api/artifacts/:artifactId/jstat/rows',
  jstatCsv: '/api/artifacts/:artifactId/jstat/csv',
  classHistograms: '/api/artifacts/:artifactId/class-histograms',
  classHistogram: '/api/artifacts/:artifactId/class-histograms/:part',
  topOutput: '/api/artifacts/:artifactId/top',
  artifactFindings: '/api/artifacts/:artifactId/findings',
  readings: '/api/artifacts/:artifactId/readings',
  timeline: '/api/cases/:caseId/timeline',
  caseFindings: '/api/cases/:caseId/findings',
  classGrowth: '/api/cases/:caseId/class-growth',
  histogramBesideDump: '/api/cases/:caseId/histogram-beside-dump',
  classInDumps: '/api/cases/:caseId/class-in-dumps',
  heapSummary: '/api/artifacts/:artifactId/heap',
  provisional: '/api/artifacts/:artifactId/heap/provisional',
  heapSuspects: '/api/artifacts/:artifactId/heap/suspects',
  netty: '/api/artifacts/:artifactId/heap/netty',
  nettyChunks: '/api/artifacts/:artifactId/heap/netty/chunks',
  nettyBuffers: '/api/artifacts/:artifactId/heap/netty/buffers',
  whatIfCut: '/api/artifacts/:artifactId/heap/what-if',
  retainedSet: '/api/artifacts/:artifactId/heap/retained-set',
  comparison: '/api/artifacts/:artifactId/heap/compare/:otherId',
  comparisonCsv: '/api/artifacts/:artifactId/heap/compare/:otherId/csv',
  comparisonPage: '/api/artifacts/:artifactId/heap/compare/:otherId/page',
  histogram: '/api/artifacts/:artifactId/heap/histogram',
  threads: '/api/artifacts/:artifactId/heap/threads',
  threadStack: '/api/artifacts/:artifactId/heap/threads/:objectId',
  threadDump: '/api/artifacts/:artifactId/heap/thread-dump',
  gcRoots: '/api/artifacts/:artifactId/heap/gc-roots',
  classLoaders: '/api/artifacts/:artifactId/heap/class-loaders',
  loadedClasses: '/api/artifacts/:artifactId/heap/class-loaders/:loaderId/classes',
  duplicateClasses: '/api/artifacts/:artifactId/heap/duplicate-classes',
  properties: '/api/artifacts/:artifactId/heap/properties',
  jvmFacts: '/api/artifacts/:artifactId/heap/jvm',
  unreachable: '/api/artifacts/:artifactId/heap/unreachable',
  objectsOfClass: '/api/artifacts/:artifactId/heap/objects',
  dominators: '/api/artifacts/:artifactId/heap/dominators',
  dominatorGroups: '/api/artifacts/:artifactId/heap/dominator-groups',
  dominatorSlice: '/api/artifacts/:artifactId/heap/dominator-slice',
  nextDrop: '/api/artifacts/:artifactId/heap/objects/:objectId/next-drop',
  dominatorAncestors: '/api/artifacts/:artifactId/heap/objects/:objectId/ancestors',
  object: '/api/artifacts/:artifactId/heap/objects/:objectId',
  fields: '/api/artifacts/:artifactId/heap/objects/:objectId/fields',
  contents: '/api/artifacts/:artifactId/heap/objects/:objectId/contents',
  objectText: '/api/artifacts/:artifactId/heap/objects/:objectId/text',
  objectHex: '/api/artifacts/:artifactId/heap/objects/:objectId/hex',
  objectDownload: '/api/artifacts/:artifactId/heap/objects/:objectId/download',
  references: '/api/artifacts/:artifactId/heap/objects/:objectId/references/:direction',
  paths: '/api/artifacts/:artifactId/heap/objects/:objectId/paths',
  views: '/api/views',
  view: '/api/views/:viewId',
} as const
export type RouteName = keyof typeof ROUTES

type Params<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name]: string } & Params<Rest>
  : Path extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : Record<never, string>

/** `fillRoute('case', { caseId })` → `/api/cases/…`. */
export function fillRoute<Name extends RouteName>(name: Name, params: Params<(typeof ROUTES)[Name]>): string {
  return ROUTES[name].replace(/:([A-Za-z]+)/g, (_, key: string) =>
    encodeURIComponent((params as Record<string, string>)[key] ?? ''),
  )
}
