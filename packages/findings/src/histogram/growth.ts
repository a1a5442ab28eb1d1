/** Several class histograms of one program: which classes grow, how fast, and which grow together. */
import type { ClassGroup, ClassGrowth, ClassGrowthQuery, ClassGrowthRow } from '@heaptrail/api/class-histograms'
import type { Page } from '@heaptrail/api/page'
import type { ClassHistogram } from '@heaptrail/jvm-text/histogram/histogram'
import { compareNames, isOwnClass, nameFilter } from './class-names.ts'
import { groupName } from './rows.ts'
import { togetherOf } from './together.ts'

/** The histograms in the order of their times. */
export interface GrowthColumns {
  readonly histograms: readonly ClassHistogram[]
  /** Milliseconds since 1970; undefined where the time is a guess. */
  readonly times: readonly (number | undefined)[]
}

const HOUR = 3_600_000

export interface GrowthPage extends Page<ClassGrowthRow> {
  readonly groups: ClassGrowth['groups']
}

export function classGrowth(columns: GrowthColumns, query: ClassGrowthQuery): GrowthPage {
  const { rows, groups } = growthRows(columns, query.group)
  const matches = nameFilter(query.filter)
  const shown = rows.filter(({ name, own }) => matches(name) && (own || !query.own)).sort(comparator(query))
  return {
    total: shown.length,
    offset: query.offset,
    rows: shown.slice(query.offset, query.offset + query.limit),
    groups,
  }
}

/** All classes, or packages, of the histograms. */
export function growthRows(
  { histograms, times }: GrowthColumns,
  group: ClassGroup,
): { rows: ClassGrowthRow[]; groups: ClassGrowth['groups'] } {
  const sums = histograms.map((histogram) => sumByName(histogram, group))
  const names = new Set(sums.flatMap((sum) => [...sum.keys()]))
  const rows = [...names].map((name): ClassGrowthRow => {
    const found = sums.map((sum, index) => sum.get(name) ?? missing(histograms[index]!))
    return growthRow(name, found, times)
  })
  const groups = togetherOf(rows)
  const groupOf = new Map(groups.flatMap(({ group: number, classes }) => classes.map((one) => [one.name, number])))
  return { rows: rows.map((row) => ({ ...row, group: groupOf.get(row.name) ?? null })), groups }
}

interface Amount {
  instances: number
  bytes: number
}

function sumByName({ names, instances, bytes }: ClassHistogram, group: ClassGroup): Map<string, Amount> {
  const sums = new Map<string, Amount>()
  names.forEach((className, row) => {
    const name = groupName(className, group)
    const sum = sums.get(name)
    if (sum === undefined) sums.set(name, { instances: instances[row]!, bytes: bytes[row]! })
    else {
      sum.instances += instances[row]!
      sum.bytes += bytes[row]!
    }
  })
  return sums
}

/** A whole histogram that does not list a class has no object of it. */
function missing({ completeness }: ClassHistogram): Amount | undefined {
  return completeness === 'complete' ? { instances: 0, bytes: 0 } : undefined
}

function growthRow(
  name: string,
  found: readonly (Amount | undefined)[],
  times: readonly (number | undefined)[],
): ClassGrowthRow {
  const known = found.flatMap((amount, index) => (amount === undefined ? [] : [{ ...amount, time: times[index] }]))
  const [first, last] = [known[0]!, known.at(-1)!]
  const instancesGrowth = last.instances - first.instances
  const bytesGrowth = last.bytes - first.bytes
  const hours = first.time === undefined || last.time === undefined ? 0 : (last.time - first.time) / HOUR
  return {
    name,
    own: isOwnClass(name),
    instances: found.map((amount) => amount?.instances ?? null),
    bytes: found.map((amount) => amount?.bytes ?? null),
    instancesGrowth,
    bytesGrowth,
    instancesPerHour: hours > 0 ? instancesGrowth / hours : null,
    bytesPerHour: hours > 0 ? bytesGrowth / hours : null,
    steady: known.length > 1 && known.every(({ bytes }, index) => index === 0 || bytes > known[index - 1]!.bytes),
    group: null,
  }
}

function comparator({ sort, order, ownFirst }: ClassGrowthQuery): (a: ClassGrowthRow, b: ClassGrowthRow) => number {
  const sign = order === 'asc' ? 1 : -1
  const byColumn = (a: ClassGrowthRow, b: ClassGrowthRow): number => {
    switch (sort) {
      case 'name':
        return sign * compareNames(a.name, b.name)
      case 'instances':
        return sign * (lastOf(a.instances) - lastOf(b.instances))
      case 'bytes':
        return sign * (lastOf(a.bytes) - lastOf(b.bytes))
      case 'instances-growth':
        return sign * (a.instancesGrowth - b.instancesGrowth)
      case 'bytes-growth':
        return sign * (a.bytesGrowth - b.bytesGrowth)
    }
  }
  // Own classes that did not grow are no reason to look past what did.
  const leads = ({ own, bytesGrowth }: ClassGrowthRow): number => Number(ownFirst && own && bytesGrowth > 0)
  return (a, b) => leads(b) - leads(a) || byColumn(a, b) || compareNames(a.name, b.name)
}

function lastOf(amounts: readonly (number | null)[]): number {
  return amounts.findLast((amount) => amount !== null) ?? 0
}
