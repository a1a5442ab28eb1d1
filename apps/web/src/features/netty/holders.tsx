/** Buffers that are alive, and who in the program holds them. */
import { useTranslation } from 'react-i18next'
import type { NettyFacts, NettyHolder } from '@heaptrail/api/netty'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import { nettyPlace, objectPlace, pathsPlace } from '../../widgets/object-places.ts'
import { Size } from '../../widgets/size.tsx'
import table from '../../widgets/table.module.css'
import styles from './netty.module.css'

interface HoldersProps {
  readonly place: PlaceOf<'netty'>
  readonly facts: NettyFacts
}

export function Holders({ place, facts: { buffers, holders, holdersOf } }: HoldersProps) {
  const { t } = useTranslation()
  const figures = {
    alive: formatCount(buffers.alive),
    bytes: formatBytes(buffers.bytes),
    released: formatCount(buffers.released),
  }
  return (
    <section className={styles['allocator']} aria-label={t('netty.holders')}>
      <h2 className={styles['title']}>{t('netty.holders')}</h2>
      <p className={styles['note']}>
        <PlaceLink to={nettyPlace(place, { tab: 'buffers' })}>{t('netty.buffersAlive', figures)}</PlaceLink>
        {', '}
        <PlaceLink to={nettyPlace(place, { tab: 'buffers', state: 'released' })}>
          {t('netty.buffersReleased', figures)}
        </PlaceLink>
        {buffers.more && ` ${t('netty.moreBuffers')}`}
        {holdersOf < buffers.alive && ` ${t('netty.holdersOf', { formatted: formatCount(holdersOf) })}`}
      </p>
      {holders.length > 0 && (
        <div className={styles['scroll']}>
          <table className={table['table']}>
            <caption className="visually-hidden">{t('netty.holders')}</caption>
            <thead>
              <tr>
                <th>{t('netty.holder')}</th>
                <th>{t('netty.largest')}</th>
                <th className={table['numeric']}>{t('netty.count')}</th>
                <th className={table['numeric']}>{t('netty.size')}</th>
              </tr>
            </thead>
            <tbody>
              {holders.map((holder) => (
                <HolderRow key={holder.sample.id} place={place} holder={holder} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function HolderRow({ place, holder }: { place: PlaceOf<'netty'>; holder: NettyHolder }) {
  const { t } = useTranslation()
  const { field, thread, sample, buffers, bytes } = holder
  return (
    <tr>
      <td>
        {field !== null && (
          <PlaceLink to={objectPlace({ ...place, objectId: field.object.id })}>
            <code className={field.own ? styles['own'] : undefined}>
              {field.className}
              {field.static ? '.' : '#'}
              {field.field}
            </code>
          </PlaceLink>
        )}
        {thread !== null && (
          <>
            <PlaceLink to={objectPlace({ ...place, objectId: thread.object.id })}>
              <ObjectLabel object={thread.object} />
            </PlaceLink>{' '}
            {thread.frame ?? t('netty.inThread')}
          </>
        )}
      </td>
      <td>
        <PlaceLink to={pathsPlace({ ...place, objectId: sample.id })}>
          <ObjectLabel object={sample} />
        </PlaceLink>
      </td>
      <td className={table['numeric']}>{formatCount(buffers)}</td>
      <td className={table['numeric']}>
        <Size bytes={bytes} />
      </td>
    </tr>
  )
}
