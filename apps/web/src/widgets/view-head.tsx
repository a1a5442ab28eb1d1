/** The line above the rows of a view: its name, its options, what they amount to. */
import type { ReactNode } from 'react'
import styles from './view-head.module.css'

export function ViewHead({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles['head']}>
      <h1 className={styles['title']}>{title}</h1>
      {children}
    </div>
  )
}

/** Stands at the end of the line. */
export function ViewFacts({ children }: { children: ReactNode }) {
  return <span className={styles['facts']}>{children}</span>
}
