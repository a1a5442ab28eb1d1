import { safeSegments } from '../../format/safe-text.ts'
import styles from './object-view.module.css'

/** A block of text with its own line ends; what cannot be seen is written out and marked. */
export function SafeText({ text }: { text: string }) {
  return safeSegments(text, '\n\t').map((segment, position) =>
    segment.isEscape ? (
      <span key={position} className={styles['escape']}>
        {segment.text}
      </span>
    ) : (
      segment.text
    ),
  )
}
