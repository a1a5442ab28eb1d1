/** Which fields hold the objects of groups, put together over all groups of a class of owners. */
import type { Heap } from '../heap.ts'
import type { HolderColumns } from '../owners/holder-columns.ts'
import type { OwnedGroup } from '../owners/owned-groups.ts'
import { type FieldReader, type OwnedByField, fieldKey } from '../owners/owner-fields.ts'
import { ownerClass } from '../owners/owners.ts'
import type { WasteHolder } from './messages.ts'

export interface HeldByField extends OwnedByField {
  /** Number of the owners' class, see HolderColumns. */
  readonly holder: number
}

/** By bytes, the most first. */
export function heldByFields(groups: readonly OwnedGroup[], reader: FieldReader): readonly HeldByField[] {
  const rows = new Map<string, HeldByField>()
  for (const group of groups.toSorted((a, b) => b.bytes - a.bytes))
    for (const field of reader.fieldsOf(group)) {
      const key = `${group.holder} ${fieldKey(field.field)}`
      const row = rows.get(key)
      rows.set(key, row === undefined ? { ...field, holder: group.holder } : sumOf(row, field))
    }
  return [...rows.values()].toSorted((a, b) => b.bytes - a.bytes || b.objects - a.objects)
}

function sumOf(row: HeldByField, added: OwnedByField): HeldByField {
  const { largest, largestBytes } = added.largestBytes > row.largestBytes ? added : row
  return {
    ...row,
    objects: row.objects + added.objects,
    bytes: row.bytes + added.bytes,
    shared: row.shared + added.shared,
    estimated: row.estimated || added.estimated,
    largest,
    largestBytes,
  }
}

export function wasteHolder(heap: Heap, columns: HolderColumns, { holder, field }: HeldByField): WasteHolder {
  return { holder: ownerClass(heap, columns, holder), field }
}

/** What a filter looks at. */
export function nameOfHolder({ holder, field }: WasteHolder): string {
  return [holder?.className ?? '', ...(field === null ? [] : [field.name])].join('#')
}
