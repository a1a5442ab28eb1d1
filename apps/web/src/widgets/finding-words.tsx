/** Sentences of findings in which the names between backquotes stand out; names and figures lead to what they tell of. */
import { Fragment } from 'react'
import type { Place } from '@heaptrail/api/place'
import { PlaceLink } from '../url/navigation.tsx'
import styles from './finding-words.module.css'

interface FindingWordsProps {
  readonly text: string
  /** By name. */
  readonly places?: ReadonlyMap<string, Place>
  /** By figure, as the sentences write it. */
  readonly figures?: ReadonlyMap<string, Place>
}

export function FindingWords({ text, places, figures }: FindingWordsProps) {
  return text.split('`').map((part, position) => {
    const key = `${position} ${part}`
    if (position % 2 === 0) return <Plain key={key} text={part} figures={figures} />
    const to = places?.get(part)
    if (to === undefined) return <Name key={key} text={part} />
    return (
      <PlaceLink key={key} to={to}>
        <Name text={part} />
      </PlaceLink>
    )
  })
}

function Plain({ text, figures }: { text: string; figures: ReadonlyMap<string, Place> | undefined }) {
  if (figures === undefined || figures.size === 0) return text
  return text.split(eachOf([...figures.keys()])).map((part, position) => {
    const key = `${position} ${part}`
    const to = position % 2 === 0 ? undefined : figures.get(part)
    if (to === undefined) return <Fragment key={key}>{part}</Fragment>
    return (
      <PlaceLink key={key} to={to} className={styles['figure']}>
        {part}
      </PlaceLink>
    )
  })
}

/** Whole figures only, the longer ones first: no `4` in `4,096`, and no `54` in `54 MiB`. */
function eachOf(figures: readonly string[]): RegExp {
  const longestFirst = figures.toSorted((a, b) => b.length - a.length)
  const either = longestFirst.map((figure) => figure.replaceAll('.', '\\.')).join('|')
  return new RegExp(`(?<![\\w.,])(${either})(?![\\w]|[.,]\\d| [%KMG])`)
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
