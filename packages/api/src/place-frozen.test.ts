/** Links that people have sent: they open the same view in every later version. Lines are only ever added here. */
import { expect, test } from 'vitest'
import { parsePlace, type Place } from './place.ts'

const caseId = 'c'.repeat(22)
const artifactId = 'a'.repeat(22)
const of = { caseId, artifactId }

const FROZEN: readonly (readonly [link: string, place: Partial<Place>])[] = [
  ['/', { kind: 'home' }],
  [`/cases/${caseId}`, { kind: 'case', caseId }],
  [`/cases/${caseId}/gc/${artifactId}`, { kind: 'gc', ...of, hidden: [], unit: 'percent' }],
  [
    `/cases/${caseId}/gc/${artifactId}?from=300&to=330.5&hide=S0,CCS&row=310`,
    { kind: 'gc', ...of, from: 300, to: 330.5, hidden: ['S0', 'CCS'], row: 310, overlay: undefined, shift: 0 },
  ],
  [`/cases/${caseId}/heap/${artifactId}`, { kind: 'overview', ...of }],
  [`/cases/${caseId}/heap/${artifactId}/overview`, { kind: 'overview', ...of }],
  [
    `/cases/${caseId}/heap/${artifactId}/histogram?sort=objects&order=asc&filter=/Pool.*/&class=0x1f`,
    { kind: 'histogram', ...of, sort: 'objects', order: 'asc', filter: '/Pool.*/', selected: '0x1f' },
  ],
  [
    `/cases/${caseId}/heap/${artifactId}/classes/0x7f00?object=0x1`,
    { kind: 'objects', ...of, classId: '0x7f00', selected: '0x1' },
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
    { kind: 'object', ...of, objectId: '0x1', tab: 'incoming', selected: '0x2' },
  ],
  [
    `/cases/${caseId}/heap/${artifactId}/objects/0x1/paths?exclude=weak,soft&shown=20`,
    { kind: 'paths', ...of, objectId: '0x1', exclude: ['weak', 'soft'], shown: 20 },
  ],
]

test.each(FROZEN)('%s', (link, place) => {
  const { pathname, search } = new URL(link, 'http://localhost')
  expect(parsePlace(pathname, search)).toMatchObject(place)
})
