/** What a click on the title of a column does: names rise first, figures fall; a second click turns the order. */
import type { HistogramSort } from '@heaptrail/api/heap'
import type { Order } from '@heaptrail/api/page'

interface Sorted {
  readonly sort: HistogramSort
  readonly order: Order
}

export function sortedBy({ sort, order }: Sorted, column: HistogramSort): Sorted {
  if (column === sort) return { sort, order: order === 'desc' ? 'asc' : 'desc' }
  return { sort: column, order: column === 'class' ? 'asc' : 'desc' }
}
