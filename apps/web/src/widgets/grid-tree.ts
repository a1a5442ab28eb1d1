/** Tables whose rows are those of a tree, laid out by the server: arrows to the right and left open, close, descend and climb. */
import type { KeyboardEvent } from 'react'
import type { RowAttributes } from './row-list.tsx'

export interface GridTree<Row> {
  /** From 1. */
  readonly levelOf: (row: Row) => number
  /** Undefined: nothing is below it. */
  readonly isOpen: (row: Row) => boolean | undefined
  readonly onToggle: (row: Row) => void
}

export function treeAttributes<Row>(tree: GridTree<Row>, row: Row): RowAttributes {
  const isOpen = tree.isOpen(row)
  return { 'aria-level': tree.levelOf(row), ...(isOpen === undefined ? {} : { 'aria-expanded': isOpen }) }
}

interface TreeOnScreen<Row> {
  readonly tree: GridTree<Row>
  readonly rowAt: (index: number) => Row | undefined
  readonly onActivate: (index: number) => void
}

/** @returns true when the key was one of the tree's */
export function treeKey<Row>(
  { tree, rowAt, onActivate }: TreeOnScreen<Row>,
  { key }: Pick<KeyboardEvent, 'key'>,
  index: number,
): boolean {
  const row = rowAt(index)
  if (row === undefined || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return false
  const isOpen = tree.isOpen(row)
  if (isOpen !== undefined && isOpen === (key === 'ArrowLeft')) tree.onToggle(row)
  else if (key === 'ArrowLeft') onActivate(parentOf(tree, rowAt, index))
  else if (isOpen === true) onActivate(index + 1)
  return true
}

/** The nearest row above that is of a higher level; the row itself when that is not loaded, or there is none. */
function parentOf<Row>(tree: GridTree<Row>, rowAt: (index: number) => Row | undefined, index: number): number {
  const levelAt = (at: number): number | undefined => {
    const row = rowAt(at)
    return row === undefined ? undefined : tree.levelOf(row)
  }
  const own = levelAt(index) ?? 1
  for (let at = index - 1; at >= 0; at--) {
    const level = levelAt(at)
    if (level === undefined) break
    if (level < own) return at
  }
  return index
}
