/** The dominator tree: walked with the arrow keys, its state in the link. */
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Expansion } from '@heaptrail/api/place'
import { formatCount } from '../../format/count.ts'
import { dominatorsQuery, heapSummaryQuery } from '../../server/heap.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { RowList } from '../../widgets/row-list.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { heaviestLine } from './heaviest-line.ts'
import { TreeCells, TreeHeader, TREE_COLUMNS } from './tree-cells.tsx'
import { PAGE, afterClosing, afterOpening, indexOfObject, parentIndex, type TreeRow } from './tree-rows.ts'
import { useTree, type LiveTree } from './use-tree.ts'
import styles from './dominator-tree.module.css'

type DominatorsPlace = PlaceOf<'dominators'>

export function DominatorTree({ place }: { place: DominatorsPlace }) {
  const { t } = useTranslation()
  const tree = useTree(place)
  const first = tree.rows[0]
  const walk = useWalk(place, tree)
  const usedHeap = useQuery(heapSummaryQuery(place.artifactId)).data?.usedHeap ?? 0
  const roots = first?.kind === 'object' ? first.siblings : undefined
  return (
    <>
      <ViewHead title={t('view.dominators')}>
        <Button
          size="compact-xs"
          variant="default"
          disabled={tree.rows[walk.active]?.kind !== 'object'}
          loading={walk.isOpening}
          title={`${t('tree.heaviestHint')} (*)`}
          onClick={() => walk.openHeaviest(walk.active)}
        >
          {t('tree.heaviest')}
        </Button>
        {roots !== undefined && (
          <ViewFacts>{t('tree.roots', { count: roots, formatted: formatCount(roots) })}</ViewFacts>
        )}
      </ViewHead>
      {tree.missing.length > 0 && (
        <p className={styles['missing']} role="note">
          {t('tree.missing', { ids: tree.missing.join(', ') })}
        </p>
      )}
      {first === undefined && <EmptyState title={t('tree.none')}>{t('tree.noneHint')}</EmptyState>}
      {first?.kind === 'pending' && <Waiting />}
      {first?.kind === 'failed' && <ErrorState error={first.error} retry={tree.retry} />}
      {first?.kind === 'object' && (
        <RowList
          role="treegrid"
          label={t('view.dominators')}
          count={tree.rows.length}
          columns={TREE_COLUMNS}
          header={<TreeHeader />}
          active={walk.active}
          isSelected={(index) => isSelected(tree.rows[index], place.selected)}
          attributes={(index) => attributesOf(tree.rows[index])}
          row={(index) => {
            const row = tree.rows[index]
            return (
              row !== undefined && (
                <TreeCells
                  row={row}
                  usedHeap={usedHeap}
                  onToggle={() => walk.toggle(index)}
                  onMore={() => walk.showMore(row)}
                  onRetry={tree.retry}
                />
              )
            )
          }}
          onActivate={walk.activate}
          onOpen={walk.open}
          onMenu={walk.menu}
          onKey={walk.onKey}
        />
      )}
    </>
  )
}

function isSelected(row: TreeRow | undefined, selected: string | undefined): boolean {
  return row?.kind === 'object' && row.object.id === selected
}

function attributesOf(row: TreeRow | undefined) {
  if (row === undefined) return {}
  if (row.kind !== 'object')
    return { 'aria-level': row.level, ...(row.kind === 'pending' ? { 'aria-busy': true } : {}) }
  return {
    'aria-level': row.level,
    ...(row.children > 0 ? { 'aria-expanded': row.expanded } : {}),
    ...(row.position === undefined || row.siblings === undefined
      ? {}
      : { 'aria-posinset': row.position + 1, 'aria-setsize': row.siblings }),
  }
}

/** Everything that moves the selection or opens and closes rows; each writes the place. */
function useWalk(place: DominatorsPlace, tree: LiveTree) {
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const queryClient = useQueryClient()
  /** A row under the keyboard that is no object, and so is not in the link. */
  const [otherKey, setOtherKey] = useState<string | undefined>(undefined)
  const other = tree.rows.findIndex((row) => row.key === otherKey)
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
    const expanded = tree.expanded.map((expansion) =>
      expansion.object === row.parent ? { ...expansion, shown } : expansion,
    )
    replace(row.parent === undefined ? { ...place, expanded, shown } : { ...place, expanded })
  }
  const heaviest = useMutation({
    mutationFn: (row: Extract<TreeRow, { kind: 'object' }>) =>
      heaviestLine(row.object, async (parent) => {
        const page = await queryClient.fetchQuery(dominatorsQuery(place.artifactId, parent, 0, PAGE))
        return page.rows[0]
      }),
    onSuccess: ({ opened, last }) => show(afterOpening(tree, opened), last),
  })
  function openHeaviest(index: number) {
    const row = tree.rows[index]
    if (row?.kind === 'object') heaviest.mutate(row)
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
    if (event.key === '*') openHeaviest(index)
    else if (event.key === ' ') toggle(index)
    else if (event.key === 'ArrowRight' && row?.kind === 'object') {
      if (row.expanded) activate(index + 1)
      else toggle(index)
    } else if (event.key === 'ArrowLeft' && row !== undefined) {
      if (row.kind === 'object' && row.expanded) toggle(index)
      else if (row.level > 1) activate(parentIndex(tree.rows, index))
    } else return false
    return true
  }

  return { active, activate, toggle, showMore, openHeaviest, isOpening: heaviest.isPending, open: openRow, menu, onKey }
}
