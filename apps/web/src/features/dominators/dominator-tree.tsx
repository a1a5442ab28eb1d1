/** The dominator tree: walked with the arrow keys, its state in the link. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../format/count.ts'
import { heapSummaryQuery } from '../../server/heap.ts'
import type { PlaceOf } from '../../url/place-of.ts'
import { RowList } from '../../widgets/row-list.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { TreeCells, TreeHeader, TREE_COLUMNS } from './tree-cells.tsx'
import type { TreeRow } from './tree-rows.ts'
import { useTree, type LiveTree } from './use-tree.ts'
import { useWalk, type Walk } from './use-walk.ts'
import styles from './dominator-tree.module.css'

export function DominatorTree({ place }: { place: PlaceOf<'dominators'> }) {
  const { t } = useTranslation()
  const tree = useTree(place)
  const walk = useWalk(place, tree)
  const first = tree.rows[0]
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
      {first?.kind === 'object' && <Rows place={place} tree={tree} walk={walk} />}
    </>
  )
}

function Rows({ place, tree, walk }: { place: PlaceOf<'dominators'>; tree: LiveTree; walk: Walk }) {
  const { t } = useTranslation()
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
        const acts = { onToggle: () => walk.toggle(index), onMore: () => walk.showMore(row), onRetry: tree.retry }
        return <TreeCells row={row} usedHeap={usedHeap} {...acts} />
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
