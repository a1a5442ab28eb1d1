/** What the examples ask. Calls that are not listed are asked by their path alone. */
import { jstatLog } from '../evidence.ts'

export interface ExampleRequest {
  /** Names of known ids that stand for the parts of the path; a part is known by its own name otherwise. */
  readonly parts?: Readonly<Record<string, string>>
  /** `$name` is a known id, here and in the body. */
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly bytes?: Uint8Array
}

const TUS = { 'tus-resumable': '1.0.0' }
const LIMIT = { limit: '2' }
const fresh = { caseId: 'freshCase' }
const log = { parts: { artifactId: 'logId' } }
const histogram = { artifactId: 'histogramId', part: 'zero' }
const ARTIFACT = '/api/artifacts/{artifactId}'
const HEAP = `${ARTIFACT}/heap`
const SELECTION = { classes: '$classId' }

/** In the order in which they are asked; calls that are not listed come first. */
export const REQUESTS: Readonly<Record<string, ExampleRequest>> = {
  'post /api/session': { body: { key: 'correct-horse-battery-staple' } },
  'get /api/import': { query: LIMIT },
  'post /api/open': { body: { path: 'tuesday/jstat.log' } },
  'get /api/cases': { query: LIMIT },
  'post /api/cases': { body: { title: 'Heap full on Tuesday' } },
  'get /api/cases/{caseId}': { parts: fresh },
  'patch /api/cases/{caseId}': { parts: fresh, body: { title: 'Heap full on Tuesday, push service' } },
  'post /api/cases/{caseId}/pins': {
    parts: fresh,
    body: { place: '/cases/$freshCase/heap/$beforeId/dominators', title: 'Dominators before the fix' },
  },
  'delete /api/cases/{caseId}/pins/{pinId}': { parts: { ...fresh, pinId: 'pinId' } },
  'post /api/cases/{caseId}/dismissals': {
    body: {
      artifactId: '$dumpId',
      finding: 'leak-suspect',
      about: '$objectId',
      reason: 'Known, fixed with the next release.',
    },
  },
  'get /api/cases/{caseId}/dismissals': {},
  'delete /api/cases/{caseId}/dismissals/{dismissalId}': { parts: { dismissalId: 'dismissalId' } },
  'get /api/cases/{caseId}/class-growth': { query: LIMIT },
  'get /api/cases/{caseId}/heap-growth': { parts: fresh },
  'get /api/cases/{caseId}/heap-growth/csv': { parts: fresh },
  'get /api/cases/{caseId}/class-in-dumps': { query: { name: 'io.netty.buffer.PoolChunk' } },
  'get /api/cases/{caseId}/histogram-beside-dump': {
    query: { ...LIMIT, histogram: '$histogramId~0', dump: '$dumpId' },
  },
  'put /api/cases/{caseId}/own-code': { parts: fresh, body: { packages: ['com.acme'] } },
  'post /api/uploads': {
    headers: {
      ...TUS,
      'upload-length': '2048',
      'upload-metadata': 'filename aGVhcC5ocHJvZg==,caseId $freshCaseBase64',
    },
  },
  'head /api/uploads/{uploadId}': { headers: TUS },
  'patch /api/uploads/{uploadId}': {
    headers: { ...TUS, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    bytes: jstatLog().subarray(0, 10),
  },
  'delete /api/uploads/{uploadId}': { parts: { uploadId: 'givenUp' }, headers: TUS },
  'get /api/uploads/{uploadId}/histogram': { query: LIMIT },
  'delete /api/uploads/{uploadId}/state': { parts: { uploadId: 'dismissed' } },
  [`post ${ARTIFACT}/analyses`]: { parts: { artifactId: 'dumpId' }, body: { sizes: 'mat', keepUnreachable: true } },
  [`post ${ARTIFACT}/cancel`]: { parts: { artifactId: 'furtherId' } },
  [`post ${ARTIFACT}/retry`]: { parts: { artifactId: 'furtherId' } },
  [`get ${ARTIFACT}/content`]: { parts: { artifactId: 'topId' } },
  [`get ${ARTIFACT}/jstat`]: log,
  [`get ${ARTIFACT}/jstat/series`]: { ...log, query: { points: '10' } },
  [`get ${ARTIFACT}/jstat/rows`]: { ...log, query: LIMIT },
  [`get ${ARTIFACT}/jstat/csv`]: log,
  [`get ${ARTIFACT}/class-histograms`]: { parts: histogram },
  [`get ${ARTIFACT}/class-histograms/{part}`]: { parts: histogram, query: LIMIT },
  [`get ${ARTIFACT}/top`]: { parts: { artifactId: 'topId' } },
  [`get ${ARTIFACT}/findings`]: log,
  [`get ${ARTIFACT}/readings`]: { parts: { artifactId: 'freshLog' } },
  [`put ${ARTIFACT}/readings`]: {
    parts: { artifactId: 'freshLog' },
    body: {
      part: 0,
      startedAt: '2026-03-03T14:05:00+01:00',
      secondsPerRow: 1,
      maxHeapBytes: 536_870_912,
      youngBytes: null,
    },
  },
  [`get ${HEAP}/retained-set`]: { query: SELECTION },
  [`get ${HEAP}/immediate-dominators`]: { query: SELECTION },
  [`get ${HEAP}/merged-paths`]: { query: { ...SELECTION, ...LIMIT } },
  [`get ${HEAP}/netty/chunks`]: { query: { of: '$objectId', ...LIMIT } },
  [`get ${HEAP}/netty/buffers`]: { query: LIMIT },
  [`get ${HEAP}/compare/{otherId}`]: { parts: { artifactId: 'beforeId' } },
  [`get ${HEAP}/compare/{otherId}/csv`]: { parts: { artifactId: 'beforeId' } },
  [`get ${HEAP}/compare/{otherId}/page`]: { parts: { artifactId: 'beforeId' } },
  [`get ${HEAP}/histogram`]: { query: { filter: 'io.netty', ...LIMIT } },
  [`get ${HEAP}/histogram-groups`]: { query: { group: 'package', ...LIMIT } },
  [`get ${HEAP}/objects`]: { query: { classId: '$classId', filter: 'retained > 1m', ...LIMIT } },
  [`get ${HEAP}/owners`]: { query: { classId: '$bytesClassId', ...LIMIT } },
  [`get ${HEAP}/duplicate-strings`]: { query: LIMIT },
  [`get ${HEAP}/duplicate-strings/holders`]: { query: LIMIT },
  [`get ${HEAP}/fill/{of}`]: { query: LIMIT },
  [`get ${HEAP}/fill/{of}/holders`]: { query: LIMIT },
  [`get ${HEAP}/dominators`]: { query: LIMIT },
  [`get ${HEAP}/dominator-groups`]: { query: { group: 'package', ...LIMIT } },
  [`get ${HEAP}/dominator-slice`]: { query: { top: '$objectId', limit: '2' } },
  [`get ${HEAP}/threads`]: { query: LIMIT },
  [`get ${HEAP}/threads/{objectId}`]: { parts: { objectId: 'threadId' } },
  [`get ${HEAP}/class-loaders`]: { query: LIMIT },
  [`get ${HEAP}/class-loaders/{loaderId}/classes`]: { query: LIMIT },
  [`get ${HEAP}/properties`]: { query: { filter: 'java.version' } },
  [`get ${HEAP}/objects/{objectId}/fields`]: { query: LIMIT },
  [`get ${HEAP}/objects/{objectId}/contents`]: { parts: { objectId: 'mapId' }, query: LIMIT },
  [`get ${HEAP}/objects/{objectId}/text`]: { parts: { objectId: 'stringId' } },
  [`get ${HEAP}/objects/{objectId}/hex`]: { parts: { objectId: 'arrayId' }, query: LIMIT },
  [`get ${HEAP}/objects/{objectId}/download`]: { parts: { objectId: 'stringId' }, query: { as: 'text' } },
  [`get ${HEAP}/objects/{objectId}/paths`]: { query: { exclude: 'weak,soft', limit: '1' } },
  [`get ${HEAP}/objects/{objectId}/references/{direction}`]: { query: LIMIT },
  [`get ${HEAP}/objects/{objectId}/references/{direction}/members`]: { query: { group: '$groupId', ...LIMIT } },
  [`get ${HEAP}/what-if`]: { query: { source: '$objectId', target: '$childId' } },
  'post /api/views': { body: { place: '/cases/$caseId/heap/$dumpId/dominators?open=$objectId' } },
  'get /api/views/{viewId}': {},
  [`delete ${ARTIFACT}/content`]: { parts: { artifactId: 'dumpId' } },
  [`delete ${ARTIFACT}`]: { parts: { artifactId: 'freshLog' } },
  'delete /api/cases/{caseId}': { parts: { caseId: 'emptyCase' } },
  'delete /api/session': {},
  'delete /api/sessions': {},
}
