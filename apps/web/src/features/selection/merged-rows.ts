/** Merged paths as the rows of a tree: the levels that are open, one below the other. */
import type { MergedPaths, MergedRow } from '@heaptrail/api/merged-paths'
import type { MergedExpansion, MergedPathsPlace } from '@heaptrail/api/place-selection'

export type TreeRow =
  | {
      readonly kind: 'row'
      readonly row: MergedRow
      readonly level: number
      /** What names the row among the open ones; where objects are rows, their own keys do. */
      readonly path: readonly string[]
      /** Undefined: nothing is below it. */
      readonly isOpen: boolean | undefined
    }
  /** The level goes on. */
  | { readonly kind: 'more'; readonly level: number; readonly path: readonly string[]; readonly left: number }
  | { readonly kind: 'waiting'; readonly level: number; readonly path: readonly string[] }

export type LevelOf = (path: readonly string[]) => Pick<MergedPaths, 'total' | 'rows'> | undefined

export function treeRows(place: Pick<MergedPathsPlace, 'group' | 'open'>, levelOf: LevelOf): readonly TreeRow[] {
  const open = new Set(place.open.map(({ row }) => row.join('.')))
  const rows: TreeRow[] = []
  /** Levels that are not finished, with the row at which each goes on: a chain may be longer than the stack. */
  const stack: { readonly path: readonly string[]; next: number }[] = [{ path: [], next: 0 }]
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const level = stack.length
    const page = levelOf(top.path)
    const row = page?.rows[top.next++]
    if (row === undefined) {
      if (page === undefined) rows.push({ kind: 'waiting', level, path: top.path })
      else if (page.total > page.rows.length)
        rows.push({ kind: 'more', level, path: top.path, left: page.total - page.rows.length })
      stack.pop()
      continue
    }
    const path = place.group === 'object' ? [row.key] : [...top.path, row.key]
    const isOpen = row.hasChildren ? open.has(path.join('.')) : undefined
    rows.push({ kind: 'row', row, level, path, isOpen })
    if (isOpen === true) stack.push({ path, next: 0 })
  }
  return rows
}

/** The place with the row opened or closed; closing one closes all below it that are named by it. */
export function toggled(place: MergedPathsPlace, path: readonly string[]): MergedPathsPlace {
  const name = path.join('.')
  const isOpen = place.open.some(({ row }) => row.join('.') === name)
  const open: readonly MergedExpansion[] = isOpen
    ? place.open.filter(({ row }) => row.join('.') !== name && !row.join('.').startsWith(`${name}.`))
    : [...place.open, { row: path, shown: FIRST_SHOWN }]
  return { ...place, open }
}

const FIRST_SHOWN = 100

/** The place with more of a level shown. */
export function withMore(place: MergedPathsPlace, path: readonly string[]): MergedPathsPlace {
  if (path.length === 0) return { ...place, shown: place.shown + FIRST_SHOWN }
  const name = path.join('.')
  return {
    ...place,
    open: place.open.map((each) => (each.row.join('.') === name ? { ...each, shown: each.shown + FIRST_SHOWN } : each)),
  }
}
