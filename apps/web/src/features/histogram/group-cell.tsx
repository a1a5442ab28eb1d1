/** The first cell of a row of the histogram in groups. */
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { HistogramGroupRow } from '@heaptrail/api/heap-histogram'
import { formatCount } from '../../format/count.ts'
import { ClassName, OwnMark } from '../../widgets/object-label.tsx'
import { TreeCell } from '../../widgets/tree-cell.tsx'
import type { GroupLine } from './group-levels.ts'
import { loaderText } from './loader-text.ts'
import styles from './histogram.module.css'

export function GroupCell({ line, onToggle }: { line: GroupLine; onToggle: () => void }) {
  const { t } = useTranslation()
  const name = line.kind === 'row' ? rowName(t, line.row) : ''
  return (
    <TreeCell level={line.level} open={line.kind === 'row' ? line.isOpen : undefined} name={name} onToggle={onToggle}>
      {line.kind === 'pending' && <span className={styles['dim']}>{t('waiting')}</span>}
      {line.kind === 'more' && (
        <span className={styles['dim']}>
          {t('histogram.moreRows', { count: line.count, formatted: formatCount(line.count) })}
        </span>
      )}
      {line.kind === 'row' && <Name row={line.row} name={name} />}
    </TreeCell>
  )
}

function Name({ row, name }: { row: HistogramGroupRow; name: string }) {
  const { t } = useTranslation()
  const count = (
    <span className={styles['count']}>
      {t('histogram.classCount', { count: row.classes, formatted: formatCount(row.classes) })}
    </span>
  )
  if (row.classId !== null)
    return (
      <>
        <ClassName name={row.name} own={row.own} />
        {row.children > 0 && count}
      </>
    )
  return (
    <>
      <b className={styles['name']}>{name}</b>
      {row.own && <OwnMark />}
      {count}
    </>
  )
}

/** Packages end with a dot in their keys, which loaders and classes do not. */
export function rowName(t: TFunction, row: HistogramGroupRow): string {
  if (row.classId !== null) return row.name
  if (row.key.endsWith('.')) return row.name === '' ? t('tree.noPackage') : row.name
  return loaderText(t, row)
}

/** Where no row stands above it to say the rest: packages in full. */
export function fileName(t: TFunction, row: HistogramGroupRow): string {
  const isPackage = row.classId === null && row.key.endsWith('.') && row.name !== ''
  return isPackage ? row.key.slice(0, -1) : rowName(t, row)
}
