/** One class histogram as rows of classes or packages. */
import type { ClassGroup, ClassHistogramQuery, ClassHistogramRow } from '@heaptrail/api/class-histograms'
import type { Page } from '@heaptrail/api/page'
import type { ClassHistogram } from '@heaptrail/jvm-text/histogram/histogram'
import { compareNames, isOwnClass, nameFilter, packageOf } from './class-names.ts'

export function histogramRows(histogram: ClassHistogram, query: ClassHistogramQuery): Page<ClassHistogramRow> {
  const matches = nameFilter(query.filter)
  const rows = (query.group === 'class' ? classRows(histogram) : packageRows(histogram))
    .filter(({ name, own }) => matches(name) && (own || !query.own))
    .sort(comparator(query))
  return { total: rows.length, offset: query.offset, rows: rows.slice(query.offset, query.offset + query.limit) }
}

/** A row for each line of the text: several loaders may have a class of the same name. */
function classRows({ names, modules, instances, bytes, lines, total, sum }: ClassHistogram): ClassHistogramRow[] {
  const all = total?.bytes ?? sum.bytes
  return names.map((name, row) => ({
    name,
    module: modules[row]!,
    classes: 1,
    instances: instances[row]!,
    bytes: bytes[row]!,
    share: shareOf(bytes[row]!, all),
    own: isOwnClass(name),
    line: lines[row]!,
  }))
}

function packageRows(histogram: ClassHistogram): ClassHistogramRow[] {
  const all = histogram.total?.bytes ?? histogram.sum.bytes
  const byName = new Map<string, ClassHistogramRow>()
  for (const row of classRows(histogram)) {
    const name = groupName(row.name, 'package')
    const one = byName.get(name) ?? {
      name,
      module: '',
      classes: 0,
      instances: 0,
      bytes: 0,
      share: 0,
      own: row.own,
      line: null,
    }
    one.classes += 1
    one.instances += row.instances
    one.bytes += row.bytes
    one.share = shareOf(one.bytes, all)
    byName.set(name, one)
  }
  return [...byName.values()]
}

/** Arrays of primitives and the JVM's internal objects stay what they are: no package holds them. */
export function groupName(className: string, group: ClassGroup): string {
  if (group === 'class') return className
  const packageName = packageOf(className)
  return packageName === '' && !isOwnClass(className) ? className : packageName
}

export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole
}

function comparator({ sort, order }: ClassHistogramQuery): (a: ClassHistogramRow, b: ClassHistogramRow) => number {
  const sign = order === 'asc' ? 1 : -1
  if (sort === 'name') return (a, b) => sign * compareNames(a.name, b.name)
  return (a, b) => sign * (a[sort] - b[sort]) || compareNames(a.name, b.name)
}
