/**
 * The dominator tree as a flat list of visible rows: a pure function of what is open, what is shown and
 * what has been loaded. Levels are paged; the way down to a linked object is opened, and a row of that way
 * that lies behind the shown ones is shown too, with a row before it that counts what is in between.
 */
import type { DominatorAncestors, DominatorRow, Dominators, HeapObject } from '@heaptrail/api/heap'
import { LEVEL_SHOWN, type Expansion } from '@heaptrail/api/place-dominators'

/** Rows of one request. */
export const PAGE = LEVEL_SHOWN
/** A level shows at most so many rows; beyond, nobody reads rows but looks for something. */
export const MOST_SHOWN = 5000
/** Of a longer way down, the middle is left out: so many rows stay at each end. */
const CHAIN_END = 30

/** A request for children: `parent` undefined is the first level. */
export interface PageRequest {
  readonly parent: string | undefined
  readonly offset: number
  readonly limit: number
}

export type Loaded =
  | { readonly status: 'ready'; readonly page: Dominators }
  | { readonly status: 'failed'; readonly error: Error }
  | { readonly status: 'pending' }

interface RowBase {
  /** The same row has the same key as long as it is shown. */
  readonly key: string
  /** Depth in the tree, from 1. */
  readonly level: number
  readonly parent: string | undefined
}

export type TreeRow =
  | (RowBase & {
      readonly kind: 'object'
      readonly object: HeapObject
      readonly children: number
      readonly expanded: boolean
      /** Place among its siblings, from 0, and their number; unknown right behind an omission. */
      readonly position: number | undefined
      readonly siblings: number | undefined
    })
  /** Children behind the shown ones. */
  | (RowBase & {
      readonly kind: 'more'
      readonly shown: number
      readonly objects: number
      readonly retained: number
      readonly canShow: boolean
    })
  /** Siblings before a linked row. */
  | (RowBase & { readonly kind: 'between'; readonly objects: number })
  /** Levels in the middle of a very long way down. */
  | (RowBase & { readonly kind: 'omitted' })
  | (RowBase & { readonly kind: 'pending' })
  | (RowBase & { readonly kind: 'failed'; readonly error: Error })

/** The way from the first level down to an object. */
export interface Chain {
  readonly steps: readonly { readonly object: HeapObject; readonly position: number }[]
  /** Index of the first step behind an omission. */
  readonly omittedBefore: number | undefined
}

export interface TreeState {
  readonly expanded: readonly Expansion[]
  /** Rows shown of the first level. */
  readonly shown: number
  readonly chains: readonly Chain[]
}

export interface Tree {
  readonly rows: readonly TreeRow[]
  /** Every page that the rows stand on, loaded or not. */
  readonly requests: readonly PageRequest[]
  /** Rows open, those of the chains included. */
  readonly expanded: readonly Expansion[]
}

/** The API leaves out the middle of a chain of more than a thousand; a screen has room for fewer. */
export function chainFrom({ rows, shortened }: DominatorAncestors): Chain {
  if (!shortened && rows.length <= 2 * CHAIN_END) return { steps: rows, omittedBefore: undefined }
  const end = Math.min(CHAIN_END, Math.floor(rows.length / 2))
  return { steps: [...rows.slice(0, end), ...rows.slice(-end)], omittedBefore: end }
}

/** What is open once the chains are: each of their rows but the last. */
export function withChains(expanded: readonly Expansion[], chains: readonly Chain[]): readonly Expansion[] {
  const all = new Map(expanded.map((expansion) => [expansion.object, expansion]))
  for (const { steps } of chains) {
    for (const { object } of steps.slice(0, -1)) {
      if (!all.has(object.id)) all.set(object.id, { object: object.id, shown: LEVEL_SHOWN })
    }
  }
  return [...all.values()]
}

export function treeRows(state: TreeState, load: (request: PageRequest) => Loaded): Tree {
  const expanded = withChains(state.expanded, state.chains)
  const shownOf = new Map(expanded.map((expansion) => [expansion.object, expansion.shown]))
  const pins = pinsOf(state.chains)
  const requests: PageRequest[] = []
  const rows: TreeRow[] = []
  const ask = (request: PageRequest) => {
    requests.push(request)
    return load(request)
  }

  // A list of what is still to be shown instead of recursion: the tree may be deep.
  type Todo =
    | { readonly row: TreeRow }
    | { readonly level: number; readonly parent: string | undefined; readonly shown: number }
  const todo: Todo[] = [{ level: 1, parent: undefined, shown: state.shown }]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if ('row' in next) {
      const { row } = next
      rows.push(row)
      if (row.kind !== 'object' || !row.expanded) continue
      const tail = pins.tails.get(row.object.id)
      if (tail !== undefined) {
        const omitted: TreeRow = {
          kind: 'omitted',
          key: `omitted:${tail.id}`,
          level: row.level + 1,
          parent: row.object.id,
        }
        todo.push({ row: tailRow(tail, row.level + 2, shownOf.has(tail.id)) }, { row: omitted })
      }
      todo.push({ level: row.level + 1, parent: row.object.id, shown: shownOf.get(row.object.id) ?? LEVEL_SHOWN })
    } else {
      const level = levelRows(next, pins.positions.get(next.parent) ?? [], shownOf, ask)
      for (const row of level.toReversed()) todo.push({ row })
    }
  }
  return { rows, requests, expanded }
}

interface Pins {
  /** Parent → positions of children that chains lead through. */
  readonly positions: ReadonlyMap<string | undefined, readonly number[]>
  /** Last object before an omission → the first one behind it. */
  readonly tails: ReadonlyMap<string, HeapObject>
}

function pinsOf(chains: readonly Chain[]): Pins {
  const positions = new Map<string | undefined, number[]>()
  const tails = new Map<string, HeapObject>()
  for (const { steps, omittedBefore } of chains) {
    for (const [index, step] of steps.entries()) {
      const parent = steps[index - 1]?.object.id
      if (index === omittedBefore) {
        if (parent !== undefined) tails.set(parent, step.object)
        continue
      }
      positions.set(parent, [...(positions.get(parent) ?? []), step.position])
    }
  }
  return { positions, tails }
}

/** On a chain there is at least the next one below; how many there are shows when they are loaded. */
function tailRow(object: HeapObject, level: number, expanded: boolean): TreeRow {
  return {
    kind: 'object',
    key: object.id,
    level,
    parent: undefined,
    object,
    children: 1,
    expanded,
    position: undefined,
    siblings: undefined,
  }
}

interface LevelRequest {
  readonly level: number
  readonly parent: string | undefined
  readonly shown: number
}

function levelRows(
  { level, parent, shown }: LevelRequest,
  pinned: readonly number[],
  shownOf: ReadonlyMap<string, number>,
  ask: (request: PageRequest) => Loaded,
): TreeRow[] {
  const base = { level, parent }
  const rows: TreeRow[] = []
  const toRow = (object: DominatorRow, position: number, siblings: number): TreeRow => ({
    ...base,
    kind: 'object',
    key: object.id,
    object,
    children: object.children,
    expanded: object.children > 0 && shownOf.has(object.id),
    position,
    siblings,
  })
  let rest = { objects: 0, retained: 0 }
  let end = Math.min(shown, MOST_SHOWN)
  for (let offset = 0; offset < end; offset += PAGE) {
    const loaded = ask({ parent, offset, limit: PAGE })
    if (loaded.status === 'pending') {
      rows.push({ ...base, kind: 'pending', key: `pending:${parent ?? ''}:${offset}` })
      return rows
    }
    if (loaded.status === 'failed') {
      rows.push({ ...base, kind: 'failed', key: `failed:${parent ?? ''}:${offset}`, error: loaded.error })
      return rows
    }
    const { page } = loaded
    end = Math.min(end, page.total)
    for (const [index, object] of page.rows.entries()) rows.push(toRow(object, offset + index, page.total))
    rest = page.rest
  }
  let reached = end
  for (const position of [...new Set(pinned)].toSorted((a, b) => a - b)) {
    if (position < reached) continue
    const loaded = ask({ parent, offset: position, limit: 1 })
    const [object] = loaded.status === 'ready' ? loaded.page.rows : []
    if (loaded.status !== 'ready' || object === undefined) continue
    if (position > reached)
      rows.push({ ...base, kind: 'between', key: `between:${parent ?? ''}:${position}`, objects: position - reached })
    rows.push(toRow(object, position, loaded.page.total))
    reached = position + 1
    rest = loaded.page.rest
  }
  if (rest.objects > 0) {
    rows.push({ ...base, kind: 'more', key: `more:${parent ?? ''}`, shown: end, ...rest, canShow: end < MOST_SHOWN })
  }
  return rows
}

/** The row of an object; -1 when it is not visible. */
export function indexOfObject(rows: readonly TreeRow[], objectId: string | undefined): number {
  return objectId === undefined ? -1 : rows.findIndex((row) => row.kind === 'object' && row.object.id === objectId)
}

/** Rows below `index`, from the next one up to the last of its subtree. */
export function subtreeEnd(rows: readonly TreeRow[], index: number): number {
  const level = rows[index]?.level ?? 0
  let end = index + 1
  while ((rows[end]?.level ?? 0) > level) end++
  return end
}

/** What stays open when a row is closed: nothing below it, so that a link never opens it again. */
export function afterClosing(tree: Tree, index: number): readonly Expansion[] {
  const closed = new Set(
    tree.rows
      .slice(index, subtreeEnd(tree.rows, index))
      .map((row) => (row.kind === 'object' ? row.object.id : undefined)),
  )
  return tree.expanded.filter((expansion) => !closed.has(expansion.object))
}

export function afterOpening(tree: Tree, objectIds: readonly string[]): readonly Expansion[] {
  const open = new Set(tree.expanded.map((expansion) => expansion.object))
  const added = objectIds.filter((id) => !open.has(id)).map((object) => ({ object, shown: LEVEL_SHOWN }))
  return [...tree.expanded, ...added]
}

/** The row whose child this one is; -1 on the first level. */
export function parentIndex(rows: readonly TreeRow[], index: number): number {
  const level = rows[index]?.level ?? 1
  for (let above = index - 1; above >= 0; above--) {
    const row = rows[above]
    if (row !== undefined && row.kind === 'object' && row.level < level) return above
  }
  return -1
}
