/** Links that people have sent: they open the same view in every later version. Lines are only ever added here. */
import { expect, test } from 'vitest'
import { parsePlace, type Place } from './place.ts'

const caseId = 'c'.repeat(22)
const artifactId = 'a'.repeat(22)
const of = { caseId, artifactId }

const FROZEN: readonly (readonly [link: string, place: Partial<Place>])[] = [
  ['/', { kind: 'home' }],
  [
    `/cases/${caseId}/compare/${artifactId}/${'b'.repeat(22)}`,
    { kind: 'compare', caseId, before: artifactId, after: 'b'.repeat(22) },
  ],
  [`/cases/${caseId}/heap/${artifactId}/suspects`, { kind: 'suspects', ...of }],
  [`/cases/${caseId}`, { kind: 'case', caseId }],
  [
    `/cases/${caseId}/heap/${artifactId}/waste?of=collections&by=holder&filter=List&object=0x1f`,
    { kind: 'waste', ...of, of: 'collections', by: 'holder', filter: 'List', selected: '0x1f' },
  ],
  [
    `/cases/${caseId}/heap/${artifactId}/netty?tab=chunks&of=0x1f&list=q100&chunk=0x2a&buffers=released&object=0x3`,
    {
      kind: 'netty',
      ...of,
      tab: 'chunks',
      of: '0x1f',
      list: 'q100',
      chunk: '0x2a',
      state: 'released',
      selected: '0x3',
    },
  ],
  [`/cases/${caseId}/gc/${artifactId}`, { kind: 'gc', ...of, hidden: [], unit: 'percent' }],
  [
    `/cases/${caseId}/gc/${artifactId}?from=300&to=330.5&hide=S0,CCS&row=310`,
    { kind: 'gc', ...of, from: 300, to: 330.5, hidden: ['S0', 'CCS'], row: 310, overlay: undefined, shift: 0 },
  ],
  [
    `/cases/${caseId}/gc/${artifactId}?part=1&hide=M&unit=bytes&over=bbbbbbbbbbbbbbbbbbbbbb~0&shift=-12.5&finding=leak-trend`,
    {
      kind: 'gc',
      ...of,
      part: 1,
      hidden: ['M'],
      unit: 'bytes',
      overlay: { artifactId: 'b'.repeat(22), part: 0 },
      shift: -12.5,
      finding: 'leak-trend',
    },
  ],
  [
    `/cases/${caseId}/timeline?from=1700000000000&to=1700000060000&hide=E`,
    { kind: 'timeline', caseId, from: 1_700_000_000_000, to: 1_700_000_060_000, hidden: ['E'] },
  ],
  [
    `/cases/${caseId}/class-histograms/${artifactId}?part=2&group=package&sort=instances&order=asc&filter=netty&class=byte[]`,
    {
      kind: 'class-histogram',
      ...of,
      part: 2,
      group: 'package',
      sort: 'instances',
      order: 'asc',
      filter: 'netty',
      selected: 'byte[]',
    },
  ],
  [
    `/cases/${caseId}/class-growth?of=${artifactId}~0,${artifactId}~3&own=mixed&sort=instances-growth`,
    {
      kind: 'class-growth',
      caseId,
      histograms: [
        { artifactId, part: 0 },
        { artifactId, part: 3 },
      ],
      ownFirst: false,
      sort: 'instances-growth',
    },
  ],
  [
    `/cases/${caseId}/class-histograms/${artifactId}/beside/bbbbbbbbbbbbbbbbbbbbbb?sort=dump-bytes`,
    { kind: 'beside-dump', ...of, dump: 'b'.repeat(22), sort: 'dump-bytes' },
  ],
  [`/cases/${caseId}/top/${artifactId}?process=13205`, { kind: 'top', ...of, process: 13_205 }],
  [`/cases/${caseId}/heap/${artifactId}`, { kind: 'overview', ...of }],
  [`/cases/${caseId}/heap/${artifactId}/overview`, { kind: 'overview', ...of }],
  [`/cases/${caseId}/heap/${artifactId}~keep/overview`, { kind: 'overview', caseId, artifactId: `${artifactId}~keep` }],
  [
    `/cases/${caseId}/heap/${artifactId}~mat-keep-r8-h16-a8/dominators?object=0x1`,
    { kind: 'dominators', caseId, artifactId: `${artifactId}~mat-keep-r8-h16-a8`, selected: '0x1' },
  ],
  [
    `/cases/${caseId}/heap/${artifactId}/histogram?sort=objects&order=asc&filter=/Pool.*/&class=0x1f`,
    { kind: 'histogram', ...of, sort: 'objects', order: 'asc', filter: '/Pool.*/', selected: '0x1f' },
  ],
  [
    `/cases/${caseId}/heap/${artifactId}/classes/0x7f00?object=0x1`,
    { kind: 'objects', ...of, classId: '0x7f00', tab: 'objects', filter: '', selected: '0x1' },
  ],
  [
    `/cases/${caseId}/heap/${artifactId}/dominators?object=0x1&open=0x2,0x3~300&shown=200`,
    {
      kind: 'dominators',
      ...of,
      selected: '0x1',
      expanded: [
        { object: '0x2', shown: 100 },
        { object: '0x3', shown: 300 },
      ],
      shown: 200,
    },
  ],
  [
    `/cases/${caseId}/heap/${artifactId}/objects/0x1?tab=incoming&object=0x2`,
    {
      kind: 'object',
      ...of,
      objectId: '0x1',
      tab: 'incoming',
      from: 0,
      encoding: undefined,
      group: undefined,
      selected: '0x2',
    },
  ],
  [
    `/cases/${caseId}/heap/${artifactId}/objects/0x1/paths?exclude=weak,soft&shown=20`,
    {
      kind: 'paths',
      ...of,
      objectId: '0x1',
      exclude: ['weak', 'soft'],
      shown: 20,
      without: [],
      raw: false,
      cut: undefined,
    },
  ],
  [
    `/cases/${caseId}/heap/${artifactId}/objects/0x1/paths?without=a.Cache%23map,b.C&read=raw&cut=0x2~0x3`,
    {
      kind: 'paths',
      ...of,
      without: ['a.Cache#map', 'b.C'],
      raw: true,
      cut: { source: '0x2', target: '0x3' },
      mode: 'list',
    },
  ],
  [
    `/cases/${caseId}/heap-growth?chart=classes&figure=objects&filter=acme`,
    { kind: 'heap-growth', caseId, subject: 'classes', figure: 'objects', filter: 'acme' },
  ],
  [
    `/cases/${caseId}/heap/${artifactId}/objects/0x1/paths?as=graph&exclude=weak&object=0x2`,
    { kind: 'paths', ...of, mode: 'graph', exclude: ['weak'], selected: '0x2' },
  ],
]

test.each(FROZEN)('%s', (link, place) => {
  const { pathname, search } = new URL(link, 'http://localhost')
  expect(parsePlace(pathname, search)).toMatchObject(place)
})
