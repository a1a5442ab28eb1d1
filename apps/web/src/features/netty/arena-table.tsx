/** The arenas of an allocator: how much their chunks have, what of it is given out, and to whom. */
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NettyAllocator, NettyArena, Ownership } from '@heaptrail/api/netty'
import { CHUNK_LISTS } from '@heaptrail/api/place-netty'
import { splitClassName } from '../../format/class-name.ts'
import { formatCount } from '../../format/count.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { nettyPlace, objectPlace } from '../../widgets/object-places.ts'
import { Size } from '../../widgets/size.tsx'
import table from '../../widgets/table.module.css'
import styles from './netty.module.css'
import { OwnershipBar } from './ownership-bar.tsx'

interface ArenaTableProps {
  readonly place: PlaceOf<'netty'>
  readonly allocator: NettyAllocator
}

export function ArenaTable({ place, allocator: { arenas } }: ArenaTableProps) {
  const { t } = useTranslation()
  const used = arenas.filter(({ chunks }) => chunks > 0)
  return (
    <div className={styles['scroll']}>
      <table className={table['table']}>
        <caption className="visually-hidden">{t('netty.arenas')}</caption>
        <thead>
          <tr>
            <th>{t('netty.arena')}</th>
            <th className={table['numeric']}>{t('netty.chunks')}</th>
            <th className={table['numeric']}>{t('netty.size')}</th>
            <th className={table['numeric']}>{t('netty.taken')}</th>
            <th className={table['numeric']}>{t('netty.lost')}</th>
            <th className={table['numeric']}>{t('netty.live')}</th>
            <th className={table['numeric']}>{t('netty.cached')}</th>
            <th className={styles['barColumn']}>{t('netty.owners')}</th>
          </tr>
        </thead>
        {used.map((arena) => (
          <ArenaRows key={arena.object.id} place={place} arena={arena} />
        ))}
      </table>
      {used.length < arenas.length && (
        <p className={styles['note']}>
          {t('netty.emptyArenas', {
            count: arenas.length - used.length,
            formatted: formatCount(arenas.length - used.length),
          })}
        </p>
      )}
    </div>
  )
}

function ArenaRows({ place, arena }: { place: PlaceOf<'netty'>; arena: NettyArena }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const lists = arena.lists.filter(({ chunks }) => chunks > 0)
  return (
    <tbody>
      <tr>
        <td>
          <span className={styles['arena']}>
            <button
              type="button"
              className={styles['toggle']}
              aria-expanded={open}
              aria-label={t('netty.lists', { name: arena.object.id })}
              onClick={() => setOpen(!open)}
            >
              {open ? '▾' : '▸'}
            </button>
            <PlaceLink to={objectPlace({ ...place, objectId: arena.object.id })}>
              {splitClassName(arena.object.className).simpleName}
            </PlaceLink>
            <code className={styles['dim']}>{arena.object.id}</code>
            {arena.direct && <span className={styles['tag']}>{t('netty.direct')}</span>}
          </span>
        </td>
        <Figures figures={arena}>
          <PlaceLink to={nettyPlace(place, { tab: 'chunks', of: arena.object.id })}>
            {formatCount(arena.chunks)}
          </PlaceLink>
        </Figures>
      </tr>
      {open &&
        lists.map((list) => (
          <tr key={list.name}>
            <td>
              <span className={`${styles['arena']} ${styles['indent']}`}>
                {list.object === null ? (
                  list.name
                ) : (
                  <PlaceLink to={objectPlace({ ...place, objectId: list.object.id })}>{list.name}</PlaceLink>
                )}
                <span className={styles['dim']}>{t(`netty.list.${nameOfList(list.name)}`)}</span>
              </span>
            </td>
            <Figures figures={list}>
              <PlaceLink to={nettyPlace(place, { tab: 'chunks', of: arena.object.id, list: nameOfList(list.name) })}>
                {formatCount(list.chunks)}
              </PlaceLink>
            </Figures>
          </tr>
        ))}
    </tbody>
  )
}

function nameOfList(name: string): (typeof CHUNK_LISTS)[number] {
  return CHUNK_LISTS.find((list) => list === name) ?? 'qInit'
}

/** @param children how many chunks */
function Figures({ figures, children }: { figures: Ownership; children: ReactNode }) {
  return (
    <>
      <td className={table['numeric']}>{children}</td>
      <td className={table['numeric']}>
        <Size bytes={figures.bytes} />
      </td>
      {(['taken', 'lost', 'live', 'cached'] as const).map((name) => (
        <td key={name} className={table['numeric']}>
          <Size bytes={figures[name]} />
        </td>
      ))}
      <td>
        <OwnershipBar figures={figures} />
      </td>
    </>
  )
}
