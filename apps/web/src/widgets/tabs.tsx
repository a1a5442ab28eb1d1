/** Tabs whose choice lives in the link. */
import type { KeyboardEvent } from 'react'
import styles from './tabs.module.css'

interface TabsProps<Name extends string> {
  readonly label: string
  readonly names: readonly Name[]
  readonly current: Name
  readonly title: (name: Name) => string
  readonly onChange: (name: Name) => void
}

export function Tabs<Name extends string>({ label, names, current, title, onChange }: TabsProps<Name>) {
  function onKeyDown(event: KeyboardEvent<HTMLButtonElement>) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const next = names[(names.indexOf(current) + step + names.length) % names.length]
    if (next !== undefined) onChange(next)
    const sibling = step === 1 ? event.currentTarget.nextElementSibling : event.currentTarget.previousElementSibling
    if (sibling instanceof HTMLElement) sibling.focus()
  }
  return (
    <div role="tablist" aria-label={label} className={styles['tabs']}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === current}
          tabIndex={name === current ? 0 : -1}
          className={styles['tab']}
          onClick={() => onChange(name)}
          onKeyDown={onKeyDown}
        >
          {title(name)}
        </button>
      ))}
    </div>
  )
}
