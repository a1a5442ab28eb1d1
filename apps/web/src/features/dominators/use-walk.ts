/** Everything that moves the selection or opens and closes rows of the tree; each writes the place. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type KeyboardEvent } from 'react'
import { nextDropQuery } from '../../server/heap-tree.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { afterClosing, afterOpening, afterShowing, indexOfObject, isBranch, parentIndex } from './tree-changes.ts'
import { PAGE, type Tree, type TreeRow } from './tree-rows.ts'

export interface Walk {
  /** Row under the keyboard; -1: none. */
  readonly active: number
  readonly isDropping: boolean
  readonly activate: (index: number) => void
  readonly toggle: (index: number) => void
  readonly showMore: (row: TreeRow) => void
  /** Selects the next object below where the weight spreads. */
  readonly drop: (index: number) => void
  readonly open: (index: number) => void
  readonly menu: (index: number, at: { x: number; y: number }) => void
  readonly onKey: (event: KeyboardEvent, index: number) => boolean
}

type DominatorsPlace = PlaceOf<'dominators'>

export function useWalk(place: DominatorsPlace, tree: Tree): Walk {
  const { open } = useNavigation()
  const openMenu = useObjectMenu()
  const state = useTreeState(place, tree)
  const { active, activate, toggle, showMore } = state
  const dropping = useNextDrop(place, state.select)

  function drop(index: number) {
    const row = tree.rows[index]
    if (row?.kind === 'object') dropping.mutate(row.object.id)
  }
  function openRow(index: number) {
    const row = tree.rows[index]
    if (row?.kind === 'object') open(objectPlace({ ...place, objectId: row.object.id }))
    else if (row?.kind === 'group') toggle(index)
    else if (row !== undefined) showMore(row)
  }
  function menu(index: number, at: { x: number; y: number }) {
    const row = tree.rows[index]
    if (row?.kind === 'object')
      openMenu({ caseId: place.caseId, artifactId: place.artifactId, objectId: row.object.id }, at)
  }

  /** Right opens, then goes to the first child; left closes, then goes to the parent. */
  function onKey(event: KeyboardEvent, index: number): boolean {
    const row = tree.rows[index]
    const isOpen = isBranch(row) && row.expanded
    if (event.key === '*') drop(index)
    else if (event.key === ' ') toggle(index)
    else if (event.key === 'ArrowRight' && (row?.kind === 'object' || row?.kind === 'group')) {
      if (isOpen) activate(index + 1)
      else toggle(index)
    } else if (event.key === 'ArrowLeft' && row !== undefined) {
      if (isOpen) toggle(index)
      else if (row.level > 1) activate(parentIndex(tree.rows, index))
    } else return false
    return true
  }

  return { active, isDropping: dropping.isPending, activate, toggle, showMore, drop, open: openRow, menu, onKey }
}

/** What is selected and open lies in the link; only the keyboard on a row that is no object does not. */
function useTreeState(place: DominatorsPlace, tree: Tree) {
  const { replace } = useNavigation()
  const [otherKey, setOtherKey] = useState<string | undefined>(undefined)
  const other = otherKey === undefined ? -1 : tree.rows.findIndex((row) => row.key === otherKey)
  const active = other === -1 ? indexOfObject(tree.rows, place.selected) : other
  const { expanded, openGroups } = tree

  function select(selected: string) {
    setOtherKey(undefined)
    replace({ ...place, expanded, openGroups, selected })
  }
  function activate(index: number) {
    const row = tree.rows[index]
    if (row?.kind === 'object') select(row.object.id)
    else setOtherKey(row?.key)
  }
  function toggle(index: number) {
    const row = tree.rows[index]
    if (!isBranch(row)) return
    const opened = row.expanded ? afterClosing(tree, index) : afterOpening(tree, row)
    if (row.kind === 'object') setOtherKey(undefined)
    else setOtherKey(row.key)
    // What is selected below a row that closes would open it again.
    const selected = row.kind === 'object' ? row.object.id : undefined
    replace({ ...place, ...opened, selected })
  }
  function showMore(row: TreeRow) {
    if (row.kind !== 'more' || !row.canShow) return
    const shown = row.shown + PAGE
    if (row.level === 1) replace({ ...place, expanded, openGroups, shown })
    else replace({ ...place, ...afterShowing(tree, row, shown) })
  }
  return { active, select, activate, toggle, showMore }
}

function useNextDrop(place: DominatorsPlace, onFound: (objectId: string) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (objectId: string) => queryClient.fetchQuery(nextDropQuery(place, objectId)),
    onSuccess: ({ object }) => {
      if (object !== null) onFound(object.id)
    },
  })
}
