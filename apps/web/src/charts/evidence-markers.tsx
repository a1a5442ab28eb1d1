/** Other evidence of the case, at its moment on the axis: a click opens it. */
import { IconDatabase, IconListNumbers, IconServer2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TimelineItem } from '@heaptrail/api/timeline'
import { PlaceLink } from '../url/navigation.tsx'
import { evidencePlace } from '../widgets/evidence-places.ts'
import { Marker } from './chart-stack.tsx'
import type { Window } from './window.ts'
import styles from './charts.module.css'

interface MarkedItem {
  readonly item: TimelineItem
  readonly at: number
  readonly isGuess: boolean
}

/** Markers that stand closer than this share of the window are put below each other. */
const CLOSE = 0.02
const LEVELS = 5

export function EvidenceMarkers({
  caseId,
  window,
  items,
}: {
  caseId: string
  window: Window
  items: readonly MarkedItem[]
}) {
  const { t } = useTranslation()
  const shown = items.filter(({ at }) => at >= window.from && at <= window.to).toSorted((a, b) => a.at - b.at)
  const levels = levelsOf(shown.map(({ at }) => (at - window.from) / (window.to - window.from || 1)))
  return shown.map(({ item, at, isGuess }, index) => {
    const words = { kind: t(`kind.${item.kind}`), name: item.name }
    const title = isGuess ? t('chart.markerGuessed', words) : t('chart.marker', words)
    return (
      <Marker
        key={`${item.artifactId} ${item.part}`}
        window={window}
        at={at}
        className={isGuess ? styles['guessed'] : undefined}
      >
        <PlaceLink
          to={evidencePlace(caseId, item)}
          title={title}
          aria-label={title}
          className={styles['flag']}
          style={{ top: `${(levels[index] ?? 0) * 1.375}rem` }}
        >
          <KindIcon kind={item.kind} />
        </PlaceLink>
      </Marker>
    )
  })
}

function KindIcon({ kind }: { kind: TimelineItem['kind'] }) {
  const Icon = {
    'heap-dump': IconDatabase,
    'class-histogram': IconListNumbers,
    'top-output': IconServer2,
    'jstat-log': IconServer2,
  }[kind]
  return <Icon size={13} aria-hidden />
}

/** So that neighbours do not cover each other. */
export function levelsOf(shares: readonly number[]): readonly number[] {
  const levels: number[] = []
  shares.forEach((share, index) => {
    const isClose = index > 0 && share - (shares[index - 1] ?? 0) < CLOSE
    levels.push(isClose ? ((levels[index - 1] ?? 0) + 1) % LEVELS : 0)
  })
  return levels
}
