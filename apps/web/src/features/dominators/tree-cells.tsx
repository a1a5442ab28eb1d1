/** The cells of a row of the tree. */
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { objectSentence } from '../../format/object-text.ts'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import { ShareBar, Size } from '../../widgets/size.tsx'
import { errorSentence } from '../../widgets/states.tsx'
import type { TreeRow } from './tree-rows.ts'
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
  readonly usedHeap: number
  readonly onToggle: () => void
  readonly onMore: () => void
  readonly onRetry: () => void
}

export function TreeCells(props: TreeCellsProps) {
  const { row, usedHeap } = props
  const indent = { paddingLeft: `${0.5 + (Math.min(row.level, DEEPEST_INDENT) - 1) * INDENT_REM}rem` }
  return (
    <>
      <div role="gridcell" style={indent}>
        {row.level > DEEPEST_INDENT && <span className={styles['level']}>{row.level}</span>}
        {row.kind === 'object' ? <ObjectCell {...props} row={row} /> : <OtherCell {...props} row={row} />}
      </div>
      {row.kind === 'object' && (
        <>
          <div role="gridcell" className={styles['numeric']}>
            <Size bytes={row.object.shallow} />
          </div>
          <div role="gridcell" className={styles['numeric']}>
            <Size bytes={row.object.retained} />
          </div>
          <div role="gridcell">
            <ShareBar part={row.object.retained} whole={usedHeap} />
          </div>
        </>
      )}
      {row.kind === 'more' && (
        <>
          <div role="gridcell" />
          <div role="gridcell" className={styles['numeric']}>
            <Size bytes={row.retained} />
          </div>
          <div role="gridcell">
            <ShareBar part={row.retained} whole={usedHeap} />
          </div>
        </>
      )}
    </>
  )
}

function ObjectCell({ row, onToggle }: TreeCellsProps & { row: Extract<TreeRow, { kind: 'object' }> }) {
  const { t } = useTranslation()
  const Chevron = row.expanded ? IconChevronDown : IconChevronRight
  const name = objectSentence(row.object)
  return (
    <>
      {row.children > 0 ? (
        <button
          type="button"
          tabIndex={-1}
          className={styles['toggle']}
          aria-label={row.expanded ? t('tree.close', { name }) : t('tree.open', { name })}
          onClick={onToggle}
        >
          <Chevron size={14} aria-hidden />
        </button>
      ) : (
        <span className={styles['leaf']} />
      )}
      <ObjectLabel object={row.object} />
    </>
  )
}

function OtherCell({ row, onMore, onRetry }: TreeCellsProps & { row: Exclude<TreeRow, { kind: 'object' }> }) {
  const { t } = useTranslation()
  switch (row.kind) {
    case 'more': {
      const words = { count: row.objects, formatted: formatCount(row.objects), size: formatBytes(row.retained) }
      return (
        <span className={styles['note']}>
          {t('tree.more', words)}
          {row.canShow && (
            <button type="button" tabIndex={-1} className={styles['more']} onClick={onMore}>
              {t('tree.showMore', { count: Math.min(100, row.objects) })}
            </button>
          )}
        </span>
      )
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
