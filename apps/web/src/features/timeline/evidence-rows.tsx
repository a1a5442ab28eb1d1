/** Every piece of evidence as a bar on the axis; what a person knows better is dragged into place. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reading } from '@heaptrail/api/text-parts'
import type { TimelineItem } from '@heaptrail/api/timeline'
import type { Window } from '../../charts/window.ts'
import { sayReading } from '../../server/evidence.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import { evidencePlace } from '../../widgets/evidence-places.ts'
import { ErrorState } from '../../widgets/states.tsx'
import styles from './timeline.module.css'

/** Key presses from one end of the window to the other. */
const KEY_STEPS = 200
/** A name needs about so much of the window beside its bar; without that it stands on the bar. */
const ROOM = 0.4

interface EvidenceRowsProps {
  readonly caseId: string
  readonly items: readonly TimelineItem[]
  readonly window: Window
  readonly text: (at: number) => string
}

export function EvidenceRows({ caseId, items, window, text }: EvidenceRowsProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const say = useMutation({
    mutationFn: ({ item, startedAt }: { item: TimelineItem; startedAt: number }) =>
      sayReading(queryClient, item.artifactId, movedTo(item, startedAt)),
  })
  return (
    <>
      <ul className={styles['rows']} aria-label={t('timeline.bars')}>
        {items.map((item) => (
          <Row
            key={`${item.artifactId} ${item.part}`}
            caseId={caseId}
            item={item}
            window={window}
            text={text}
            onMove={(startedAt) => say.mutate({ item, startedAt })}
          />
        ))}
      </ul>
      {say.error !== null && <ErrorState error={say.error} />}
    </>
  )
}

/** What was said before stays, but for the moment. */
export function movedTo({ part, reading }: Pick<TimelineItem, 'part' | 'reading'>, startedAt: number): Reading {
  const said = reading ?? { secondsPerRow: null, maxHeapBytes: null, youngBytes: null }
  return { ...said, part, startedAt: new Date(Math.round(startedAt)).toISOString() }
}

interface RowProps extends Omit<EvidenceRowsProps, 'items'> {
  readonly item: TimelineItem
  readonly onMove: (startedAt: number) => void
}

function Row({ caseId, item, window, text, onMove }: RowProps) {
  const { t } = useTranslation()
  const track = useRef<HTMLDivElement>(null)
  const { by, handlers } = useMove(track, item, window, onMove)
  const width = window.to - window.from || 1
  const share = (at: number) => (at - window.from) / width
  const [from, to] = [share(item.time.from + by), share(item.time.to + by)]
  const bar = {
    className: styles['bar'],
    'data-guessed': item.time.source === 'guessed' || undefined,
    'data-kind': item.kind,
    style: { left: percent(from), width: `max(0.375rem, ${percent(to - from)})` },
  }
  return (
    <li>
      <div ref={track} className={styles['track']}>
        {item.kind === 'heap-dump' ? (
          <span {...bar} title={text(item.time.from)} />
        ) : (
          <span
            {...bar}
            {...handlers}
            role="slider"
            tabIndex={0}
            title={t('timeline.drag')}
            aria-label={t('timeline.move', { name: item.name })}
            aria-valuemin={Math.min(window.from, item.time.from)}
            aria-valuemax={Math.max(window.to, item.time.from)}
            aria-valuenow={item.time.from + by}
            aria-valuetext={text(item.time.from + by)}
          />
        )}
        <PlaceLink to={evidencePlace(caseId, item)} className={styles['label']} style={labelStyle(from, to)}>
          {t(`kind.${item.kind}`)}: {item.name}
        </PlaceLink>
      </div>
    </li>
  )
}

/** How far the bar was moved: by the pointer until it is let go, by keys until Enter. */
function useMove(
  track: { readonly current: HTMLDivElement | null },
  { time }: TimelineItem,
  window: Window,
  onMove: (startedAt: number) => void,
) {
  const [by, setBy] = useState(0)
  const start = useRef<number | undefined>(undefined)
  const width = window.to - window.from
  function done() {
    start.current = undefined
    if (by !== 0) onMove(time.from + by)
    setBy(0)
  }
  const handlers = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      event.currentTarget.setPointerCapture(event.pointerId)
      start.current = event.clientX
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (start.current === undefined) return
      setBy(((event.clientX - start.current) / (track.current?.clientWidth ?? 1)) * width)
    },
    onPointerUp: done,
    onPointerCancel: () => setBy(0),
    onBlur: () => setBy(0),
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
      if (step !== undefined) setBy(by + (step * width) / KEY_STEPS)
      else if (event.key === 'Enter') done()
      else if (event.key === 'Escape') setBy(0)
      else return
      event.preventDefault()
    },
  }
  return { by, handlers }
}

/** Behind the bar, else before it, else on it. */
function labelStyle(from: number, to: number): CSSProperties {
  if (to < 1 - ROOM) return { left: `calc(${percent(clampShare(to))} + 0.625rem)` }
  if (from > ROOM) return { right: `calc(${percent(1 - clampShare(from))} + 0.375rem)` }
  return { left: `calc(${percent(clampShare(from))} + 0.375rem)` }
}

function clampShare(share: number): number {
  return Math.min(1, Math.max(0, share))
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`
}
