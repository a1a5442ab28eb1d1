import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printPlace, parsePlace, type Place } from './place.ts'
import { WHOLE_TREE } from './place-dominators.ts'
import { ALL_CLASSES, HISTOGRAM_COLUMNS } from './place-histogram.ts'

const caseId = 'c'.repeat(22)
const artifactId = 'a'.repeat(22)
const of = { caseId, artifactId }

function reparse(url: string) {
  const { pathname, search } = new URL(url, 'http://localhost')
  return parsePlace(pathname, search)
}

const objectId = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((id) => `0x${id.toString(16)}`)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const seconds = fc.integer({ min: 0, max: 1e9 }).map((ms) => ms / 1000)
const constants = <K extends string>(kind: K) => ({
  kind: fc.constant(kind),
  caseId: fc.constant(caseId),
  artifactId: fc.constant(artifactId),
})

/** Class names of the JVM hold about everything. */
const classTable = {
  order: fc.constantFrom('asc', 'desc'),
  filter: fc.string({ unit: 'grapheme', maxLength: 20 }),
  selected: maybe(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })),
} as const

const place: fc.Arbitrary<Place> = fc.oneof(
  fc.constant<Place>({ kind: 'home' }),
  fc.record({ kind: fc.constant('home'), filter: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }) }),
  fc.constant<Place>({ kind: 'case', caseId }),
  fc.record({
    kind: fc.constant('heap-growth'),
    caseId: fc.constant(caseId),
    subject: maybe(fc.constantFrom('suspects', 'classes')),
    figure: fc.constantFrom('retained', 'objects'),
    filter: fc.string({ unit: 'grapheme', maxLength: 20 }),
  }),
  fc.record({
    ...constants('netty'),
    tab: fc.constantFrom('pools', 'chunks', 'buffers', 'connections'),
    of: maybe(objectId),
    list: maybe(fc.constantFrom('qInit', 'q000', 'q100')),
    chunk: maybe(objectId),
    state: fc.constantFrom('alive', 'released'),
    selected: maybe(objectId),
  }),
  fc.constant<Place>({ kind: 'overview', ...of }),
  fc.record({
    ...constants('owners'),
    classId: objectId,
    by: fc.constantFrom('owner', 'direct'),
    filter: fc.string({ unit: 'grapheme', maxLength: 20 }),
    selected: maybe(objectId),
  }),
  fc.record({
    ...constants('waste'),
    of: fc.constantFrom('strings', 'collections', 'arrays'),
    by: fc.constantFrom('what', 'holder'),
    filter: fc.string({ unit: 'grapheme', maxLength: 20 }),
    selected: maybe(objectId),
  }),
  fc.constant<Place>({ kind: 'overview', caseId, artifactId: `${artifactId}~mat-keep-r8-h16-a16` }),
  fc
    .record({
      ...constants('gc'),
      from: maybe(seconds),
      to: maybe(seconds),
      hidden: fc.uniqueArray(fc.constantFrom('S0', 'S1', 'E', 'O', 'M', 'CCS', 'P')),
      row: maybe(fc.integer({ min: 1, max: 2 ** 31 })),
      part: fc.constantFrom(0, 1, 99_999),
      unit: fc.constantFrom('percent', 'bytes'),
      overlay: maybe(fc.record({ artifactId: fc.constant('b'.repeat(22)), part: fc.nat(1000) })),
      finding: maybe(fc.constantFrom('heap-exhausted', 'leak-trend')),
      shift: fc.integer({ min: -1e9, max: 1e9 }).map((ms) => ms / 1000),
    })
    .filter(({ from, to }) => from === undefined || to === undefined || from < to),
  fc
    .record({
      kind: fc.constant('timeline'),
      caseId: fc.constant(caseId),
      from: maybe(fc.integer({ min: 0, max: 2 ** 42 })),
      to: maybe(fc.integer({ min: 0, max: 2 ** 42 })),
      hidden: fc.uniqueArray(fc.constantFrom('O', 'E', 'RES')),
    })
    .filter(({ from, to }) => from === undefined || to === undefined || from < to),
  fc.record({
    ...constants('class-histogram'),
    part: fc.nat(100_000),
    group: fc.constantFrom('class', 'package'),
    sort: fc.constantFrom('name', 'instances', 'bytes'),
    ...classTable,
  }),
  fc.record({
    kind: fc.constant('class-growth'),
    caseId: fc.constant(caseId),
    histograms: fc.array(fc.record({ artifactId: fc.constant(artifactId), part: fc.nat(9) }), { maxLength: 3 }),
    group: fc.constantFrom('class', 'package'),
    ownFirst: fc.boolean(),
    sort: fc.constantFrom('name', 'instances', 'bytes', 'instances-growth', 'bytes-growth'),
    ...classTable,
  }),
  fc.record({
    ...constants('beside-dump'),
    part: fc.nat(9),
    dump: fc.constant('d'.repeat(22)),
    sort: fc.constantFrom('name', 'text-bytes', 'dump-instances', 'bytes-difference'),
    ...classTable,
  }),
  fc.record({ ...constants('top'), process: maybe(fc.nat(4_000_000)) }),
  fc.record({
    ...constants('threads'),
    sort: fc.constantFrom('name', 'state', 'frames', 'locals', 'shallow', 'retained'),
    order: fc.constantFrom('asc', 'desc'),
    filter: fc.string({ unit: 'grapheme', maxLength: 20 }),
    thread: fc.constantFrom('0x10', '0x20'),
    locals: fc.boolean(),
    selected: objectId,
  }),
  fc.record({
    ...constants('roots'),
    open: fc.uniqueArray(fc.constantFrom('system-class', 'java-local-of-threads', 'jni-global~0x7f'), { maxLength: 3 }),
    selected: maybe(objectId),
  }),
  fc.record({
    ...constants('loaders'),
    shape: fc.constantFrom('tree', 'list', 'duplicates'),
    sort: fc.constantFrom('name', 'classes', 'duplicates', 'instances', 'shallow', 'retained'),
    order: fc.constantFrom('asc', 'desc'),
    filter: fc.string({ unit: 'grapheme', maxLength: 20 }),
    closed: fc.uniqueArray(objectId, { maxLength: 3 }),
    open: fc.uniqueArray(objectId, { maxLength: 3 }),
    loader: fc.constantFrom('0x0', '0x10'),
    selected: objectId,
  }),
  fc.record({
    ...constants('properties'),
    filter: fc.string({ unit: 'grapheme', maxLength: 20 }),
    selected: maybe(objectId),
  }),
  fc.record({
    ...constants('unreachable'),
    sort: fc.constantFrom('class', 'objects', 'shallow'),
    order: fc.constantFrom('asc', 'desc'),
    filter: fc.string({ unit: 'grapheme', maxLength: 20 }),
    open: fc.uniqueArray(objectId, { maxLength: 3 }),
    selected: maybe(objectId),
  }),
  fc.record({
    ...constants('histogram'),
    sort: fc.constantFrom('class', 'objects', 'shallow', 'retained'),
    order: fc.constantFrom('asc', 'desc'),
    group: fc.constantFrom(undefined, 'package', 'loader', 'superclass'),
    filter: fc.string({ unit: 'grapheme', maxLength: 20 }),
    objects: fc.constantFrom('', '> 1,000'),
    shallow: fc.constantFrom('', '!1 KB..2 KB'),
    retained: fc.string({ unit: 'grapheme', maxLength: 15 }),
    open: fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 15 }), { maxLength: 4 }),
    columns: fc.subarray([...HISTOGRAM_COLUMNS]),
    selected: maybe(objectId),
    also: fc.uniqueArray(objectId, { maxLength: 5 }),
  }),
  fc.record({
    ...constants('objects'),
    classId: objectId,
    tab: fc.constantFrom('objects', 'subclasses'),
    filter: fc.string({ unit: 'grapheme', maxLength: 20 }),
    selected: maybe(objectId),
  }),
  fc.record({
    ...constants('dominators'),
    mode: fc.constantFrom('tree', 'icicle', 'treemap'),
    group: fc.constantFrom(undefined, 'class', 'package', 'loader'),
    filter: fc.string({ unit: 'grapheme', maxLength: 20 }),
    root: maybe(objectId),
    openGroups: fc.uniqueArray(
      fc.record({
        key: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
        shown: fc.constantFrom(1, 100, 300),
      }),
      { selector: ({ key }) => key, maxLength: 4 },
    ),
    selected: maybe(objectId),
    expanded: fc.uniqueArray(fc.record({ object: objectId, shown: fc.constantFrom(1, 100, 200, 1_000_000) }), {
      selector: (expansion) => expansion.object,
    }),
    shown: fc.constantFrom(100, 300),
  }),
  fc.record({
    ...constants('object'),
    objectId,
    tab: fc.constantFrom('fields', 'contents', 'text', 'hex', 'outgoing', 'incoming', 'retained'),
    from: fc.nat(2 ** 31),
    encoding: fc.constantFrom(undefined, 'utf-8', 'latin-1', 'utf-16le'),
    group: fc.oneof(
      fc.constantFrom(undefined, 'none', '0x7f00~next'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    ),
    selected: maybe(objectId),
  }),
  fc.record({
    ...constants('paths'),
    objectId,
    mode: fc.constantFrom('list', 'graph'),
    exclude: fc.subarray(['weak', 'soft', 'phantom', 'finalizer'] as const).map((names) => [...names]),
    without: fc
      .subarray(['com.acme.Cache#entries', 'a.B$C', 'x.L$$Lambda/0x7f#f', '日.本[]'])
      .map((names) => [...names]),
    raw: fc.boolean(),
    shown: fc.constantFrom(10, 20, 10_000),
    cut: maybe(fc.record({ source: objectId, target: objectId })),
    selected: maybe(objectId),
  }),
)

describe('places', () => {
  test('a printed place parses to the same place', () => {
    fc.assert(
      fc.property(place, (original) => {
        expect(reparse(printPlace(original))).toEqual(original)
      }),
      { numRuns: 2000 },
    )
  })

  test('defaults are absent, keys stand in a fixed order', () => {
    expect(printPlace({ ...ALL_CLASSES, ...of })).toBe(`/cases/${caseId}/heap/${artifactId}/histogram`)
    const expanded = [
      { object: '0x2', shown: 100 },
      { object: '0x3', shown: 300 },
    ]
    expect(printPlace({ ...WHOLE_TREE, ...of, selected: '0x1', expanded })).toBe(
      `/cases/${caseId}/heap/${artifactId}/dominators?object=0x1&open=0x2,0x3~300`,
    )
  })

  test.each([
    ['/cases', ''],
    ['/cases/short', ''],
    [`/cases/${caseId}/heap`, ''],
    [`/cases/${caseId}/heap/${artifactId}/objects/0xZZ`, ''],
    [`/cases/${caseId}/heap/${artifactId}/objects/0x1/paths/more`, ''],
    [`/cases/${caseId}/../../etc/passwd`, ''],
    ['/<script>alert(1)</script>', ''],
  ])('%s names no place', (path, search) => {
    expect(parsePlace(path, search)).toEqual({ kind: 'no-place', path })
  })

  test('options that make no sense fall back to their defaults, the others stay', () => {
    const path = `/cases/${caseId}/heap/${artifactId}/histogram`
    expect(parsePlace(path, '?sort=nonsense&order=asc&filter=%E0%A4%A&class=17&unknown=1')).toMatchObject({
      sort: 'retained',
      order: 'asc',
      selected: undefined,
    })
    expect(parsePlace(`/cases/${caseId}/gc/${artifactId}`, '?from=9&to=2&hide=E,%3Cb%3E&row=-1')).toEqual({
      kind: 'gc',
      ...of,
      from: undefined,
      to: undefined,
      hidden: ['E'],
      row: undefined,
      unit: 'percent',
      part: 0,
      overlay: undefined,
      shift: 0,
      finding: undefined,
    })
  })

  test('hostile URLs never throw', { timeout: 30_000 }, () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(`/cases/${caseId}/heap/${artifactId}/dominators`, `/cases/${caseId}/gc/${artifactId}`),
    )
    fc.assert(
      fc.property(hostile, fc.string({ unit: 'binary' }), (path, search) => {
        parsePlace(path, search)
      }),
      { numRuns: 400 },
    )
  })
})
