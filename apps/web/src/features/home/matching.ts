/** Which cases a search finds: every word stands in the title or in the name of a piece of evidence. */
import type { Case } from '@heaptrail/api/cases'

export function matchingCases(cases: readonly Case[], filter: string): readonly Case[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return cases
  return cases.filter(({ title, artifacts, uploads }) => {
    const names = [...artifacts, ...uploads].map(({ name }) => name)
    const text = [title, ...names].join('\n').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
