/**
 * Who owns the objects of a class of which everybody has some: byte[], char[], strings. The owner of an object is found
 * on the shortest path from it to a GC root: the first object on that way that is no array, string, builder, box, buffer
 * or part of a collection (carriers.ts), with the field through which it holds them. Where that path's first step is not
 * the immediate dominator, the object can be reached past it as well, and is counted as shared too.
 */
import { NO_OBJECT, VIRTUAL_ROOT } from '../../snapshot/snapshot.ts'
import { type Heap, printId } from '../heap.ts'
import { nameFilter } from '../name-filter.ts'
import { QueryError } from '../query-error.ts'
import { remembered } from '../remembered.ts'
import { type HolderColumns, holderColumns } from './holder-columns.ts'
import type { OwnerRow, Owners, OwnersBy, OwnersQuery } from './messages.ts'
import { type OwnedGroup, ownedGroups } from './owned-groups.ts'
import { type OwnedByField, fieldKey, fieldReader } from './owner-fields.ts'

type Known = Omit<Owners, 'offset' | 'total'>

/** Answers that a heap remembers: going from one class to the next and back is common. */
const MOST_KNOWN = 8
const knownOf = remembered(() => new Map<string, Known>())

/** By bytes, the most first. @throws QueryError when there is no such class, or the filter cannot be read */
export function owners(heap: Heap, { classId, by, filter, offset, limit }: OwnersQuery): Owners {
  const matches = nameFilter(filter)
  const answers = knownOf(heap)
  const key = `${by} ${classId}`
  const known = answers.get(key) ?? compute(heap, classId, by)
  answers.delete(key)
  answers.set(key, known)
  for (const oldest of [...answers.keys()].slice(0, -MOST_KNOWN)) answers.delete(oldest)
  const rows = filter === '' ? known.rows : known.rows.filter((row) => matches(nameOf(row)))
  return { ...known, total: rows.length, offset, rows: rows.slice(offset, offset + limit) }
}

function nameOf({ holder, field }: OwnerRow): string {
  return [holder?.className ?? '', ...(field === null ? [] : [field.name])].join('#')
}

function compute(heap: Heap, classId: string, by: OwnersBy): Known {
  const type = heap.classes.find(({ id }) => printId(id) === classId)
  if (type === undefined) throw new QueryError('class-not-found', `There is no class ${classId} in this dump.`)
  const measure = heap.facts.kindOf(type.number) === 'string' ? 'retained' : 'shallow'
  const columns = holderColumns(heap, by)
  const bytes = measure === 'retained' ? type.retainedMin : type.shallow
  const groups = ownedGroups(heap, { classNumber: type.number, measure, bytes }, columns)
  const rows = rowsOf(heap, columns, groups, measure)
  return {
    className: type.name,
    measure,
    rows: rows.toSorted((a, b) => b.bytes - a.bytes || b.objects - a.objects || compare(nameOf(a), nameOf(b))),
    sums: {
      objects: rows.reduce((sum, row) => sum + row.objects, 0),
      bytes: rows.reduce((sum, row) => sum + row.bytes, 0),
    },
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Fields of one class, from all groups of it. */
interface Merged {
  readonly holder: number
  readonly field: OwnedByField
  throughBytes: number
  readonly through: OwnerRow['through']
}

function rowsOf(
  heap: Heap,
  columns: HolderColumns,
  groups: readonly OwnedGroup[],
  measure: 'shallow' | 'retained',
): OwnerRow[] {
  const { snapshot } = heap
  const sizeOf = (index: number) =>
    measure === 'retained' ? snapshot.retainedSize(index) : snapshot.shallowSize(index)
  const reader = fieldReader(heap, columns, sizeOf)
  const rows = new Map<string, Merged>()
  for (const group of groups.toSorted((a, b) => b.bytes - a.bytes)) {
    for (const field of reader.fieldsOf(group)) {
      const key = `${group.holder} ${fieldKey(field.field)}`
      const row = rows.get(key)
      if (row === undefined) {
        const through = throughOf(heap, columns, field.largest, reader.edge)
        rows.set(key, { holder: group.holder, field: { ...field }, throughBytes: field.bytes, through })
      } else
        rows.set(
          key,
          merged(row, field, () => throughOf(heap, columns, field.largest, reader.edge)),
        )
    }
  }
  return [...rows.values()].map((row) => printed(heap, columns, row))
}

function merged(row: Merged, added: OwnedByField, through: () => OwnerRow['through']): Merged {
  const { field } = row
  const isMore = added.bytes > row.throughBytes
  const largest = added.largestBytes > field.largestBytes ? added : field
  return {
    ...row,
    ...(isMore ? { throughBytes: added.bytes, through: through() } : {}),
    field: {
      field: field.field,
      objects: field.objects + added.objects,
      bytes: field.bytes + added.bytes,
      shared: field.shared + added.shared,
      estimated: field.estimated || added.estimated,
      largest: largest.largest,
      largestBytes: largest.largestBytes,
    },
  }
}

/** Null where the owner refers to the object itself. */
function throughOf(
  heap: Heap,
  columns: HolderColumns,
  index: number,
  edge: ReturnType<typeof fieldReader>['edge'],
): OwnerRow['through'] {
  if (columns.outermost(index) === index) return null
  const direct = columns.parentOf(index)
  return { className: classNameOf(heap, columns, columns.numberOf(direct)), field: edge(direct, index)?.name ?? null }
}

function classNameOf(heap: Heap, { classes }: HolderColumns, number: number): string {
  return heap.classes[number % classes].name
}

/** @param holder number of an owner, see HolderColumns */
export function ownerClass(heap: Heap, columns: HolderColumns, holder: number): OwnerRow['holder'] {
  if (holder === columns.rootNumber) return null
  const type = heap.classes[holder % columns.classes]
  return { classId: printId(type.id), className: type.name, own: heap.ownCode.isOwn(type.number) }
}

function printed(heap: Heap, columns: HolderColumns, { holder, field, through }: Merged): OwnerRow {
  const { snapshot } = heap
  const owner = columns.parentOf(columns.outermost(field.largest))
  const { objects, bytes, shared, estimated } = field
  return {
    holder: ownerClass(heap, columns, holder),
    field: field.field,
    through,
    objects,
    bytes,
    shared,
    estimated,
    largest: printId(snapshot.idOf(field.largest)),
    largestHolder: owner === VIRTUAL_ROOT || owner === NO_OBJECT ? null : printId(snapshot.idOf(owner)),
  }
}
