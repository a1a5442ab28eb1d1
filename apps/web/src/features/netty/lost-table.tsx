/** What is given out and has no owner any more, by the size of the pieces. */
import { useTranslation } from 'react-i18next'
import type { NettyAllocator } from '@heaptrail/api/netty'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { Size } from '../../widgets/size.tsx'
import table from '../../widgets/table.module.css'
import styles from './netty.module.css'

export function LostTable({ pieces }: { pieces: NettyAllocator['lostPieces'] }) {
  const { t } = useTranslation()
  if (pieces.length === 0) return <p className={styles['note']}>{t('netty.nothingLost')}</p>
  return (
    <table className={table['table']}>
      <caption className={styles['caption']}>{t('netty.lostPieces')}</caption>
      <thead>
        <tr>
          <th>{t('netty.pieces')}</th>
          <th className={table['numeric']}>{t('netty.count')}</th>
          <th className={table['numeric']}>{t('netty.size')}</th>
        </tr>
      </thead>
      <tbody>
        {pieces.map(({ size, count, bytes }) => (
          <tr key={size ?? 'rest'}>
            <td>{size === null ? t('netty.otherPieces') : t('netty.ofSize', { size: formatBytes(size) })}</td>
            <td className={table['numeric']}>{count === null ? '' : formatCount(count)}</td>
            <td className={table['numeric']}>
              <Size bytes={bytes} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
