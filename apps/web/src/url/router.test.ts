import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { createMemoryHistory } from '@tanstack/react-router'
import type { Place } from '@heaptrail/api/place'
import { WHOLE_TREE } from '@heaptrail/api/place-dominators'
import { USUAL_COLUMNS } from '@heaptrail/api/place-histogram'
import { createPlaceRouter } from './router.ts'
import { LONGEST_URL, locate, storedViewUrl, urlOf } from './place-url.ts'

const of = { caseId: 'c'.repeat(22), artifactId: 'a'.repeat(22) }
const objectId = fc.integer({ min: 0, max: 2 ** 40 }).map((n) => `0x${n.toString(16)}`)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const constants = <K extends string>(kind: K) => ({
  kind: fc.constant(kind),
  caseId: fc.constant(of.caseId),
  artifactId: fc.constant(of.artifactId),
})

const place: fc.Arbitrary<Place> = fc.oneof(
  fc.constant<Place>({ kind: 'home' }),
  fc.constant<Place>({ kind: 'case', caseId: of.caseId }),
  fc.record({
    ...constants('histogram'),
    sort: fc.constantFrom('class', 'retained'),
    order: fc.constantFrom('asc', 'desc'),
    group: fc.constantFrom(undefined, 'package'),
    objects: fc.constantFrom('', '> 1,000'),
    shallow: fc.constantFrom('', '! > 5 %'),
    retained: fc.constant(''),
    open: fc.uniqueArray(fc.constantFrom('a,b.', '.', 'java.lang.')),
    columns: fc.constant(USUAL_COLUMNS),
    filter: fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom('/a+b?c=d&e#f/', '%41', 'a b+c', '100%'),
    ),
    selected: maybe(objectId),
    also: fc.uniqueArray(objectId),
  }),
  fc.record({
    ...constants('dominators'),
    mode: fc.constantFrom('tree', 'treemap'),
    group: fc.constantFrom(undefined, 'package'),
    filter: fc.string({ unit: 'grapheme', maxLength: 20 }),
    root: maybe(objectId),
    openGroups: fc.uniqueArray(
      fc.record({ key: fc.constantFrom('a,b', 'c~1', '100%2C', 'java.lang'), shown: fc.constant(100) }),
      { selector: ({ key }) => key },
    ),
    selected: maybe(objectId),
    expanded: fc.uniqueArray(fc.record({ object: objectId, shown: fc.constantFrom(100, 300) }), {
      selector: (expansion) => expansion.object,
    }),
    shown: fc.constantFrom(100, 500),
  }),
)

async function throughTheRouter(url: string, longPlace?: string) {
  const history = createMemoryHistory({ initialEntries: ['/'] })
  const router = createPlaceRouter(() => undefined, history)
  history.push(url, longPlace === undefined ? {} : { longPlace })
  await router.load()
  const { pathname, searchStr } = router.state.location
  return locate({ pathname, search: searchStr, longPlace })
}

describe('a place in the address bar', () => {
  test('comes back from the router as it was', async () => {
    await fc.assert(
      fc.asyncProperty(place, async (original) => {
        const { href, longPlace } = urlOf(original)
        expect(await throughTheRouter(href, longPlace)).toEqual({ kind: 'place', place: original })
      }),
      { numRuns: 300 },
    )
  })

  test('is stored on the server when it is long', async () => {
    const expanded = Array.from({ length: 400 }, (_, index) => ({
      object: `0x${(index + 4096).toString(16)}`,
      shown: 100,
    }))
    const long: Place = { ...WHOLE_TREE, ...of, expanded }
    const { href, longPlace = '' } = urlOf(long)
    expect(href.length).toBeLessThan(LONGEST_URL)
    expect(longPlace.length).toBeGreaterThan(LONGEST_URL)
    const viewId = 'v'.repeat(43)
    expect(await throughTheRouter(storedViewUrl(longPlace, viewId))).toEqual({ kind: 'stored', viewId })
  })

  test('that is none is said to be none, without an exception', async () => {
    for (const url of ['/nonsense', '/cases/x', '/%E0%A4%A', '/cases/../../etc', '/a?view=short']) {
      expect(await throughTheRouter(url)).toMatchObject({ kind: 'place', place: { kind: 'no-place' } })
    }
  })
})
