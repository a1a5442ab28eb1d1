/** Everything that moves the selection or opens and closes rows of the tree; each writes the place. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type KeyboardEvent } from 'react'
import type { Expansion } from '@heaptrail/api/place-dominators'
import { dominatorsQuery } from '../../server/heap.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { heaviestLine } from './heaviest-line.ts'
import { PAGE, afterClosing, afterOpening, indexOfObject, parentIndex, type Tree, type TreeRow } from './tree-rows.ts'

export interface Walk {
  /** Row under the keyboard; -1: none. */
  readonly active: number
  readonly isOpening: boolean
  readonly activate: (index: number) => void
  readonly toggle: (index: number) => void
  readonly showMore: (row: TreeRow) => void
  readonly openHeaviest: (index: number) => void
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
  const heaviest = useHeaviest(place, (opened, last) => state.show(afterOpening(tree, opened), last))

  function openHeaviest(index: number) {
    const row = tree.rows[index]
    if (row?.kind === 'object') heaviest.mutate(row.object)
  }
  function openRow(index: number) {
    const row = tree.rows[index]
    if (row?.kind === 'object') open(objectPlace({ ...place, objectId: row.object.id }))
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
    const isOpen = row?.kind === 'object' && row.expanded
    if (event.key === '*') openHeaviest(index)
    else if (event.key === ' ') toggle(index)
    else if (event.key === 'ArrowRight' && row?.kind === 'object') {
      if (isOpen) activate(index + 1)
      else toggle(index)
    } else if (event.key === 'ArrowLeft' && row !== undefined) {
      if (isOpen) toggle(index)
      else if (row.level > 1) activate(parentIndex(tree.rows, index))
    } else return false
    return true
  }

  return { active, isOpening: heaviest.isPending, activate, toggle, showMore, openHeaviest, open: openRow, menu, onKey }
}

/** What is selected and open lies in the link; only the keyboard on a row that is no object does not. */
function useTreeState(place: DominatorsPlace, tree: Tree) {
  const { replace } = useNavigation()
  const [otherKey, setOtherKey] = useState<string | undefined>(undefined)
  const other = otherKey === undefined ? -1 : tree.rows.findIndex((row) => row.key === otherKey)
  const active = other === -1 ? indexOfObject(tree.rows, place.selected) : other

  function show(expanded: readonly Expansion[], selected: string | undefined) {
    setOtherKey(undefined)
    replace({ ...place, expanded, selected })
  }
  function activate(index: number) {
    const row = tree.rows[index]
    if (row?.kind === 'object') show(tree.expanded, row.object.id)
    else setOtherKey(row?.key)
  }
  function toggle(index: number) {
    const row = tree.rows[index]
    if (row?.kind !== 'object' || row.children === 0) return
    show(row.expanded ? afterClosing(tree, index) : afterOpening(tree, [row.object.id]), row.object.id)
  }
  function showMore(row: TreeRow) {
    if (row.kind !== 'more' || !row.canShow) return
    const shown = row.shown + PAGE
    if (row.parent === undefined) return replace({ ...place, expanded: tree.expanded, shown })
    const expanded = tree.expanded.map((expansion) =>
      expansion.object === row.parent ? { ...expansion, shown } : expansion,
    )
    replace({ ...place, expanded })
  }
  return { active, show, activate, toggle, showMore }
}

function useHeaviest({ artifactId }: DominatorsPlace, onFound: (opened: readonly string[], last: string) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (start: { readonly id: string; readonly retained: number }) =>
      heaviestLine(start, async (parent) => {
        const page = await queryClient.fetchQuery(dominatorsQuery(artifactId, parent, 0, PAGE))
        return page.rows[0]
      }),
    onSuccess: ({ opened, last }) => onFound(opened, last),
  })
}
