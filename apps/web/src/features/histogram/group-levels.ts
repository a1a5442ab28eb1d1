/** The histogram in groups as a flat list of visible rows: a pure function of what is open and what has been loaded. */
import type { HistogramGroupRow, HistogramGroups } from '@heaptrail/api/heap-histogram'

export type GroupLine =
  | {
      readonly kind: 'row'
      readonly level: number
      readonly row: HistogramGroupRow
      /** Undefined: nothing is below it. */
      readonly isOpen: boolean | undefined
    }
  /** Rows of a level that are not asked for. */
  | { readonly kind: 'more'; readonly level: number; readonly count: number }
  | { readonly kind: 'pending'; readonly level: number }

/** @param load the rows of a row by its key; undefined: the topmost ones, or what is still on its way */
export function groupLines(
  open: readonly string[],
  load: (parent: string | undefined) => HistogramGroups | undefined,
): { readonly lines: readonly GroupLine[]; readonly asked: readonly (string | undefined)[] } {
  const opened = new Set(open)
  const asked: (string | undefined)[] = []
  const lines: GroupLine[] = []
  // A list of what is still to be shown instead of recursion: a hostile dump may nest packages for ever.
  type Todo = GroupLine | { readonly kind: 'level'; readonly level: number; readonly parent: string | undefined }
  const todo: Todo[] = [{ kind: 'level', level: 1, parent: undefined }]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (next.kind !== 'level') {
      lines.push(next)
      if (next.kind === 'row' && next.isOpen === true)
        todo.push({ kind: 'level', level: next.level + 1, parent: next.row.key })
      continue
    }
    const { level, parent } = next
    asked.push(parent)
    const page = load(parent)
    if (page === undefined) {
      lines.push({ kind: 'pending', level })
      continue
    }
    const rest = page.total - page.rows.length
    if (rest > 0) todo.push({ kind: 'more', level, count: rest })
    for (const row of page.rows.toReversed())
      todo.push({ kind: 'row', level, row, isOpen: row.children > 0 ? opened.has(row.key) : undefined })
  }
  return { lines, asked }
}

/** What is open when a row was opened or closed. */
export function toggled(open: readonly string[], key: string): readonly string[] {
  return open.includes(key) ? open.filter((other) => other !== key) : [...open, key]
}
