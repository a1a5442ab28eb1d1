/** Names and values, one per line or side by side. */
import type { ReactNode } from 'react'
import styles from './facts.module.css'

export function Facts({ inline = false, children }: { inline?: boolean; children: ReactNode }) {
  return <dl className={inline ? styles['inline'] : styles['list']}>{children}</dl>
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
