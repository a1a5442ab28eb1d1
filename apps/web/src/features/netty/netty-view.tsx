/** What a heap knows about Netty: its pools, their chunks, buffers, connections, and whether something leaks. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { NettyFacts } from '@heaptrail/api/netty'
import { NETTY_TABS } from '@heaptrail/api/place-netty'
import { nettyQuery } from '../../server/netty.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { Tabs } from '../../widgets/tabs.tsx'
import { ViewHead } from '../../widgets/view-head.tsx'
import { Allocators } from './allocators.tsx'
import { BufferGrid } from './buffer-grid.tsx'
import { ChunkGrid } from './chunk-grid.tsx'
import { Connections } from './connections.tsx'

export function NettyView({ place }: { place: PlaceOf<'netty'> }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { data, error, refetch } = useQuery(nettyQuery(place.artifactId))
  return (
    <>
      <ViewHead title={t('view.netty')}>
        <Tabs
          label={t('netty.parts')}
          names={NETTY_TABS}
          current={place.tab}
          title={(tab) => t(`netty.tab.${tab}`)}
          onChange={(tab) => replace({ ...place, tab, selected: undefined })}
        />
      </ViewHead>
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Waiting what={t('netty.waiting')} />}
      {data !== undefined && isEmpty(data) && <EmptyState title={t('netty.none')}>{t('netty.noneHint')}</EmptyState>}
      {data !== undefined && !isEmpty(data) && <Part place={place} facts={data} />}
    </>
  )
}

function isEmpty({ counting, allocators, adaptive, outbound }: NettyFacts): boolean {
  return counting === null && allocators.length === 0 && adaptive.length === 0 && outbound.channels === 0
}

function Part({ place, facts }: { place: PlaceOf<'netty'>; facts: NettyFacts }) {
  switch (place.tab) {
    case 'pools':
      return <Allocators place={place} facts={facts} />
    case 'chunks':
      return <ChunkGrid place={place} facts={facts} />
    case 'buffers':
      return <BufferGrid place={place} facts={facts} />
    case 'connections':
      return <Connections place={place} facts={facts} />
  }
}
