/** The state of a piece of evidence in words; colour only for trouble. */
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconClock,
  IconFileUnknown,
  IconLoader2,
  IconX,
} from '@tabler/icons-react'
import type { Artifact } from '@heaptrail/api/cases'
import { formatShare } from '../format/count.ts'
import { formatDuration } from '../format/time.ts'
import styles from './artifact-state.module.css'

export function stateText(t: TFunction, { state }: Artifact): string {
  switch (state.status) {
    case 'queued':
      return t('state.queued')
    case 'analysing':
      return t('state.analysing', { phase: t(`phase.${state.phase}`), share: formatShare(state.fraction) })
    case 'ready':
      return state.partial === null ? t('state.ready') : t('state.partial')
    case 'failed':
      return t('state.failed')
    case 'cancelled':
      return t('state.cancelled')
    case 'skipped':
      return t('state.skipped')
  }
}

/** '' while nothing can be said. */
export function timeLeft(t: TFunction, { state }: Pick<Artifact, 'state'>): string {
  if (state.status !== 'analysing' || state.secondsLeft === null) return ''
  return t('upload.left', { time: formatDuration(state.secondsLeft) })
}

export function StateIcon({ artifact }: { artifact: Artifact }) {
  const { t } = useTranslation()
  const Icon = iconOf(artifact)
  return (
    <span
      className={styles[toneOf(artifact)]}
      role="img"
      aria-label={stateText(t, artifact)}
      title={stateText(t, artifact)}
    >
      <Icon size={14} aria-hidden />
    </span>
  )
}

function iconOf({ state }: Artifact) {
  switch (state.status) {
    case 'queued':
      return IconClock
    case 'analysing':
      return IconLoader2
    case 'ready':
      return state.partial === null ? IconCheck : IconAlertTriangle
    case 'failed':
      return IconX
    case 'cancelled':
      return IconBan
    case 'skipped':
      return IconFileUnknown
  }
}

export function toneOf({ state }: Artifact): 'plain' | 'ok' | 'warning' | 'danger' {
  if (state.status === 'ready') return state.partial === null ? 'ok' : 'warning'
  return state.status === 'failed' ? 'danger' : 'plain'
}
