/** The cells of a row of the tree. */
import type { TreeGrouping } from '@heaptrail/api/heap'
import { IconArrowBarToDown, IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { objectSentence } from '../../format/object-text.ts'
import { ClassName, ObjectLabel } from '../../widgets/object-label.tsx'
import { ShareBar, Size } from '../../widgets/size.tsx'
import { errorSentence } from '../../widgets/states.tsx'
import { groupName } from './group-name.ts'
import type { GroupTreeRow, ObjectTreeRow, TreeRow } from './tree-rows.ts'
import styles from './dominator-tree.module.css'

export const TREE_COLUMNS = 'minmax(13rem, 1fr) 5.75rem 5.75rem var(--ht-share-wide)'
/** Deeper rows are not moved further to the right; their level is written out instead. */
const DEEPEST_INDENT = 20
const INDENT_REM = 0.875

export function TreeHeader() {
  const { t } = useTranslation()
  return (
    <>
      <div role="columnheader" style={{ paddingLeft: '1.625rem' }}>
        {t('column.object')}
      </div>
      <div role="columnheader" className={styles['numeric']}>
        {t('column.shallow')}
      </div>
      <div role="columnheader" aria-sort="descending" className={styles['numeric']}>
        {t('column.retained')}
      </div>
      <div role="columnheader">{t('column.share')}</div>
    </>
  )
}

interface TreeCellsProps {
  readonly row: TreeRow
  /** Handed down: a hook in each cell is what long lists are slow by. */
  readonly t: TFunction
  readonly usedHeap: number
  readonly isActive: boolean
  readonly grouping: TreeGrouping | undefined
  readonly isDropping: boolean
  readonly onToggle: (row: TreeRow) => void
  readonly onMore: (row: TreeRow) => void
  readonly onRetry: () => void
  readonly onDrop: (row: TreeRow) => void
}

export function TreeCells(props: TreeCellsProps) {
  const { row, usedHeap } = props
  const indent = { paddingLeft: `${0.5 + (Math.min(row.level, DEEPEST_INDENT) - 1) * INDENT_REM}rem` }
  const sizes = sizesOf(row)
  return (
    <>
      <div role="gridcell" style={indent}>
        {row.level > DEEPEST_INDENT && <span className={styles['level']}>{row.level}</span>}
        <FirstCell {...props} />
      </div>
      {sizes !== undefined && (
        <>
          <div role="gridcell" className={styles['numeric']}>
            {sizes.shallow !== undefined && <Size bytes={sizes.shallow} />}
          </div>
          <div role="gridcell" className={styles['numeric']}>
            <Size bytes={sizes.retained} />
          </div>
          <div role="gridcell">
            <ShareBar part={sizes.retained} whole={usedHeap} />
          </div>
        </>
      )}
    </>
  )
}

function sizesOf(row: TreeRow): { shallow: number | undefined; retained: number } | undefined {
  switch (row.kind) {
    case 'object':
      return row.object
    case 'group':
      return row.group
    case 'more':
    case 'hidden':
      return { shallow: undefined, retained: row.retained }
    default:
      return undefined
  }
}

function FirstCell(props: TreeCellsProps) {
  const { row } = props
  switch (row.kind) {
    case 'object':
      return <ObjectCell {...props} row={row} />
    case 'group':
      return <GroupCell {...props} row={row} />
    default:
      return <OtherCell {...props} row={row} />
  }
}

function ObjectCell({ row, t, isActive, isDropping, onToggle, onDrop }: TreeCellsProps & { row: ObjectTreeRow }) {
  const name = objectSentence(row.object)
  return (
    <>
      {row.children > 0 ? (
        <Toggle t={t} expanded={row.expanded} name={name} onToggle={() => onToggle(row)} />
      ) : (
        <span className={styles['leaf']} />
      )}
      <span className={row.matches ? styles['match'] : styles['plain']}>
        <ObjectLabel object={row.object} />
      </span>
      {isActive && row.children > 0 && (
        <button
          type="button"
          tabIndex={-1}
          className={styles['drop']}
          disabled={isDropping}
          title={`${t('tree.dropHint')} (*)`}
          onClick={() => onDrop(row)}
        >
          <IconArrowBarToDown size={13} aria-hidden />
          {t('tree.drop')}
        </button>
      )}
    </>
  )
}

function GroupCell({ row, t, grouping, onToggle }: TreeCellsProps & { row: GroupTreeRow }) {
  const { group } = row
  const name = groupName(t, grouping, group)
  return (
    <>
      <Toggle t={t} expanded={row.expanded} name={name} onToggle={() => onToggle(row)} />
      {grouping === 'class' ? <ClassName name={name} own={group.own} /> : <b className={styles['groupName']}>{name}</b>}
      <span className={styles['count']}>
        {t('tree.groupObjects', { count: group.objects, formatted: formatCount(group.objects) })}
      </span>
    </>
  )
}

interface ToggleProps {
  readonly t: TFunction
  readonly expanded: boolean
  readonly name: string
  readonly onToggle: () => void
}

function Toggle({ t, expanded, name, onToggle }: ToggleProps) {
  const Chevron = expanded ? IconChevronDown : IconChevronRight
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles['toggle']}
      aria-label={expanded ? t('tree.close', { name }) : t('tree.open', { name })}
      onClick={onToggle}
    >
      <Chevron size={14} aria-hidden />
    </button>
  )
}

function OtherCell({
  row,
  t,
  onMore,
  onRetry,
}: TreeCellsProps & { row: Exclude<TreeRow, { kind: 'object' | 'group' }> }) {
  switch (row.kind) {
    case 'more': {
      const words = { count: row.objects, formatted: formatCount(row.objects), size: formatBytes(row.retained) }
      return (
        <span className={styles['note']}>
          {t('tree.more', words)}
          {row.canShow && (
            <button type="button" tabIndex={-1} className={styles['more']} onClick={() => onMore(row)}>
              {t('tree.showMore', { count: Math.min(100, row.objects) })}
            </button>
          )}
        </span>
      )
    }
    case 'hidden': {
      const words = { count: row.objects, formatted: formatCount(row.objects), size: formatBytes(row.retained) }
      return <span className={styles['note']}>{t('tree.hidden', words)}</span>
    }
    case 'between':
      return (
        <span className={styles['note']}>
          {t('tree.between', { count: row.objects, formatted: formatCount(row.objects) })}
        </span>
      )
    case 'omitted':
      return <span className={styles['note']}>{t('tree.omitted')}</span>
    case 'pending':
      return <span className={styles['note']}>{t('waiting')}</span>
    case 'failed':
      return (
        <span className={styles['note']}>
          {errorSentence(t, row.error)}
          <button type="button" tabIndex={-1} className={styles['more']} onClick={onRetry}>
            {t('error.retry')}
          </button>
        </span>
      )
  }
}
