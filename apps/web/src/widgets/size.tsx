/** Sizes and shares in cells: rounded in the cell, exact on hover. */
import { formatBytes, formatExactBytes } from '../format/bytes.ts'
import { formatShare } from '../format/count.ts'
import styles from './size.module.css'

export function Size({ bytes }: { bytes: number }) {
  return <span title={formatExactBytes(bytes)}>{formatBytes(bytes)}</span>
}

/** How much of the whole something is: a bar, and the number beside it. */
export function ShareBar({ part, whole }: { part: number; whole: number }) {
  const share = whole > 0 ? Math.min(1, part / whole) : 0
  return (
    <span className={styles['share']} title={formatExactBytes(part)}>
      <span className={styles['track']} aria-hidden>
        <span className={styles['bar']} style={{ width: `${share * 100}%` }} />
      </span>
      <span className={styles['percent']}>{formatShare(share)}</span>
    </span>
  )
}
