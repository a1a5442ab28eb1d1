/** The cells of a row of a stack. */
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../format/count.ts'
import { ObjectLabel, OwnMark } from '../../widgets/object-label.tsx'
import { ShareBar, Size } from '../../widgets/size.tsx'
import type { StackRow } from './stack-rows.ts'
import styles from './threads.module.css'

export const STACK_COLUMNS = 'minmax(16rem, 1fr) 5.75rem 5.75rem var(--ht-share)'

export function StackHeader() {
  const { t } = useTranslation()
  return (
    <>
      <div role="columnheader">{t('threads.column.stack')}</div>
      <div role="columnheader" className={styles['numeric']}>
        {t('column.shallow')}
      </div>
      <div role="columnheader" className={styles['numeric']}>
        {t('column.retained')}
      </div>
      <div role="columnheader">{t('column.share')}</div>
    </>
  )
}

export function StackCells({ row, usedHeap }: { row: StackRow; usedHeap: number }) {
  if (row.kind !== 'held') {
    return (
      <div role="gridcell" className={styles['wholeRow']}>
        <FrameText row={row} />
      </div>
    )
  }
  const { object, type } = row.held
  return (
    <>
      <div role="gridcell" className={styles['held']}>
        <span className={styles['mark']}>{type}</span>
        <ObjectLabel object={object} />
      </div>
      <div role="gridcell" className={styles['numeric']}>
        <Size bytes={object.shallow} />
      </div>
      <div role="gridcell" className={styles['numeric']}>
        <Size bytes={object.retained} />
      </div>
      <div role="gridcell">
        <ShareBar part={object.retained} whole={usedHeap} />
      </div>
    </>
  )
}

function FrameText({ row }: { row: Exclude<StackRow, { kind: 'held' }> }) {
  const { t } = useTranslation()
  switch (row.kind) {
    case 'frame':
      return (
        <span className={row.own ? styles['frame'] : styles['otherFrame']} title={row.text}>
          {row.text}
          {row.own && (
            <>
              {' '}
              <OwnMark inWords />
            </>
          )}
        </span>
      )
    case 'others':
      return <span className={styles['dim']}>{t('threads.others')}</span>
    case 'omitted':
      return (
        <span className={styles['dim']}>
          {t(row.what === 'frames' ? 'threads.moreFrames' : 'threads.moreLocals', {
            count: row.count,
            formatted: formatCount(row.count),
          })}
        </span>
      )
  }
}
