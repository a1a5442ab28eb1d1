/** What waits to be written to each connection. */
import { useTranslation } from 'react-i18next'
import type { NettyFacts } from '@heaptrail/api/netty'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { Size } from '../../widgets/size.tsx'
import { EmptyState } from '../../widgets/states.tsx'
import table from '../../widgets/table.module.css'
import styles from './netty.module.css'

interface ConnectionsProps {
  readonly place: PlaceOf<'netty'>
  readonly facts: NettyFacts
}

export function Connections({ place, facts: { outbound } }: ConnectionsProps) {
  const { t } = useTranslation()
  if (outbound.channels === 0)
    return <EmptyState title={t('netty.noConnections')}>{t('netty.noConnectionsHint')}</EmptyState>
  const bytes = formatBytes(outbound.pending)
  return (
    <div className={styles['page']}>
      <p className={styles['note']}>
        {t('netty.pendingOf', { count: outbound.channels, formatted: formatCount(outbound.channels), bytes })}
      </p>
      <table className={table['table']}>
        <caption className="visually-hidden">{t('netty.tab.connections')}</caption>
        <thead>
          <tr>
            <th>{t('netty.remote')}</th>
            <th>{t('netty.channel')}</th>
            <th className={table['numeric']}>{t('netty.messages')}</th>
            <th className={table['numeric']}>{t('netty.pending')}</th>
            <th>{t('netty.writable')}</th>
          </tr>
        </thead>
        <tbody>
          {outbound.rows.map(({ object, channel, remote, messages, pending, writable }) => (
            <tr key={object.id}>
              <td>{remote ?? t('netty.noRemote')}</td>
              <td>
                <PlaceLink to={objectPlace({ ...place, objectId: (channel ?? object).id })}>
                  <ObjectLabel object={channel ?? object} />
                </PlaceLink>
              </td>
              <td className={table['numeric']}>{formatCount(messages)}</td>
              <td className={table['numeric']}>
                <PlaceLink to={objectPlace({ ...place, objectId: object.id })}>
                  <Size bytes={pending} />
                </PlaceLink>
              </td>
              <td>{t(writable ? 'netty.isWritable' : 'netty.notWritable')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
