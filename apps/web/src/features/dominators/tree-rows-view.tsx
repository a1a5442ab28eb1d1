/** The dominator tree as rows: walked with the arrow keys, its state in the link. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../format/count.ts'
import { heapSummaryQuery } from '../../server/heap.ts'
import type { PlaceOf } from '../../url/place-of.ts'
import { RowList } from '../../widgets/row-list.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts } from '../../widgets/view-head.tsx'
import { TreeCells, TreeHeader, TREE_COLUMNS } from './tree-cells.tsx'
import { TreeHead } from './tree-head.tsx'
import { isBranch } from './tree-changes.ts'
import type { TreeRow } from './tree-rows.ts'
import { useTree, type LiveTree } from './use-tree.ts'
import { useWalk } from './use-walk.ts'
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
  const usedHeap = useQuery(heapSummaryQuery(place.artifactId)).data?.usedHeap ?? 0
  return (
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
        if (row === undefined) return undefined
        return (
          <TreeCells
            row={row}
            usedHeap={usedHeap}
            grouping={place.group}
            isActive={index === walk.active}
            isDropping={walk.isDropping}
            onToggle={() => walk.toggle(index)}
            onMore={() => walk.showMore(row)}
            onRetry={tree.retry}
            onDrop={() => walk.drop(index)}
          />
        )
      }}
      onActivate={walk.activate}
      onOpen={walk.open}
      onMenu={walk.menu}
      onKey={walk.onKey}
    />
  )
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
