/** Allocators whose chunks follow what is asked for (Netty 4.2). */
import { useTranslation } from 'react-i18next'
import type { AdaptiveAllocator } from '@heaptrail/api/netty'
import { formatCount } from '../../format/count.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { Size } from '../../widgets/size.tsx'
import table from '../../widgets/table.module.css'
import styles from './netty.module.css'

interface AdaptiveProps {
  readonly place: PlaceOf<'netty'>
  readonly allocators: readonly AdaptiveAllocator[]
}

export function Adaptive({ place, allocators }: AdaptiveProps) {
  const { t } = useTranslation()
  return (
    <section className={styles['allocator']} aria-label={t('netty.adaptive')}>
      <h2 className={styles['title']}>{t('netty.adaptive')}</h2>
      <div className={styles['scroll']}>
        <table className={table['table']}>
          <thead>
            <tr>
              <th>{t('netty.allocator')}</th>
              <th className={table['numeric']}>{t('netty.chunks')}</th>
              <th className={table['numeric']}>{t('netty.size')}</th>
              <th className={table['numeric']}>{t('netty.liveBuffers')}</th>
              <th className={table['numeric']}>{t('netty.live')}</th>
              <th className={table['numeric']}>{t('netty.lostBuffers')}</th>
            </tr>
          </thead>
          <tbody>
            {allocators.map(({ object, direct, chunks, bytes, liveBuffers, live, lostBuffers }) => (
              <tr key={object.id + String(direct)}>
                <td>
                  <PlaceLink to={objectPlace({ ...place, objectId: object.id })}>
                    <ObjectLabel object={object} />
                  </PlaceLink>
                  {direct && <span className={styles['tag']}>{t('netty.direct')}</span>}
                </td>
                <td className={table['numeric']}>{formatCount(chunks)}</td>
                <td className={table['numeric']}>
                  <Size bytes={bytes} />
                </td>
                <td className={table['numeric']}>{formatCount(liveBuffers)}</td>
                <td className={table['numeric']}>
                  <Size bytes={live} />
                </td>
                <td className={table['numeric']}>{formatCount(lostBuffers)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
