/** Growth of classes, packages and class loaders between two histograms. */
import type { Change } from '@heaptrail/api/compare'
import type { HistogramRow } from '@heaptrail/heap/query/messages'

type Sums = Pick<Change, 'objectsAfter' | 'shallowAfter' | 'retainedAfter'>
const NOTHING: Sums = { objectsAfter: 0, shallowAfter: 0, retainedAfter: 0 }

/**
 * Rows that differ, those that grew most first.
 * @param kept objects that are in both dumps, by name; absent where they cannot be told apart
 */
export function changesBy(
  before: readonly HistogramRow[],
  after: readonly HistogramRow[],
  nameOf: (row: HistogramRow) => string,
  sort: 'retained' | 'shallow',
  kept?: ReadonlyMap<string, number>,
): Change[] {
  const old = sumsBy(before, nameOf)
  const now = sumsBy(after, nameOf)
  const growth = (row: Change): number =>
    sort === 'retained' ? row.retainedAfter - row.retainedBefore : row.shallowAfter - row.shallowBefore
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((name) => ({
      ...change(name, old.get(name) ?? NOTHING, now.get(name) ?? NOTHING),
      kept: kept === undefined ? null : (kept.get(name) ?? 0),
    }))
    .filter((row) => row.objectsBefore !== row.objectsAfter || growth(row) !== 0)
    .toSorted((a, b) => growth(b) - growth(a) || (a.name < b.name ? -1 : 1))
}

function change(name: string, old: Sums, now: Sums): Omit<Change, 'kept'> {
  return {
    name,
    objectsBefore: old.objectsAfter,
    shallowBefore: old.shallowAfter,
    retainedBefore: old.retainedAfter,
    ...now,
  }
}

function sumsBy(rows: readonly HistogramRow[], nameOf: (row: HistogramRow) => string): Map<string, Sums> {
  const sums = new Map<string, Sums>()
  for (const row of rows) {
    const name = nameOf(row)
    const sum = sums.get(name) ?? NOTHING
    sums.set(name, {
      objectsAfter: sum.objectsAfter + row.objects,
      shallowAfter: sum.shallowAfter + row.shallow,
      retainedAfter: sum.retainedAfter + row.retained,
    })
  }
  return sums
}

/** Of arrays that of their elements; primitives and their arrays have none. */
export function packageOf({ className }: HistogramRow): string {
  const name = className.replace(/(\[\])+$/, '').replace(/[+/]0x.*$/, '')
  const end = name.lastIndexOf('.')
  return end < 0 ? '(no package)' : name.slice(0, end)
}

/** Loaders of one class and name are the same in two runs, whatever their ids. */
export function loaderOf({ loader }: HistogramRow): string {
  if (loader === null) return '(boot loader)'
  const name = loader.label.kind === 'class-loader' ? ` "${loader.label.name}"` : ''
  return loader.className + name
}
