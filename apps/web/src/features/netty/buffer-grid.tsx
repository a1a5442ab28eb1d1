/** Buffers with their decoded reference counts, the largest first. */
import { SegmentedControl } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type NettyBuffers, NettyBufferState, type NettyFacts } from '@heaptrail/api/netty'
import { formatCount } from '../../format/count.ts'
import { nettyBuffersQuery } from '../../server/netty.ts'
import { PlaceLink, useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { DataGrid, type GridColumn } from '../../widgets/data-grid.tsx'
import { useObjectColumn } from '../../widgets/object-columns.tsx'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { usePagedRows } from '../../widgets/paged-rows.ts'
import { Size } from '../../widgets/size.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import styles from './netty.module.css'

type BufferRow = NettyBuffers['rows'][number]
const bufferOf = ({ object }: BufferRow) => object

interface GridProps {
  readonly place: PlaceOf<'netty'>
  readonly facts: NettyFacts
}

export function BufferGrid({ place, facts }: GridProps) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const { artifactId, caseId, chunk, state } = place
  const rows = usePagedRows(`${state} ${chunk ?? ''}`, (offset, limit) =>
    nettyBuffersQuery(artifactId, { state, chunk, offset, limit }),
  )
  const object = useObjectColumn(bufferOf)
  const columns = useBufferColumns(place)
  return (
    <>
      <div className={styles['controls']}>
        <SegmentedControl
          size="xs"
          aria-label={t('netty.tab.buffers')}
          value={state}
          data={NettyBufferState.options.map((value) => ({ value, label: t(`netty.state.${value}`) }))}
          onChange={(value) =>
            replace({ ...place, state: NettyBufferState.catch('alive').parse(value), selected: undefined })
          }
        />
        {chunk !== undefined && (
          <>
            <span>{t('netty.inChunk', { id: chunk })}</span>
            <button type="button" className="link" onClick={() => replace({ ...place, chunk: undefined })}>
              {t('netty.allChunks')}
            </button>
          </>
        )}
        {rows.total !== undefined && <span className={styles['dim']}>{formatCount(rows.total)}</span>}
        {facts.buffers.more && <span className={styles['dim']}>{t('netty.moreBuffers')}</span>}
      </div>
      {rows.error !== null && <ErrorState error={rows.error} retry={rows.retry} />}
      {rows.error === null && rows.total === undefined && <Waiting />}
      {rows.total === 0 && <EmptyState title={t('netty.noBuffers')}>{t('netty.noBuffersHint')}</EmptyState>}
      {rows.total !== undefined && rows.total > 0 && (
        <DataGrid
          label={t('netty.tab.buffers')}
          columns={[object, ...columns]}
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

function useBufferColumns({ caseId, artifactId }: PlaceOf<'netty'>): readonly GridColumn<BufferRow>[] {
  const { t } = useTranslation()
  return useMemo(
    () => [
      {
        id: 'references',
        title: t('netty.references'),
        width: '7rem',
        numeric: true,
        cell: ({ references }) => formatCount(references),
      },
      {
        id: 'bytes',
        title: t('netty.memory'),
        width: '7rem',
        numeric: true,
        cell: ({ bytes }) => <Size bytes={bytes} />,
      },
      {
        id: 'chunk',
        title: t('netty.chunk'),
        width: '10rem',
        cell: ({ chunk }) =>
          chunk === null ? (
            t('netty.unpooled')
          ) : (
            <PlaceLink to={objectPlace({ caseId, artifactId, objectId: chunk })}>{chunk}</PlaceLink>
          ),
      },
    ],
    [t, caseId, artifactId],
  )
}
