/** The dominator tree as rows: walked with the arrow keys, its state in the link. */
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../format/count.ts'
import { heapSummaryQuery } from '../../server/heap.ts'
import type { PlaceOf } from '../../url/place-of.ts'
import { RowList } from '../../widgets/row-list.tsx'
import { useStable } from '../../widgets/stable.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts } from '../../widgets/view-head.tsx'
import { TreeCells, TreeHeader, TREE_COLUMNS } from './tree-cells.tsx'
import { TreeHead } from './tree-head.tsx'
import { isBranch } from './tree-changes.ts'
import type { TreeRow } from './tree-rows.ts'
import { useTree, type LiveTree } from './use-tree.ts'
import { useWalk, type Walk } from './use-walk.ts'
import styles from './dominator-tree.module.css'

export function TreeRows({ place }: { place: PlaceOf<'dominators'> }) {
  const { t } = useTranslation()
  const tree = useTree(place)
  const [first] = tree.rows
  return (
    <>
      <TreeHead place={place}>
        <FirstLevelFacts row={first} />
      </TreeHead>
      {tree.missing.length > 0 && (
        <p className={styles['missing']} role="note">
          {t(place.filter === '' ? 'tree.missing' : 'tree.filteredOut', { ids: tree.missing.join(', ') })}
        </p>
      )}
      {(first === undefined || first.kind === 'hidden') && (
        <EmptyState title={t('tree.none')}>{t(place.filter === '' ? 'tree.noneHint' : 'tree.noMatch')}</EmptyState>
      )}
      {first?.kind === 'pending' && <Waiting />}
      {first?.kind === 'failed' && <ErrorState error={first.error} retry={tree.retry} />}
      {(first?.kind === 'object' || first?.kind === 'group') && <Rows place={place} tree={tree} />}
    </>
  )
}

function FirstLevelFacts({ row }: { row: TreeRow | undefined }) {
  const { t } = useTranslation()
  if ((row?.kind !== 'object' && row?.kind !== 'group') || row.siblings === undefined) return undefined
  const words = { count: row.siblings, formatted: formatCount(row.siblings) }
  return <ViewFacts>{row.kind === 'group' ? t('tree.groups', words) : t('tree.roots', words)}</ViewFacts>
}

function Rows({ place, tree }: { place: PlaceOf<'dominators'>; tree: LiveTree }) {
  const { t } = useTranslation()
  const walk = useWalk(place, tree)
  const cells = useCells(place, tree, walk)
  return (
    <RowList
      role="treegrid"
      label={t('view.dominators')}
      count={tree.rows.length}
      columns={TREE_COLUMNS}
      header={<TreeHeader />}
      active={walk.active}
      isSelected={(index) => isSelected(tree.rows[index], place.selected)}
      item={(index) => tree.rows[index]}
      keyOf={keyOf}
      attributes={attributesOf}
      cells={cells}
      onActivate={walk.activate}
      onOpen={walk.open}
      onMenu={walk.menu}
      onKey={walk.onKey}
    />
  )
}

/** The same function until the rows look otherwise: what their buttons do is always up to date. */
function useCells({ artifactId, group }: PlaceOf<'dominators'>, tree: LiveTree, walk: Walk) {
  const { t } = useTranslation()
  const usedHeap = useQuery(heapSummaryQuery(artifactId)).data?.usedHeap ?? 0
  const { isDropping } = walk
  const onToggle = useStable((row: TreeRow) => walk.toggle(tree.rows.indexOf(row)))
  const onMore = useStable(walk.showMore)
  const onRetry = useStable(tree.retry)
  const onDrop = useStable((row: TreeRow) => walk.drop(tree.rows.indexOf(row)))
  return useCallback(
    (row: TreeRow | undefined, isActive: boolean) =>
      row && (
        <TreeCells
          row={row}
          t={t}
          usedHeap={usedHeap}
          grouping={group}
          isActive={isActive}
          isDropping={isDropping}
          onToggle={onToggle}
          onMore={onMore}
          onRetry={onRetry}
          onDrop={onDrop}
        />
      ),
    [t, usedHeap, group, isDropping, onToggle, onMore, onRetry, onDrop],
  )
}

function keyOf(row: TreeRow | undefined): string {
  return row?.key ?? ''
}

function isSelected(row: TreeRow | undefined, selected: string | undefined): boolean {
  return row?.kind === 'object' && row.object.id === selected
}

function attributesOf(row: TreeRow | undefined) {
  if (row === undefined) return {}
  if (row.kind !== 'object' && row.kind !== 'group')
    return { 'aria-level': row.level, ...(row.kind === 'pending' ? { 'aria-busy': true } : {}) }
  return {
    'aria-level': row.level,
    ...(isBranch(row) ? { 'aria-expanded': row.expanded } : {}),
    ...(row.position === undefined || row.siblings === undefined
      ? {}
      : { 'aria-posinset': row.position + 1, 'aria-setsize': row.siblings }),
  }
}
