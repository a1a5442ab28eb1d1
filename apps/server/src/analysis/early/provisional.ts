/** What the first pass over a dump tells, in the terms of the API. */
import type { ProvisionalHistogram as Page, ProvisionalQuery, ProvisionalRow } from '@heaptrail/api/provisional'
import type { ProvisionalHistogram } from '@heaptrail/heap-node/followed-dump'

const ARRAYS_SHOWN = 20

export function provisionalPage(
  histogram: ProvisionalHistogram,
  { offset, limit, sort, order }: ProvisionalQuery,
): Page {
  const rows = histogram.classes.map(({ id, name, instances, bytes }): ProvisionalRow => ({
    classId: id ?? null,
    className: name,
    objects: instances,
    shallow: bytes,
  }))
  // by falling size as they come
  const sorted = sort === 'shallow' && order === 'desc' ? rows : rows.toSorted(comparator(sort, order))
  return {
    total: rows.length,
    offset,
    rows: sorted.slice(offset, offset + limit),
    bytesRead: histogram.bytesRead,
    isWhole: histogram.isWhole,
    sums: { objects: histogram.objects, shallow: histogram.bytes },
    largestArrays: histogram.largestArrays.slice(0, ARRAYS_SHOWN).map(({ id, className, elements, bytes }) => ({
      id,
      className,
      length: elements,
      shallow: bytes,
    })),
  }
}

function comparator(
  sort: ProvisionalQuery['sort'],
  order: ProvisionalQuery['order'],
): (a: ProvisionalRow, b: ProvisionalRow) => number {
  const sign = order === 'asc' ? 1 : -1
  const byName = (a: ProvisionalRow, b: ProvisionalRow): number =>
    a.className < b.className ? -1 : Number(a.className > b.className)
  if (sort === 'class') return (a, b) => sign * byName(a, b)
  return (a, b) => sign * (a[sort] - b[sort]) || byName(a, b)
}
