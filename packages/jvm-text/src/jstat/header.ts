/** The header lines of jstat: which option printed them, and which columns they announce. */
import { visible } from '../text.ts'
import { JSTAT_COLUMNS, type JstatColumn, type JstatOption, TEXT_COLUMNS, isColumnTitle, optionOf } from './columns.ts'

export interface JstatHeader {
  readonly kind: 'header'
  readonly option: JstatOption
  /** Columns with numbers as they stand; `Timestamp` is the uptime in seconds (`-t`). */
  readonly columns: readonly (JstatColumn | 'Timestamp')[]
  /** Columns with words; they stand behind those with numbers. */
  readonly texts: readonly (typeof TEXT_COLUMNS)[number][]
  /** What stands before the columns: a file name that grep printed, the title of a column that a script put first. */
  readonly prefix: string
  readonly separator: 'blank' | 'comma'
}

export type HeaderLine =
  | JstatHeader
  /** A whole header of an option that says nothing about collections. */
  | { readonly kind: 'other-option'; readonly option: string }
  /** Begins like a header and stops. */
  | { readonly kind: 'cut-off' }

const OTHER_OPTIONS: readonly (readonly [option: string, header: RegExp])[] = [
  ['class', /\bLoaded Bytes Unloaded Bytes Time$/],
  ['compiler', /\bCompiled Failed Invalid Time\b/],
  ['printcompilation', /\bCompiled Size Type Method$/],
]

/** Something of this is in every header; most lines of other texts are dismissed with it. */
const MAY_BE_HEADER = /YGC|S0|CMN|Loaded|Compiled/

/** What a line announces, or undefined when it is no header. */
export function readHeader(rawLine: string): HeaderLine | undefined {
  if (!MAY_BE_HEADER.test(rawLine)) return undefined
  const line = visible(rawLine)
  const words = wordsOf(line)
  const first = words.findIndex(({ word }) => isColumnTitle(word))
  if (first === -1) return otherOption(line)
  const titles = words.slice(first).map(({ word }) => word)
  const header = headerOf(titles)
  if (header === undefined) return titles.slice(0, 3).join(' ') === 'S0 S1 E' ? { kind: 'cut-off' } : undefined
  const prefix = line.slice(0, words[first]!.start).trim()
  const separator = /^\S+"?\s*,/.test(line.slice(words[first]!.start)) ? 'comma' : 'blank'
  return { ...header, prefix: separator === 'comma' ? prefix.replace(/[\s,"]+$/, '') : prefix, separator }
}

/** Words between blanks and the borders of tables; a title that grep glued to a file name is a word of its own. */
function wordsOf(line: string): { word: string; start: number }[] {
  return [...line.matchAll(/[^\s,;|"]+/g)].map(({ 0: word, index }) => {
    const colon = word.lastIndexOf(':') + 1
    if (colon > 0 && isColumnTitle(word.slice(colon))) return { word: word.slice(colon), start: index + colon }
    return { word, start: index }
  })
}

function headerOf(titles: readonly string[]): Omit<JstatHeader, 'prefix' | 'separator'> | undefined {
  const texts = TEXT_COLUMNS.filter((name) => titles.includes(name))
  const columns = titles.slice(0, titles.length - texts.length)
  if (!columns.every(isNumberColumn) || texts.join(' ') !== titles.slice(columns.length).join(' ')) return undefined
  const option = optionOf(titles.filter((title) => title !== 'Timestamp'))
  if (option === undefined || columns.lastIndexOf('Timestamp') !== columns.indexOf('Timestamp')) return undefined
  return { kind: 'header', option, columns, texts }
}

const NUMBER_COLUMNS: ReadonlySet<string> = new Set(['Timestamp', ...JSTAT_COLUMNS])

function isNumberColumn(title: string): title is JstatHeader['columns'][number] {
  return NUMBER_COLUMNS.has(title)
}

function otherOption(line: string): HeaderLine | undefined {
  const words = line.split(/\s+/).join(' ')
  const other = OTHER_OPTIONS.find(([, header]) => header.test(words))
  return other === undefined ? undefined : { kind: 'other-option', option: other[0] }
}

const PERCENT = String.raw`(?:\d{1,3}[.,]\d\d|-)`
const COUNT = String.raw`(?:\d+|-)`
const SECONDS = String.raw`(?:\d+[.,]\d{3}|-)`
const COLLECTIONS = `${COUNT} ${SECONDS}`

/** Rows of `-gcutil` have so peculiar a sequence of decimals that they are known without their header. */
const HEADLESS: readonly (readonly [columns: string, row: RegExp])[] = [
  [
    'S0 S1 E O P YGC YGCT FGC FGCT GCT',
    new RegExp(`^(\\d+[.,]\\d )?(?:${PERCENT} ){5}${COLLECTIONS} ${COLLECTIONS} ${SECONDS}$`),
  ],
  [
    'S0 S1 E O M CCS YGC YGCT FGC FGCT GCT',
    new RegExp(`^(\\d+[.,]\\d )?(?:${PERCENT} ){6}${COLLECTIONS} ${COLLECTIONS} ${SECONDS}$`),
  ],
  [
    'S0 S1 E O M CCS YGC YGCT FGC FGCT CGC CGCT GCT',
    new RegExp(`^(\\d+[.,]\\d )?(?:${PERCENT} ){6}${COLLECTIONS} ${COLLECTIONS} ${COLLECTIONS} ${SECONDS}$`),
  ],
]

/** The header that must have stood above a row of `-gcutil`, with or without `-t`; undefined for all other lines. */
export function headerAboveRow(rawLine: string): JstatHeader | undefined {
  const line = visible(rawLine)
  if (!/^[\d-]/.test(line)) return undefined
  const row = line.split(/\s+/).join(' ')
  for (const [titles, shape] of HEADLESS) {
    const match = shape.exec(row)
    if (match === null) continue
    const columns = `${match[1] === undefined ? '' : 'Timestamp '}${titles}`.split(' ')
    const header = headerOf(columns)
    if (header !== undefined) return { ...header, prefix: '', separator: 'blank' }
  }
  return undefined
}
