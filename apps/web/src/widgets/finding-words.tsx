/** Sentences of findings in which the names between backquotes stand out, and lead to what they name. */
import { Fragment } from 'react'
import type { Place } from '@heaptrail/api/place'
import { PlaceLink } from '../url/navigation.tsx'

export function FindingWords({ text, places }: { text: string; places?: ReadonlyMap<string, Place> }) {
  return text.split('`').map((part, position) => {
    const key = `${position} ${part}`
    if (position % 2 === 0) return <Fragment key={key}>{part}</Fragment>
    const to = places?.get(part)
    if (to === undefined) return <code key={key}>{part}</code>
    return (
      <PlaceLink key={key} to={to}>
        <code>{part}</code>
      </PlaceLink>
    )
  })
}

/** Without the marks, where only plain text can stand. */
export function plainWords(text: string): string {
  return text.replaceAll('`', '')
}
