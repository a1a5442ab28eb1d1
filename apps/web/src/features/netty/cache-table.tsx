/** What threads keep of an allocator for their next buffers. */
import { useTranslation } from 'react-i18next'
import type { NettyAllocator } from '@heaptrail/api/netty'
import { formatCount } from '../../format/count.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { Size } from '../../widgets/size.tsx'
import table from '../../widgets/table.module.css'
import styles from './netty.module.css'

const SHOWN = 8

interface CacheTableProps {
  readonly place: PlaceOf<'netty'>
  readonly allocator: NettyAllocator
}

export function CacheTable({ place, allocator: { caches, cacheCount } }: CacheTableProps) {
  const { t } = useTranslation()
  if (cacheCount === 0) return <p className={styles['note']}>{t('netty.noCaches')}</p>
  const shown = caches.slice(0, SHOWN)
  return (
    <div>
      <table className={table['table']}>
        <caption className={styles['caption']}>{t('netty.caches')}</caption>
        <thead>
          <tr>
            <th>{t('netty.thread')}</th>
            <th className={table['numeric']}>{t('netty.piecesKept')}</th>
            <th className={table['numeric']}>{t('netty.size')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ object, thread, pieces, bytes }) => (
            <tr key={object.id}>
              <td>
                <PlaceLink to={objectPlace({ ...place, objectId: object.id })}>
                  <ObjectLabel object={thread ?? object} />
                </PlaceLink>
              </td>
              <td className={table['numeric']}>{formatCount(pieces)}</td>
              <td className={table['numeric']}>
                <Size bytes={bytes} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {cacheCount > shown.length && (
        <p className={styles['note']}>
          {t('netty.moreCaches', {
            count: cacheCount - shown.length,
            formatted: formatCount(cacheCount - shown.length),
          })}
        </p>
      )}
    </div>
  )
}
