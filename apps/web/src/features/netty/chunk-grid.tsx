/** Chunks of an arena or an allocator, those first of which most has no owner. */
import { NativeSelect } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { NettyChunks, NettyFacts } from '@heaptrail/api/netty'
import { CHUNK_LISTS } from '@heaptrail/api/place-netty'
import { splitClassName } from '../../format/class-name.ts'
import { formatCount } from '../../format/count.ts'
import { nettyChunksQuery } from '../../server/netty.ts'
import { PlaceLink, useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { ObjectId } from '../../widgets/object-label.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { nettyPlace, objectPlace } from '../../widgets/object-places.ts'
import { usePagedRows } from '../../widgets/paged-rows.ts'
import { Size } from '../../widgets/size.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import styles from './netty.module.css'
import { OwnershipBar } from './ownership-bar.tsx'

type ChunkRow = NettyChunks['rows'][number]

interface GridProps {
  readonly place: PlaceOf<'netty'>
  readonly facts: NettyFacts
}

export function ChunkGrid({ place, facts }: GridProps) {
  const { t } = useTranslation()
  const { pool } = facts.allocators.find(({ arenas }) => arenas.some(({ chunks }) => chunks > 0)) ?? {}
  const of = place.of ?? pool?.allocator.id
  if (of === undefined) return <EmptyState title={t('netty.noPools')}>{t('netty.noPoolsHint')}</EmptyState>
  return <Chunks place={place} facts={facts} of={of} />
}

function Chunks({ place, facts, of }: GridProps & { readonly of: string }) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const { artifactId, caseId, list } = place
  const rows = usePagedRows(`${of} ${list ?? ''}`, (offset, limit) =>
    nettyChunksQuery(artifactId, { of, list, offset, limit }),
  )
  const columns = useChunkColumns(place)
  return (
    <>
      <div className={styles['controls']}>
        <NativeSelect
          size="xs"
          aria-label={t('netty.arena')}
          value={of}
          data={choices(facts)}
          onChange={(event) => replace({ ...place, of: event.currentTarget.value, selected: undefined })}
        />
        <NativeSelect
          size="xs"
          aria-label={t('netty.chunkList')}
          value={list ?? ''}
          data={[
            { value: '', label: t('netty.allLists') },
            ...CHUNK_LISTS.map((name) => ({ value: name, label: `${name} · ${t(`netty.list.${name}`)}` })),
          ]}
          onChange={(event) =>
            replace({ ...place, list: CHUNK_LISTS.find((name) => name === event.currentTarget.value) })
          }
        />
        {rows.total !== undefined && <span className={styles['dim']}>{formatCount(rows.total)}</span>}
      </div>
      {rows.error !== null && <ErrorState error={rows.error} retry={rows.retry} />}
      {rows.error === null && rows.total === undefined && <Waiting />}
      {rows.total === 0 && <EmptyState title={t('netty.noChunks')}>{t('netty.noChunksHint')}</EmptyState>}
      {rows.total !== undefined && rows.total > 0 && (
        <DataGrid
          label={t('netty.tab.chunks')}
          columns={columns}
          rows={rows}
          isSelected={(row) => row.object.id === place.selected}
          onSelect={(row) => replace({ ...place, selected: row.object.id })}
          onOpen={(row) => open(objectPlace({ caseId, artifactId, objectId: row.object.id }))}
          onMenu={(row, at) => openMenu({ caseId, artifactId, objectId: row.object.id }, at)}
        />
      )}
    </>
  )
}

function useChunkColumns(place: PlaceOf<'netty'>): readonly GridColumn<ChunkRow>[] {
  const { t } = useTranslation()
  return useMemo(
    () => [
      {
        id: 'object',
        title: t('netty.chunk'),
        width: 'minmax(7rem, 12rem)',
        cell: ({ object }) => <ObjectId id={object.id} />,
      },
      { id: 'list', title: t('netty.listColumn'), width: '4rem', cell: ({ list }) => list },
      size('bytes', t('netty.size')),
      size('lost', t('netty.lost')),
      {
        id: 'live',
        title: t('netty.live'),
        width: '5.5rem',
        numeric: true,
        cell: ({ object, live, liveBuffers }) =>
          liveBuffers === 0 ? (
            <Size bytes={0} />
          ) : (
            <PlaceLink to={nettyPlace(place, { tab: 'buffers', chunk: object.id })}>
              <Size bytes={live} />
            </PlaceLink>
          ),
      },
      size('cached', t('netty.cached')),
      {
        id: 'owners',
        title: t('netty.owners'),
        width: 'minmax(5rem, 1fr)',
        cell: (row) => <OwnershipBar figures={row} />,
      },
    ],
    [t, place],
  )
}

function size(name: 'bytes' | 'cached' | 'lost', title: string): GridColumn<ChunkRow> {
  return { id: name, title, width: '5.5rem', numeric: true, cell: (row) => <Size bytes={row[name]} /> }
}

/** Allocators with chunks, and their arenas below them. */
function choices({ allocators }: NettyFacts): { value: string; label: string }[] {
  return allocators.flatMap(({ pool: { allocator }, arenas }) => {
    const used = arenas.filter(({ chunks }) => chunks > 0)
    const label = ({ className, id }: { className: string; id: string }) =>
      `${splitClassName(className).simpleName} ${id}`
    return used.length === 0
      ? []
      : [
          { value: allocator.id, label: label(allocator) },
          ...used.map(({ object }) => ({ value: object.id, label: `– ${label(object)}` })),
        ]
  })
}
