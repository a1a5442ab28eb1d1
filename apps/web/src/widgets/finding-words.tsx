/** Sentences of findings in which the names between backquotes stand out, and lead to what they name. */
import { Fragment } from 'react'
import type { Place } from '@heaptrail/api/place'
import { PlaceLink } from '../url/navigation.tsx'
import styles from './finding-words.module.css'

export function FindingWords({ text, places }: { text: string; places?: ReadonlyMap<string, Place> }) {
  return text.split('`').map((part, position) => {
    const key = `${position} ${part}`
    if (position % 2 === 0) return <Fragment key={key}>{part}</Fragment>
    const to = places?.get(part)
    if (to === undefined) return <Name key={key} text={part} />
    return (
      <PlaceLink key={key} to={to}>
        <Name text={part} />
      </PlaceLink>
    )
  })
}

/** A line may end behind a dot or another sign that parts a name, but neither within a word nor at a hyphen. */
function Name({ text }: { text: string }) {
  return (
    <code>
      {text.split(/(?<=[.#$(=])(?=[\w-])/).map((part, position) => (
        <Fragment key={`${position} ${part}`}>
          {position > 0 && <wbr />}
          <span className={styles['part']}>{part}</span>
        </Fragment>
      ))}
    </code>
  )
}

/** Without the marks, where only plain text can stand. */
export function plainWords(text: string): string {
  return text.replaceAll('`', '')
}
