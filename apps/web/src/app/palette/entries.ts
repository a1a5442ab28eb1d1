/** What the palette offers: lines that one can go to or run, in groups. */
import type { ReactNode } from 'react'

export type GroupName = 'object' | 'views' | 'selected' | 'pinned' | 'classes' | 'cases' | 'histogram' | 'actions'

export interface Entry {
  /** Unique among all entries. */
  readonly id: string
  readonly label: string
  /** Beside the label, dimmed: which dump, how much. */
  readonly detail?: string
  /** Shown in place of the label. */
  readonly shown?: ReactNode
  /** Further words that find it. */
  readonly words?: string
  /** Keys that do the same, as on a keyboard. */
  readonly keys?: string
  readonly run: () => void
}

export interface Group {
  readonly name: GroupName
  readonly entries: readonly Entry[]
}

/** Shown of a group as long as nothing is typed that asks for more. */
export const GROUP_SHOWN = 12

/** The entries that hold every word of the text, those that begin with it first. */
export function matching(entries: readonly Entry[], text: string): Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found = entries.filter((entry) => {
    const all = [entry.label, entry.detail, entry.words].join(' ').toLowerCase()
    return words.every((word) => all.includes(word))
  })
  const [first = ''] = words
  const rank = ({ label }: Entry) => (label.toLowerCase().startsWith(first) ? 0 : 1)
  return found.toSorted((a, b) => rank(a) - rank(b)).slice(0, GROUP_SHOWN)
}
