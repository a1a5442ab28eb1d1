/** What grep, awk, ts, a log collector or a quotation mark puts before the columns of a row. */
import { type Stamp, readStamp } from '../stamp.ts'
import type { JstatHeader } from './header.ts'

export class RowPrefix {
  readonly #text: string
  readonly #lasting: string
  /** As many words, or fields, as the header has before its columns. */
  readonly #words: RegExp | undefined

  constructor({ prefix, separator }: JstatHeader) {
    this.#text = prefix
    this.#lasting = lastingPrefix(prefix)
    if (prefix === '') return
    const glued = /:\d*[:-]$/.test(prefix)
    const words = prefix.split(separator === 'comma' ? /\s*,\s*/ : /\s+/).length - (glued ? 1 : 0)
    const word = separator === 'comma' ? String.raw`[^,]*,\s*` : String.raw`\S+\s+`
    // grep -n writes the number of the line, which differs, between colons and glues the row to it.
    this.#words = new RegExp(`\\s*(?:${word}){${words}}${glued ? String.raw`[^\s:]*:(?:\d+[:-])?` : ''}`, 'y')
  }

  /** Whether the row begins with what stands before each row of the log, e.g. with its file name. */
  isOwn(text: string, start: number): boolean {
    return this.#lasting !== '' && text.startsWith(this.#lasting, start)
  }

  /** Where the columns begin if the row begins exactly as the header does. */
  exactEnd(text: string, start: number): number {
    const end = start + this.#text.length
    if (end === start || !text.startsWith(this.#text, start)) return start
    // A prefix that ends in a letter or digit must not be the beginning of a longer word.
    return /\w/.test(this.#text.at(-1)!) && /[\w.]/.test(text[end] ?? '') ? start : end
  }

  /** Where the columns begin if the row has as many words before them as the header; −1 if it has not. */
  wordsEnd(text: string, start: number, end: number): number {
    if (this.#words === undefined) return -1
    this.#words.lastIndex = start
    return this.#words.test(text) && this.#words.lastIndex < end ? this.#words.lastIndex : -1
  }

  /** A time within what stands before the columns. */
  stampWithin(text: string, start: number, end: number): Stamp | undefined {
    for (let at = start; at < end; at = nextWord(text, at, end)) {
      const stamp = readStamp(text, at)
      if (stamp !== undefined && stamp.end <= end) return stamp
    }
    return undefined
  }
}

function nextWord(text: string, from: number, end: number): number {
  let at = from
  while (at < end && text.charCodeAt(at) > 32) at++
  while (at < end && text.charCodeAt(at) <= 32) at++
  return at
}

/** A header's prefix without the time and without grep's number of the line, which differ from header to header. */
export function lastingPrefix(prefix: string): string {
  for (let at = 0; at < prefix.length; at = nextWord(prefix, at, prefix.length)) {
    const stamp = readStamp(prefix, at)
    if (stamp !== undefined) return lastingPrefix(`${prefix.slice(0, at)}${prefix.slice(stamp.end)}`.trim())
  }
  return prefix.replace(/:\d+[:-]$/, ':').replace(/^\d+:?$/, '')
}
