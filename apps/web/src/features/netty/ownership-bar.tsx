/** Memory of chunks as one bar: without an owner, in live buffers, in thread caches, free. */
import { useTranslation } from 'react-i18next'
import type { Ownership } from '@heaptrail/api/netty'
import { formatBytes } from '../../format/bytes.ts'
import styles from './netty.module.css'

const PARTS = ['lost', 'live', 'cached'] as const

export function OwnershipBar({ figures }: { figures: Pick<Ownership, 'bytes' | (typeof PARTS)[number]> }) {
  const { t } = useTranslation()
  const words = PARTS.map((part) => `${t(`netty.${part}`)} ${formatBytes(figures[part])}`)
  const free = figures.bytes - figures.lost - figures.live - figures.cached
  return (
    <span
      className={styles['bar']}
      role="img"
      aria-label={[...words, `${t('netty.free')} ${formatBytes(free)}`].join(', ')}
      title={[...words, `${t('netty.free')} ${formatBytes(free)}`].join('\n')}
    >
      {PARTS.map((part) => (
        <span
          key={part}
          data-part={part}
          style={{ width: `${figures.bytes > 0 ? (100 * figures[part]) / figures.bytes : 0}%` }}
        />
      ))}
    </span>
  )
}
