/** Places of text evidence: what the charts and tables of logs, histograms and top output store in a link. */
import { z } from 'zod'
import { BesideDumpQuery, ClassGroup, ClassGrowthQuery, ClassHistogramQuery } from './class-histograms.ts'
import { EntityId } from './ids.ts'
import { Order } from './page.ts'
import { integer, list, number as decimal, oneOf, optional, text, type Query } from './place-query.ts'
import { PartList, printParts, type PartOf } from './text-parts.ts'

interface OfCase {
  readonly caseId: EntityId
}
interface OfPart extends OfCase {
  readonly artifactId: EntityId
  /** Which log or histogram of the text, from 0. */
  readonly part: number
}

/** A zoom window in the unit of its axis; absent: everything. */
interface Span {
  readonly from: number | undefined
  readonly to: number | undefined
}

const GcUnit = z.enum(['percent', 'bytes'])
/** What the generations are measured in. */
export type GcUnit = z.infer<typeof GcUnit>

export interface GcPlace extends OfPart, Span {
  readonly kind: 'gc'
  /** Series switched off in the legend. */
  readonly hidden: readonly string[]
  /** Selected row, from 1. */
  readonly row: number | undefined
  readonly unit: GcUnit
  /** Another log of the case that is drawn over this one; the axis is then seconds since the first row of each. */
  readonly overlay: PartOf | undefined
  /** How far the other log is moved to the right, in seconds; 0: both begin together. */
  readonly shift: number
  /** Id of the finding whose rows are marked. */
  readonly finding: string | undefined
}

/** All evidence of a case on one axis: milliseconds since 1970. */
export interface TimelinePlace extends OfCase, Span {
  readonly kind: 'timeline'
  readonly hidden: readonly string[]
}

const HistogramColumn = ClassHistogramQuery.shape.sort.unwrap()
const GrowthColumn = ClassGrowthQuery.shape.sort.unwrap()
const BesideColumn = BesideDumpQuery.shape.sort.unwrap()

/** What tables of classes have in common. */
interface ClassTable {
  readonly order: Order
  readonly filter: string
  /** Name of the selected class or package. */
  readonly selected: string | undefined
}

export interface ClassHistogramPlace extends OfPart, ClassTable {
  readonly kind: 'class-histogram'
  readonly group: ClassGroup
  readonly sort: z.infer<typeof HistogramColumn>
}

export interface ClassGrowthPlace extends OfCase, ClassTable {
  readonly kind: 'class-growth'
  /** Empty: all histograms of the case. */
  readonly histograms: readonly PartOf[]
  readonly group: ClassGroup
  readonly sort: z.infer<typeof GrowthColumn>
  /** Rows of the own packages stand first. */
  readonly ownFirst: boolean
}

export interface BesideDumpPlace extends OfPart, ClassTable {
  readonly kind: 'beside-dump'
  readonly dump: EntityId
  readonly sort: z.infer<typeof BesideColumn>
}

export interface TopPlace extends OfCase {
  readonly kind: 'top'
  readonly artifactId: EntityId
  /** Process whose card is shown; absent: the first one of Java. */
  readonly process: number | undefined
}

export type EvidencePlace =
  | GcPlace
  | TimelinePlace
  | ClassHistogramPlace
  | ClassGrowthPlace
  | BesideDumpPlace
  | TopPlace

export function writeEvidence(place: EvidencePlace): { path: string; query: Query } {
  const ofCase = `/cases/${place.caseId}`
  switch (place.kind) {
    case 'gc':
      return {
        path: `${ofCase}/gc/${place.artifactId}`,
        query: [
          ['part', place.part === 0 ? undefined : place.part],
          ['from', place.from],
          ['to', place.to],
          ['hide', place.hidden],
          ['row', place.row],
          ['unit', place.unit === 'percent' ? undefined : place.unit],
          ['over', place.overlay && printParts([place.overlay])],
          ['shift', place.shift === 0 ? undefined : place.shift],
          ['finding', place.finding],
        ],
      }
    case 'timeline':
      return {
        path: `${ofCase}/timeline`,
        query: [
          ['from', place.from],
          ['to', place.to],
          ['hide', place.hidden],
        ],
      }
    case 'class-histogram':
      return {
        path: `${ofCase}/class-histograms/${place.artifactId}`,
        query: [
          ['part', place.part === 0 ? undefined : place.part],
          ['group', place.group === 'class' ? undefined : place.group],
          ...sorting(place, 'bytes'),
        ],
      }
    case 'class-growth':
      return {
        path: `${ofCase}/class-growth`,
        query: [
          ['of', printParts(place.histograms)],
          ['group', place.group === 'class' ? undefined : place.group],
          ['own', place.ownFirst ? undefined : 'mixed'],
          ...sorting(place, 'bytes-growth'),
        ],
      }
    case 'beside-dump':
      return {
        path: `${ofCase}/class-histograms/${place.artifactId}/beside/${place.dump}`,
        query: [['part', place.part === 0 ? undefined : place.part], ...sorting(place, 'bytes-difference')],
      }
    case 'top':
      return { path: `${ofCase}/top/${place.artifactId}`, query: [['process', place.process]] }
  }
}

function sorting({ sort, order, filter, selected }: ClassTable & { sort: string }, usual: string): Query {
  return [
    ['sort', sort === usual ? undefined : sort],
    ['order', order === 'desc' ? undefined : order],
    ['filter', filter],
    ['class', selected],
  ]
}

/** @param rest the parts of the path behind `/cases/:case/:view` */
export function parseEvidence(
  caseId: EntityId,
  view: string,
  rest: readonly string[],
  query: URLSearchParams,
): EvidencePlace | undefined {
  const [artifactWord, subView, dumpWord] = rest
  const path = rest.length
  if (view === 'timeline' && path === 0)
    return { kind: 'timeline', caseId, ...parseSpan(query), hidden: hiddenOf(query) }
  if (view === 'class-growth' && path === 0) return parseGrowth(caseId, query)
  const artifactId = optional(EntityId, artifactWord)
  if (artifactId === undefined) return undefined
  const of = { caseId, artifactId, part: partOf(query) }
  if (view === 'gc' && path === 1) return parseGc(of, query)
  if (view === 'top' && path === 1)
    return { kind: 'top', caseId, artifactId, process: integer(query.get('process'), 0, 2 ** 32) }
  if (view === 'class-histograms' && path === 1) return parseHistogram(of, query)
  const dump = optional(EntityId, dumpWord)
  if (view !== 'class-histograms' || path !== 3 || subView !== 'beside' || dump === undefined) return undefined
  const sort = oneOf(BesideColumn, query.get('sort')) ?? 'bytes-difference'
  return { kind: 'beside-dump', ...of, dump, sort, ...classTableOf(query) }
}

function parseGc(of: OfPart, query: URLSearchParams): GcPlace {
  const [overlay] = partsOf(query.get('over'))
  const isItself = overlay?.artifactId === of.artifactId && overlay.part === of.part
  return {
    kind: 'gc',
    ...of,
    ...parseSpan(query),
    hidden: hiddenOf(query),
    row: integer(query.get('row'), 1, 2 ** 31),
    unit: oneOf(GcUnit, query.get('unit')) ?? 'percent',
    overlay: isItself ? undefined : overlay,
    shift: decimal(query.get('shift')) ?? 0,
    finding: optional(z.string().regex(/^[a-z][a-z-]{0,39}$/), query.get('finding')),
  }
}

function parseHistogram(of: OfPart, query: URLSearchParams): ClassHistogramPlace {
  return {
    kind: 'class-histogram',
    ...of,
    group: oneOf(ClassGroup, query.get('group')) ?? 'class',
    sort: oneOf(HistogramColumn, query.get('sort')) ?? 'bytes',
    ...classTableOf(query),
  }
}

function parseGrowth(caseId: EntityId, query: URLSearchParams): ClassGrowthPlace {
  return {
    kind: 'class-growth',
    caseId,
    histograms: partsOf(query.get('of')),
    group: oneOf(ClassGroup, query.get('group')) ?? 'class',
    ownFirst: query.get('own') !== 'mixed',
    sort: oneOf(GrowthColumn, query.get('sort')) ?? 'bytes-growth',
    ...classTableOf(query),
  }
}

function classTableOf(query: URLSearchParams): ClassTable {
  const selected = text(query.get('class'), 500)
  return {
    order: oneOf(Order, query.get('order')) ?? 'desc',
    filter: text(query.get('filter'), 200),
    selected: selected === '' ? undefined : selected,
  }
}

/** A window that ends before it begins is none. */
function parseSpan(query: URLSearchParams): Span {
  const from = decimal(query.get('from'))
  const to = decimal(query.get('to'))
  const ordered = from === undefined || to === undefined || from < to
  return ordered ? { from, to } : { from: undefined, to: undefined }
}

function hiddenOf(query: URLSearchParams): readonly string[] {
  return list(query.get('hide'), (name) => (/^[A-Za-z0-9]{1,12}$/.test(name) ? name : undefined))
}

function partOf(query: URLSearchParams): number {
  return integer(query.get('part'), 0, 100_000) ?? 0
}

function partsOf(value: string | null): readonly PartOf[] {
  const parts = PartList.safeParse(value ?? '')
  return parts.success ? parts.data : []
}
