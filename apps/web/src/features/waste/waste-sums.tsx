/** What the whole table comes to, in a sentence. */
import type { ReactNode } from 'react'
import { formatExactBytes } from '../../format/bytes.ts'
import styles from './waste.module.css'

export function WasteSums({ bytes, children }: { bytes: number; children: ReactNode }) {
  return (
    <p className={styles['sums']} title={formatExactBytes(bytes)} aria-live="polite">
      {children}
    </p>
  )
}
