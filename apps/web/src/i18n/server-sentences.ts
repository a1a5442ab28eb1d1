/**
 * What server and engine say, in the language of the page. Their sentences come finished and in English: out of answers,
 * rows of tables and snapshots that were written long ago. Each has its form with holes in `server.zh-CN.json`; what stands in the
 * holes is put into the Chinese one. A sentence without a form stays as it is.
 */

/** Groups, by who says it, of English forms and what they are in the other language. */
export type SentenceForms = Readonly<Record<string, Readonly<Record<string, string>>>>

let translate: (message: string) => string = (message) => message

/** From now on. @param forms none for English */
export function sayServerSentencesIn(forms: SentenceForms | undefined): void {
  translate = forms === undefined ? (message) => message : translator(forms)
}

export function serverSentence(message: string): string {
  return translate(message)
}

/** `{count}` stands for a number, every other name for any text. */
export const HOLE = /\{([a-z]+)\}/g

interface Form {
  readonly pattern: RegExp
  readonly names: readonly string[]
  readonly text: string
  /** Characters that are the same in all sentences of this form. */
  readonly weight: number
}

/** No sentence is longer; what is can only be a text of somebody else. */
const LONGEST = 4000

/** @returns the sentence in the other language, or as it is */
export function translator(groups: SentenceForms): (message: string) => string {
  const entries = Object.values(groups).flatMap((group) => Object.entries(group))
  const fixed = new Map(entries)
  const forms = entries
    .filter(([english]) => english.search(HOLE) >= 0)
    .map(([english, text]) => formOf(english, text))
    .toSorted((a, b) => b.weight - a.weight)

  function whole(message: string): string | undefined {
    const same = fixed.get(message)
    if (same !== undefined) return same
    for (const { pattern, names, text } of forms) {
      const match = pattern.exec(message)
      if (match === null) continue
      const values = new Map(names.map((name, hole) => [name, inHole(match[hole + 1] ?? '')]))
      return text.replaceAll(HOLE, (_, name: string) => values.get(name) ?? '')
    }
    return undefined
  }

  /** What stands in a hole may be words of the server, too. */
  function inHole(value: string): string {
    const trimmed = value.trim()
    return trimmed === '' ? '' : (several(trimmed) ?? value)
  }

  /** One sentence, or more of them in a row. */
  function several(message: string): string | undefined {
    if (message.length > LONGEST) return undefined
    const all = whole(message)
    if (all !== undefined) return all
    const ends = [...message.matchAll(/(?<=[.)]) (?=[A-Z“])/g)].map(({ index }) => index).toReversed()
    for (const end of ends) {
      const first = whole(message.slice(0, end))
      if (first !== undefined) return first + (several(message.slice(end + 1)) ?? message.slice(end + 1))
    }
    return undefined
  }

  return (message) => several(message) ?? message
}

function formOf(english: string, text: string): Form {
  const names = [...english.matchAll(HOLE)].map(([, name]) => name ?? '')
  const pieces = english.split(HOLE).filter((_, position) => position % 2 === 0)
  const source = pieces.map((piece, position) => {
    const hole = names[position]
    return hole === undefined ? escaped(piece) : escaped(piece) + (hole === 'count' ? String.raw`([\d,]+)` : '(.*?)')
  })
  return { pattern: new RegExp(`^${source.join('')}$`, 's'), names, text, weight: pieces.join('').length }
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)
}
