/** What opening and closing rows of the tree does, and how rows stand to each other. */
import { LEVEL_SHOWN, type Expansion, type GroupExpansion } from '@heaptrail/api/place-dominators'
import type { GroupTreeRow, ObjectTreeRow, Tree, TreeRow } from './tree-rows.ts'

/** What of the tree is open, as a place keeps it. */
export interface Opened {
  readonly expanded: readonly Expansion[]
  readonly openGroups: readonly GroupExpansion[]
}

/** Rows that others may stand below. */
export function isBranch(row: TreeRow | undefined): row is ObjectTreeRow | GroupTreeRow {
  return row !== undefined && (row.kind === 'group' || (row.kind === 'object' && row.children > 0))
}

/** The row of an object; -1 when it is not visible. */
export function indexOfObject(rows: readonly TreeRow[], objectId: string | undefined): number {
  return objectId === undefined ? -1 : rows.findIndex((row) => row.kind === 'object' && row.object.id === objectId)
}

/** The row whose child this one is; -1 on the first level. */
export function parentIndex(rows: readonly TreeRow[], index: number): number {
  const level = rows[index]?.level ?? 1
  for (let above = index - 1; above >= 0; above--) {
    const row = rows[above]
    if (row !== undefined && (row.kind === 'object' || row.kind === 'group') && row.level < level) return above
  }
  return -1
}

/** Rows below `index`, from the next one up to the last of its subtree. */
function subtreeEnd(rows: readonly TreeRow[], index: number): number {
  const level = rows[index]?.level ?? 0
  let end = index + 1
  while ((rows[end]?.level ?? 0) > level) end++
  return end
}

/** What stays open when a row is closed: nothing below it, so that a link never opens it again. */
export function afterClosing(tree: Tree, index: number): Opened {
  const closing = tree.rows.slice(index, subtreeEnd(tree.rows, index))
  const closed = new Set(closing.map((row) => (row.kind === 'object' ? row.object.id : undefined)))
  const row = tree.rows[index]
  return {
    expanded: tree.expanded.filter(({ object }) => !closed.has(object)),
    openGroups: tree.openGroups.filter(({ key }) => row?.kind !== 'group' || row.group.key !== key),
  }
}

export function afterOpening(tree: Tree, row: ObjectTreeRow | GroupTreeRow): Opened {
  const { expanded, openGroups } = tree
  if (row.kind === 'group') {
    const { key } = row.group
    const isOpen = openGroups.some((group) => group.key === key)
    return { expanded, openGroups: isOpen ? openGroups : [...openGroups, { key, shown: LEVEL_SHOWN }] }
  }
  const { id } = row.object
  const isOpen = expanded.some(({ object }) => object === id)
  return { expanded: isOpen ? expanded : [...expanded, { object: id, shown: LEVEL_SHOWN }], openGroups }
}

/** What is open when more rows are shown where this row counts what is left. */
export function afterShowing(tree: Tree, row: TreeRow, shown: number): Opened {
  const { expanded, openGroups } = tree
  return {
    expanded: expanded.map((expansion) => (expansion.object === row.parent ? { ...expansion, shown } : expansion)),
    openGroups: openGroups.map((group) => (group.key === row.groupKey ? { ...group, shown } : group)),
  }
}
