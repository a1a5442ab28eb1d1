/** What grew and what shrank, the most first; long tables open on demand. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Change } from '@heaptrail/api/compare'
import { formatSignedBytes } from '../../format/bytes.ts'
import { formatCount, formatSigned } from '../../format/count.ts'
import { Size } from '../../widgets/size.tsx'
import table from '../../widgets/table.module.css'
import styles from './compare.module.css'

const SHOWN = 20
const MORE = 200

interface ChangeTableProps {
  readonly title: string
  readonly rows: readonly Change[]
  readonly by: 'retained' | 'shallow'
}

export function ChangeTable({ title, rows, by }: ChangeTableProps) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(SHOWN)
  const [shrunk, setShrunk] = useState(false)
  const ordered = shrunk ? rows.toReversed() : rows
  return (
    <section className={styles['changes']}>
      <h2>
        {title}{' '}
        <button type="button" className="link" onClick={() => setShrunk(!shrunk)}>
          {t(shrunk ? 'compare.showGrown' : 'compare.showShrunk')}
        </button>
      </h2>
      <table className={table['table']}>
        <thead>
          <tr>
            <th>{t('compare.name')}</th>
            <th className={table['numeric']}>{t('compare.objects')}</th>
            <th className={table['numeric']}>{t('compare.before')}</th>
            <th className={table['numeric']}>{t('compare.after')}</th>
            <th className={table['numeric']}>{t('compare.growth')}</th>
          </tr>
        </thead>
        <tbody>
          {ordered.slice(0, shown).map((row) => (
            <ChangeRow key={row.name} row={row} by={by} />
          ))}
        </tbody>
      </table>
      {rows.length > shown && (
        <button type="button" className="link" onClick={() => setShown(shown + MORE)}>
          {t('compare.more', { formatted: formatCount(rows.length - shown) })}
        </button>
      )}
    </section>
  )
}

function ChangeRow({ row, by }: { row: Change; by: 'retained' | 'shallow' }) {
  const before = by === 'retained' ? row.retainedBefore : row.shallowBefore
  const after = by === 'retained' ? row.retainedAfter : row.shallowAfter
  return (
    <tr>
      <td>{row.name}</td>
      <td className={table['numeric']}>{formatSigned(row.objectsAfter - row.objectsBefore)}</td>
      <td className={table['numeric']}>
        <Size bytes={before} />
      </td>
      <td className={table['numeric']}>
        <Size bytes={after} />
      </td>
      <td className={table['numeric']}>{formatSignedBytes(after - before)}</td>
    </tr>
  )
}
