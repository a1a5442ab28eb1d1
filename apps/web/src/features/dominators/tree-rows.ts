/**
 * The dominator tree as a flat list of visible rows: a pure function of what is open, what is shown and
 * what has been loaded. Levels are paged; the first one may be grouped; the way down to a linked object is opened, and a
 * row of that way that lies behind the shown ones is shown too, with a row before it that counts what is in between.
 */
import type { DominatorRow, Dominators, HeapObject, LeftOut } from '@heaptrail/api/heap'
import type { DominatorGroup, DominatorGroups } from '@heaptrail/api/heap-tree'
import { LEVEL_SHOWN, type Expansion, type GroupExpansion } from '@heaptrail/api/place-dominators'
import type { LevelRequest } from '../../server/heap-tree.ts'
import type { Chain } from './chains.ts'

/** Rows of one request. */
export const PAGE = LEVEL_SHOWN
/** A level shows at most so many rows; beyond, nobody reads rows but looks for something. */
export const MOST_SHOWN = 5000

export type Loaded<Page> =
  | { readonly status: 'ready'; readonly page: Page }
  | { readonly status: 'failed'; readonly error: Error }
  | { readonly status: 'pending' }

/** Where a level hangs: below an object, below a group, or nowhere, which is the first level. */
export interface Above {
  readonly parent: string | undefined
  readonly groupKey: string | undefined
}

interface RowBase extends Above {
  /** The same row has the same key as long as it is shown. */
  readonly key: string
  /** Depth in the tree, from 1. */
  readonly level: number
}

export type ObjectTreeRow = RowBase & {
  readonly kind: 'object'
  readonly object: HeapObject
  readonly children: number
  /** It is what the filter looks for, and not only above it. */
  readonly matches: boolean
  readonly expanded: boolean
  /** Place among its siblings, from 0, and their number; unknown right behind an omission. */
  readonly position: number | undefined
  readonly siblings: number | undefined
}
export type GroupTreeRow = RowBase & {
  readonly kind: 'group'
  readonly group: DominatorGroup
  readonly expanded: boolean
  readonly position: number
  readonly siblings: number
}

export type TreeRow =
  | ObjectTreeRow
  | GroupTreeRow
  /** Children behind the shown ones. */
  | (RowBase & { readonly kind: 'more'; readonly shown: number; readonly canShow: boolean } & LeftOut)
  /** Children that the filter leaves out. */
  | (RowBase & { readonly kind: 'hidden' } & LeftOut)
  /** Siblings before a linked row. */
  | (RowBase & { readonly kind: 'between'; readonly objects: number })
  /** Levels in the middle of a very long way down. */
  | (RowBase & { readonly kind: 'omitted' })
  | (RowBase & { readonly kind: 'pending' })
  | (RowBase & { readonly kind: 'failed'; readonly error: Error })

export interface TreeState {
  readonly expanded: readonly Expansion[]
  readonly openGroups: readonly GroupExpansion[]
  readonly isGrouped: boolean
  /** Rows shown of the first level. */
  readonly shown: number
  readonly chains: readonly Chain[]
}

/** Pages of what is asked for, as far as they are here. */
export interface Loads {
  readonly level: (request: LevelRequest) => Loaded<Dominators>
  readonly groups: (offset: number) => Loaded<DominatorGroups>
}

export interface Tree {
  readonly rows: readonly TreeRow[]
  /** Every page that the rows stand on, loaded or not. */
  readonly requests: readonly LevelRequest[]
  /** Offsets of the pages of groups. */
  readonly groupRequests: readonly number[]
  /** Rows open, those of the chains included. */
  readonly expanded: readonly Expansion[]
  readonly openGroups: readonly GroupExpansion[]
}

const FIRST_LEVEL: Above = { parent: undefined, groupKey: undefined }

/** What is open once the chains are: each of their rows but the last, and the group that they begin in. */
function withChains({ expanded, openGroups, chains }: TreeState) {
  const all = new Map(expanded.map((expansion) => [expansion.object, expansion]))
  const groups = new Map(openGroups.map((expansion) => [expansion.key, expansion]))
  for (const { steps, groupKey } of chains) {
    if (groupKey !== undefined && !groups.has(groupKey)) groups.set(groupKey, { key: groupKey, shown: LEVEL_SHOWN })
    for (const { object } of steps.slice(0, -1)) {
      if (!all.has(object.id)) all.set(object.id, { object: object.id, shown: LEVEL_SHOWN })
    }
  }
  return { expanded: [...all.values()], openGroups: [...groups.values()] }
}

export function treeRows(state: TreeState, loads: Loads): Tree {
  const open = withChains(state)
  const shownOf = new Map(open.expanded.map((expansion) => [expansion.object, expansion.shown]))
  const groupShownOf = new Map(open.openGroups.map((expansion) => [expansion.key, expansion.shown]))
  const pins = pinsOf(state.chains)
  const requests: LevelRequest[] = []
  const groupRequests: number[] = []
  const rows: TreeRow[] = []
  const ask = (request: LevelRequest) => {
    requests.push(request)
    return loads.level(request)
  }
  const askGroups = (offset: number) => {
    groupRequests.push(offset)
    return loads.groups(offset)
  }

  // A list of what is still to be shown instead of recursion: the tree may be deep.
  type Todo = { readonly row: TreeRow } | LevelOf
  const todo: Todo[] = state.isGrouped
    ? groupRows(state.shown, groupShownOf, askGroups)
        .toReversed()
        .map((row) => ({ row }))
    : [{ level: 1, ...FIRST_LEVEL, shown: state.shown }]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (!('row' in next)) {
      const level = levelRows(next, pins.positions.get(ownerKey(next)) ?? [], shownOf, ask)
      for (const row of level.toReversed()) todo.push({ row })
      continue
    }
    const { row } = next
    rows.push(row)
    if (row.kind === 'group' && row.expanded) {
      const { key } = row.group
      todo.push({ level: 2, parent: undefined, groupKey: key, shown: groupShownOf.get(key) ?? LEVEL_SHOWN })
    }
    if (row.kind !== 'object' || !row.expanded) continue
    const above: Above = { parent: row.object.id, groupKey: undefined }
    const tail = pins.tails.get(row.object.id)
    if (tail !== undefined) {
      todo.push(
        { row: tailRow(tail, row.level + 2, shownOf.has(tail.id)) },
        { row: { kind: 'omitted', key: `omitted:${tail.id}`, level: row.level + 1, ...above } },
      )
    }
    todo.push({ level: row.level + 1, ...above, shown: shownOf.get(row.object.id) ?? LEVEL_SHOWN })
  }
  return { rows, requests, groupRequests, ...open }
}

interface Pins {
  /** Owner of a level → positions of rows that chains lead through. */
  readonly positions: ReadonlyMap<string, readonly number[]>
  /** Last object before an omission → the first one behind it. */
  readonly tails: ReadonlyMap<string, HeapObject>
}

function pinsOf(chains: readonly Chain[]): Pins {
  const positions = new Map<string, number[]>()
  const tails = new Map<string, HeapObject>()
  for (const { steps, groupKey, omittedBefore } of chains) {
    for (const [index, step] of steps.entries()) {
      const parent = steps[index - 1]?.object.id
      if (index === omittedBefore) {
        if (parent !== undefined) tails.set(parent, step.object)
        continue
      }
      const owner = ownerKey({ parent, groupKey: index === 0 ? groupKey : undefined })
      positions.set(owner, [...(positions.get(owner) ?? []), step.position])
    }
  }
  return { positions, tails }
}

function ownerKey({ parent, groupKey }: Above): string {
  return groupKey === undefined ? (parent ?? '') : `group:${groupKey}`
}

/** On a chain there is at least the next one below; how many there are shows when they are loaded. */
function tailRow(object: HeapObject, level: number, expanded: boolean): TreeRow {
  const unknown = { position: undefined, siblings: undefined, matches: false }
  return { kind: 'object', key: object.id, level, ...FIRST_LEVEL, object, children: 1, expanded, ...unknown }
}

function groupRows(
  shown: number,
  shownOf: ReadonlyMap<string, number>,
  ask: (offset: number) => Loaded<DominatorGroups>,
): TreeRow[] {
  const base = { level: 1, ...FIRST_LEVEL }
  const rows: TreeRow[] = []
  let last: DominatorGroups | undefined
  let end = Math.min(shown, MOST_SHOWN)
  for (let offset = 0; offset < end; offset += PAGE) {
    const loaded = ask(offset)
    if (loaded.status !== 'ready') return [...rows, waitingRow(base, offset, loaded)]
    last = loaded.page
    end = Math.min(end, last.total)
    for (const [index, group] of last.rows.entries()) {
      const of = { position: offset + index, siblings: last.total }
      rows.push({ ...base, kind: 'group', key: `group:${group.key}`, group, expanded: shownOf.has(group.key), ...of })
    }
  }
  if (last !== undefined && last.rest.groups > 0) {
    const { objects, retained } = last.rest
    rows.push({ ...base, kind: 'more', key: 'more:', shown: end, objects, retained, canShow: end < MOST_SHOWN })
  }
  if (last !== undefined && last.hidden.objects > 0)
    rows.push({ ...base, kind: 'hidden', key: 'hidden:', ...last.hidden })
  return rows
}

function waitingRow(
  base: Omit<RowBase, 'key'>,
  offset: number,
  loaded: Exclude<Loaded<unknown>, { readonly status: 'ready' }>,
): TreeRow {
  const key = `${loaded.status}:${ownerKey(base)}:${offset}`
  return loaded.status === 'pending'
    ? { ...base, kind: 'pending', key }
    : { ...base, kind: 'failed', key, error: loaded.error }
}

interface LevelOf extends Above {
  readonly level: number
  readonly shown: number
}

function levelRows(
  { level, parent, groupKey, shown }: LevelOf,
  pinned: readonly number[],
  shownOf: ReadonlyMap<string, number>,
  ask: (request: LevelRequest) => Loaded<Dominators>,
): TreeRow[] {
  const base = { level, parent, groupKey }
  const owner = ownerKey(base)
  const rows: TreeRow[] = []
  const toRow = (row: DominatorRow, position: number, siblings: number): TreeRow => {
    const { id, children, matches } = row
    const expanded = children > 0 && shownOf.has(id)
    return { ...base, kind: 'object', key: id, object: row, children, matches, expanded, position, siblings }
  }
  let last: Dominators | undefined
  let end = Math.min(shown, MOST_SHOWN)
  for (let offset = 0; offset < end; offset += PAGE) {
    const loaded = ask({ parent, groupKey, offset, limit: PAGE })
    if (loaded.status !== 'ready') return [...rows, waitingRow(base, offset, loaded)]
    last = loaded.page
    end = Math.min(end, last.total)
    for (const [index, row] of last.rows.entries()) rows.push(toRow(row, offset + index, last.total))
  }
  let reached = end
  for (const position of [...new Set(pinned)].toSorted((a, b) => a - b)) {
    if (position < reached) continue
    const loaded = ask({ parent, groupKey, offset: position, limit: 1 })
    const [row] = loaded.status === 'ready' ? loaded.page.rows : []
    if (loaded.status !== 'ready' || row === undefined) continue
    if (position > reached)
      rows.push({ ...base, kind: 'between', key: `between:${owner}:${position}`, objects: position - reached })
    rows.push(toRow(row, position, loaded.page.total))
    reached = position + 1
    last = loaded.page
  }
  if (last !== undefined && last.rest.objects > 0)
    rows.push({ ...base, kind: 'more', key: `more:${owner}`, shown: end, ...last.rest, canShow: end < MOST_SHOWN })
  if (last !== undefined && last.hidden.objects > 0)
    rows.push({ ...base, kind: 'hidden', key: `hidden:${owner}`, ...last.hidden })
  return rows
}
