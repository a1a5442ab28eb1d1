/** All evidence of a case on one time axis: logs as curves, everything else at its moment. */
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Timeline } from '@heaptrail/api/timeline'
import { positionText, tickText, type Axis } from '../../charts/axis.ts'
import { Brush } from '../../charts/brush.tsx'
import { ChartStack } from '../../charts/chart-stack.tsx'
import { EvidenceMarkers } from '../../charts/evidence-markers.tsx'
import { neighbour } from '../../charts/gestures.ts'
import { Legend } from '../../charts/legend.tsx'
import { PictureButton } from '../../charts/picture-button.tsx'
import { spanOf, windowAround, windowOf, type Extent, type Window } from '../../charts/window.ts'
import { ZoomButtons } from '../../charts/zoom-buttons.tsx'
import { timelineQuery } from '../../server/evidence.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { CaseFindings } from '../../widgets/case-findings.tsx'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { ViewFacts, ViewHead } from '../../widgets/view-head.tsx'
import { EvidenceRows } from './evidence-rows.tsx'
import { EvidenceTimes } from './evidence-times.tsx'
import { Lanes, lanePositions, lanesLegend, useLanes } from './lanes.tsx'
import { LanesTooltip } from './lanes-tooltip.tsx'
import styles from './timeline.module.css'

type TimelinePlace = PlaceOf<'timeline'>

export function TimelineView({ place }: { place: TimelinePlace }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(timelineQuery(place.caseId))
  if (error !== null && data === undefined) return <ErrorState whole error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  if (data.items.length === 0)
    return (
      <EmptyState whole title={t('timeline.none')}>
        {t(data.pending.length > 0 ? 'timeline.noneYet' : 'timeline.noneHint')}
      </EmptyState>
    )
  return <Evidence place={place} timeline={data} />
}

function Evidence({ place, timeline }: { place: TimelinePlace; timeline: Timeline }) {
  const { t, i18n } = useTranslation()
  const { replace } = useNavigation()
  const [marked, setMarked] = useState<Window | undefined>(undefined)
  const axis: Axis = timeline.shows === 'dates' ? { unit: 'time' } : { unit: 'since', origin: timeline.from }
  const extent = extentOf(timeline)
  const window = windowOf(extent, place)
  const zoom = (next: Window) => replace({ ...place, ...spanOf(extent, next) })
  const text = (at: number) => positionText(t, axis, at, i18n.language)
  return (
    <>
      <ViewHead title={t('view.timeline')}>
        {timeline.pending.length > 0 && (
          <ViewFacts>{t('timeline.pending', { count: timeline.pending.length })}</ViewFacts>
        )}
      </ViewHead>
      <CaseFindings
        caseId={place.caseId}
        isShort
        onShow={(time) => {
          setMarked(time)
          zoom(windowAround(extent, time))
        }}
      />
      <Curves
        place={place}
        timeline={timeline}
        axis={axis}
        extent={extent}
        window={window}
        marked={marked}
        onZoom={zoom}
      />
      <EvidenceRows caseId={place.caseId} items={timeline.items} window={window} text={text} />
      <Brush extent={extent} window={window} silhouette={NO_SILHOUETTE} valueText={text} onZoom={zoom} />
      <EvidenceTimes caseId={place.caseId} timeline={timeline} />
    </>
  )
}

interface CurvesProps {
  readonly place: TimelinePlace
  readonly timeline: Timeline
  readonly axis: Axis
  readonly extent: Extent
  readonly window: Window
  readonly marked: Window | undefined
  readonly onZoom: (window: Window) => void
}

function Curves({ place, timeline, axis, extent, window, marked, onZoom }: CurvesProps) {
  const { t, i18n } = useTranslation()
  const { replace } = useNavigation()
  const lanes = useLanes(timeline, place)
  const text = (at: number) => positionText(t, axis, at, i18n.language)
  const short = (at: number) => tickText(axis, at, window.to - window.from, i18n.language)
  const moments = timeline.items.filter(({ kind }) => kind === 'class-histogram' || kind === 'heap-dump')
  const marks = moments.map((item) => ({ item, at: item.time.from, isGuess: item.time.source === 'guessed' }))
  const positions = lanePositions(lanes, moments)
  const charts = useRef<HTMLDivElement>(null)
  const legend = lanesLegend(t, lanes)
  return (
    <>
      <div className={styles['toolbar']}>
        <Legend entries={legend} hidden={place.hidden} onChange={(hidden) => replace({ ...place, hidden })} />
        <ZoomButtons
          extent={extent}
          window={window}
          text={`${short(window.from)} – ${short(window.to)}`}
          onZoom={onZoom}
        />
        <PictureButton
          charts={charts}
          legend={legend.filter(({ name }) => !place.hidden.includes(name))}
          file="timeline.png"
        />
      </div>
      <div ref={charts}>
        <ChartStack
          label={t('timeline.chartLabel', { from: text(window.from), to: text(window.to) })}
          axis={axis}
          extent={extent}
          window={window}
          onZoom={onZoom}
          next={(x, direction) => neighbour(positions, x, direction)}
          highlighted={marked}
          tooltip={(x) => <LanesTooltip lanes={lanes} hidden={place.hidden} position={text(x)} x={x} />}
          markers={<EvidenceMarkers caseId={place.caseId} window={window} items={marks} />}
        >
          <Lanes lanes={lanes} hidden={place.hidden} window={window} />
        </ChartStack>
      </div>
    </>
  )
}

/** What is drawn in small has no meaning over several logs; the bars above show where they lie. */
const NO_SILHOUETTE = { x: [], y: [] } as const

/** Some air at both ends, so that what happened first and last is not on the frame. */
export function extentOf({ from, to }: Pick<Timeline, 'from' | 'to'>): Extent {
  const air = Math.max((to - from) * 0.02, 1000)
  return { from: Math.floor(from - air), to: Math.ceil(to + air), least: 1000, step: 1 }
}
