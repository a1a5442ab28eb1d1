/** What a click on the head of a column makes of the sorting. */
import type { Order } from '@heaptrail/api/page'

/** The same column again turns the order round; names rise first, figures fall first. */
export function sortedBy<Column extends string>(
  { sort, order }: { readonly sort: Column; readonly order: Order },
  clicked: string,
  columns: readonly Column[],
): { readonly sort: Column; readonly order: Order } {
  const next = columns.find((column) => column === clicked) ?? sort
  if (next === sort) return { sort, order: order === 'desc' ? 'asc' : 'desc' }
  return { sort: next, order: next === 'name' ? 'asc' : 'desc' }
}
