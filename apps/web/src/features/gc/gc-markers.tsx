/** Histograms and heap dumps that were taken while the log ran: links that stand at their moment. */
import { useQuery } from '@tanstack/react-query'
import type { TimelineItem } from '@heaptrail/api/timeline'
import { EvidenceMarkers } from '../../charts/evidence-markers.tsx'
import type { Window } from '../../charts/window.ts'
import { timelineQuery } from '../../server/evidence.ts'
import type { PlaceOf } from '../../url/place-of.ts'

interface GcMarkersProps {
  readonly place: PlaceOf<'gc'>
  readonly extent: Window
  readonly window: Window
}

export function GcMarkers({ place, extent, window }: GcMarkersProps) {
  const { data } = useQuery(timelineQuery(place.caseId))
  const log = data?.items.find(({ artifactId, part }) => artifactId === place.artifactId && part === place.part)
  // Laid over another log, times of this case are not those of the axis.
  if (data === undefined || log === undefined || place.overlay !== undefined) return undefined
  const items = data.items.filter(({ kind }) => kind === 'class-histogram' || kind === 'heap-dump')
  return (
    <EvidenceMarkers
      caseId={place.caseId}
      window={window}
      items={items.map((item) => ({
        item,
        at: positionOn(log, extent, item.time.from),
        isGuess: item.time.source === 'guessed' || log.time.source === 'guessed',
      }))}
    />
  )
}

/** Where a moment of the case lies on the log's own axis. */
export function positionOn(log: Pick<TimelineItem, 'time'>, extent: Window, at: number): number {
  const { from, to } = log.time
  return extent.from + ((at - from) / (to - from || 1)) * (extent.to - extent.from)
}
