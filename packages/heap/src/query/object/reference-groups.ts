/**
 * References of an object to many others, or from many, in groups: by the class at the other end and the field.
 * A group says how many there are; its members come in pages, those that retain most first.
 */
import { type EdgeBudget, edgeBudget, edgeNames } from '../edge-names.ts'
import { type Heap, indexOfObject, printId } from '../heap.ts'
import type {
  EdgeName,
  ObjectId,
  Page,
  ReferenceDirection,
  ReferenceGroup,
  ReferenceGroups,
  ReferenceRow,
  Window,
} from '../messages.ts'
import { objectRow } from './object-row.ts'
import { QueryError } from '../query-error.ts'
import { readInstance, referenceIn } from '../record.ts'
import { reading } from '../reading.ts'

/** References that are grouped; an object that has more says so. */
const MOST_GROUPED = 2_000_000
/** Instances whose fields are read to tell by which they refer. */
const MOST_NAMED = 300_000
const PAGE = 8192
const ELEMENT: EdgeName = { kind: 'element', name: '[…]' }
const CLASS: EdgeName = { kind: 'class', name: '<class>' }

interface Group {
  readonly id: string
  readonly classNumber: number
  readonly edges: EdgeName[]
  readonly members: number[]
  sorted: boolean
}

interface Grouped {
  readonly key: string
  readonly total: number
  readonly groups: ReadonlyMap<string, Group>
}

/** What was grouped last: its members are asked for next. */
const lastGrouped = new WeakMap<Heap, Grouped>()

export function referenceGroups(heap: Heap, id: ObjectId, direction: ReferenceDirection): ReferenceGroups {
  const { total, groups } = groupedOf(heap, id, direction)
  const rows = [...groups.values()].map((group): ReferenceGroup => {
    const type = heap.classes[group.classNumber]
    return {
      id: group.id,
      classId: printId(type.id),
      className: type.name,
      edges: group.edges,
      objects: group.members.length,
      shallow: group.members.reduce((sum, index) => sum + heap.snapshot.shallowSize(index), 0),
      largest: objectRow(heap, largestOf(heap, group)),
    }
  })
  return {
    total,
    grouped: Math.min(total, MOST_GROUPED),
    groups: rows.toSorted((a, b) => b.objects - a.objects || b.largest.retained - a.largest.retained),
  }
}

/** @throws QueryError when there is no such group. */
export function referencesOfGroup(
  heap: Heap,
  id: ObjectId,
  query: Window & { readonly direction: ReferenceDirection; readonly group: string },
): Page<ReferenceRow> {
  const index = indexOfObject(heap, id)
  const group = groupedOf(heap, id, query.direction).groups.get(query.group)
  if (group === undefined) throw new QueryError('bad-request', 'This object has no such group of references.')
  sortByRetained(heap, group)
  const members = group.members.slice(query.offset, query.offset + query.limit)
  const budget = edgeBudget()
  const names =
    query.direction === 'outgoing'
      ? edgeNames(heap, index, members, budget)
      : members.map((source) => edgeNames(heap, source, [index], budget)[0])
  const rows = members.map((member, row) => ({ edges: names[row], object: objectRow(heap, member) }))
  return { total: group.members.length, offset: query.offset, rows }
}

function groupedOf(heap: Heap, id: ObjectId, direction: ReferenceDirection): Grouped {
  const key = `${direction} ${id}`
  const last = lastGrouped.get(heap)
  if (last?.key === key) return last
  const index = indexOfObject(heap, id)
  const grouped = {
    key,
    total: direction === 'outgoing' ? heap.snapshot.outgoingCount(index) : heap.snapshot.incomingCount(index),
    groups: direction === 'outgoing' ? groupTargets(heap, index) : groupSources(heap, index),
  }
  lastGrouped.set(heap, grouped)
  return grouped
}

function groupTargets(heap: Heap, index: number): Map<string, Group> {
  const groups = new Map<string, Group>()
  const type = heap.classes[heap.snapshot.classOf(index)]
  const isArray = heap.snapshot.classNumberOfObject(index) < 0 && type.kind === 'object-array'
  const budget = edgeBudget()
  for (const targets of pages((offset) => heap.snapshot.outgoing(index, offset, PAGE))) {
    const names = isArray ? undefined : edgeNames(heap, index, targets, budget)
    for (const [row, target] of targets.entries())
      add(heap, groups, target, names?.[row].map(withoutIndex) ?? [target === type.index ? CLASS : ELEMENT])
  }
  return groups
}

function groupSources(heap: Heap, index: number): Map<string, Group> {
  const groups = new Map<string, Group>()
  const naming = { left: MOST_NAMED, budget: edgeBudget() }
  for (const sources of pages((offset) => heap.snapshot.incoming(index, offset, PAGE)))
    for (const source of sources) add(heap, groups, source, edgesFrom(heap, source, index, naming))
  return groups
}

function* pages(read: (offset: number) => Uint32Array): Generator<Uint32Array> {
  for (let offset = 0; offset < MOST_GROUPED; offset += PAGE) {
    const page = read(offset)
    yield page.subarray(0, MOST_GROUPED - offset)
    if (page.length < PAGE) return
  }
}

interface Naming {
  left: number
  readonly budget: EdgeBudget
}

/** By which fields; nothing when too many were read already, or contents are missing. */
function edgesFrom(heap: Heap, source: number, target: number, naming: Naming): EdgeName[] {
  const type = heap.classes[heap.snapshot.classOf(source)]
  if (heap.snapshot.classNumberOfObject(source) >= 0 || heap.snapshot.threadOfObject(source) >= 0)
    return edgeNames(heap, source, [target], naming.budget)[0].map(withoutIndex)
  const isClass = type.index === target
  if (type.kind !== 'instance') return [isClass ? CLASS : ELEMENT]
  const fields = heap.facts.fieldsOf(type.number)
  if (isClass && !fields.some((field) => field.type === 2)) return [CLASS]
  if (naming.left-- <= 0) return isClass ? [CLASS] : []
  const id = heap.snapshot.idOf(target)
  const record = reading(() => readInstance(heap, source), undefined)
  const edges: EdgeName[] = []
  for (const field of record?.fields ?? [])
    if (field.type === 2 && record !== undefined && referenceIn(heap, record, field) === id)
      edges.push({ kind: 'field', name: field.name })
  return isClass ? [...edges, CLASS] : edges
}

function withoutIndex(edge: EdgeName): EdgeName {
  return edge.kind === 'element' ? ELEMENT : edge
}

function add(heap: Heap, groups: Map<string, Group>, member: number, edges: readonly EdgeName[]): void {
  const names = new Map(edges.map((edge) => [`${edge.kind} ${edge.name}`, edge]))
  const classNumber = heap.snapshot.classOf(member)
  const id = `${printId(heap.classes[classNumber].id)}~${Array.from(names.values(), ({ name }) => name).join(',')}`
  const group = groups.get(id) ?? { id, classNumber, edges: [...names.values()], members: [], sorted: false }
  groups.set(id, group)
  group.members.push(member)
}

function largestOf(heap: Heap, { members }: Group): number {
  let [largest] = members
  let most = -1
  for (const member of members) {
    const retained = heap.snapshot.retainedSize(member)
    if (retained > most) [largest, most] = [member, retained]
  }
  return largest
}

function sortByRetained(heap: Heap, group: Group): void {
  if (group.sorted) return
  const retained = new Map(group.members.map((member) => [member, heap.snapshot.retainedSize(member)]))
  group.members.sort((a, b) => (retained.get(b) ?? 0) - (retained.get(a) ?? 0) || a - b)
  group.sorted = true
}
