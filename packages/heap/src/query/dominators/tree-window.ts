/**
 * Windows of a tree whose open rows are laid out as one list: what a table that scrolls asks for. Levels are made only where
 * the window, or the number of all rows, needs them.
 */
export interface TreeLevel<Row> {
  /** Rows of this level itself. */
  readonly count: number
  row(at: number): Row
  /** Those of its rows that are open, ascending, each with the level below it. */
  readonly open: readonly { readonly at: number; readonly below: TreeLevel<Row> }[]
}

/** Rows of the level and of all open ones below. Levels are few: a tree deeper than the stack is no table. */
export function rowsIn<Row>(level: TreeLevel<Row>): number {
  return level.open.reduce((sum, { below }) => sum + rowsIn(below), level.count)
}

export function treeWindow<Row>(level: TreeLevel<Row>, offset: number, limit: number): Row[] {
  const rows: Row[] = []
  let place = 0
  let next = 0
  /** Rows of the level itself, from `next` up to `end`, as far as they lie in the window. */
  function own(end: number): void {
    const from = Math.max(next, next + offset - place)
    for (let at = from; at < end && rows.length < limit; at++) rows.push(level.row(at))
    place += end - next
    next = end
  }
  for (const { at, below } of level.open) {
    own(at + 1)
    if (rows.length === limit) return rows
    const size = rowsIn(below)
    if (place + size > offset) rows.push(...treeWindow(below, Math.max(0, offset - place), limit - rows.length))
    place += size
  }
  own(level.count)
  return rows
}
