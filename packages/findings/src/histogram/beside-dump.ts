/** A text histogram beside the classes of a heap dump. */
import type { BesideDumpQuery, BesideDumpRow } from '@heaptrail/api/class-histograms'
import type { Page } from '@heaptrail/api/page'
import type { ClassHistogram } from '@heaptrail/jvm-text/histogram/histogram'
import { compareNames, isOwnClass, nameFilter } from './class-names.ts'

/** Classes of a dump; row → figure. */
export interface DumpClasses {
  readonly names: readonly string[]
  readonly classIds: readonly string[]
  readonly instances: readonly number[]
  readonly bytes: readonly number[]
  readonly retained: readonly number[]
}

export function besideDump(
  histogram: ClassHistogram,
  dump: DumpClasses,
  query: BesideDumpQuery,
): Page<BesideDumpRow> & { readonly dump: { readonly instances: number; readonly bytes: number } } {
  const matches = nameFilter(query.filter)
  const rows = joined(histogram, dump)
    .filter(({ name }) => matches(name))
    .sort(comparator(query))
  return {
    total: rows.length,
    offset: query.offset,
    rows: rows.slice(query.offset, query.offset + query.limit),
    dump: { instances: sumOf(dump.instances), bytes: sumOf(dump.bytes) },
  }
}

type Sides = Pick<BesideDumpRow, 'text' | 'dump'>

function joined({ names, instances, bytes }: ClassHistogram, dump: DumpClasses): BesideDumpRow[] {
  const byName = new Map<string, Sides>()
  names.forEach((name, row) => {
    const before = byName.get(name)?.text
    const text = { instances: (before?.instances ?? 0) + instances[row]!, bytes: (before?.bytes ?? 0) + bytes[row]! }
    byName.set(name, { text, dump: null })
  })
  dump.names.forEach((name, row) => {
    const sides = byName.get(name) ?? { text: null, dump: null }
    byName.set(name, { ...sides, dump: addClass(sides.dump, dump, row) })
  })
  return [...byName].map(([name, { text, dump: found }]) => ({
    name,
    own: isOwnClass(name),
    text,
    dump: found,
    instancesDifference: (text?.instances ?? 0) - (found?.instances ?? 0),
    bytesDifference: (text?.bytes ?? 0) - (found?.bytes ?? 0),
  }))
}

function addClass(before: Sides['dump'], dump: DumpClasses, row: number): NonNullable<Sides['dump']> {
  const [instances, bytes, retained] = [dump.instances[row]!, dump.bytes[row]!, dump.retained[row]!]
  const classId = dump.classIds[row]!
  if (before === null) return { classId, instances, bytes, retained }
  return {
    classId: bytes > before.bytes ? classId : before.classId,
    instances: before.instances + instances,
    bytes: before.bytes + bytes,
    retained: before.retained + retained,
  }
}

function comparator({ sort, order }: BesideDumpQuery): (a: BesideDumpRow, b: BesideDumpRow) => number {
  const sign = order === 'asc' ? 1 : -1
  if (sort === 'name') return (a, b) => sign * compareNames(a.name, b.name)
  return (a, b) => sign * (figureOf(a, sort) - figureOf(b, sort)) || compareNames(a.name, b.name)
}

function figureOf(row: BesideDumpRow, sort: Exclude<BesideDumpQuery['sort'], 'name'>): number {
  switch (sort) {
    case 'text-instances':
      return row.text?.instances ?? 0
    case 'text-bytes':
      return row.text?.bytes ?? 0
    case 'dump-instances':
      return row.dump?.instances ?? 0
    case 'dump-bytes':
      return row.dump?.bytes ?? 0
    case 'instances-difference':
      return Math.abs(row.instancesDifference)
    case 'bytes-difference':
      return Math.abs(row.bytesDifference)
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
