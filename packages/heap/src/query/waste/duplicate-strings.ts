/**
 * Strings with the same text. Of each text the first string stays; the others are surplus: what is freed when all
 * references lead to the one that stays is they themselves, and those arrays that nothing else refers to.
 */
import { shallowSizeOf, sizeTable } from '../../graph/shallow-sizes.ts'
import { type Heap, printId } from '../heap.ts'
import type { Window } from '../messages.ts'
import { nameFilter } from '../name-filter.ts'
import { groupsByOwner } from '../owners/owned-groups.ts'
import { holderColumns } from '../owners/holder-columns.ts'
import { fieldReader } from '../owners/owner-fields.ts'
import { type ScanValues, selectWindow } from '../select-window.ts'
import { reading } from '../reading.ts'
import { remembered } from '../remembered.ts'
import { stringText } from '../object/text.ts'
import { heldByFields, nameOfHolder, wasteHolder } from './holders.ts'
import type { DuplicateStrings, DuplicateText, SurplusHolder, SurplusHolders, WasteQuery } from './messages.ts'
import { type StringColumns, stringColumns } from './string-columns.ts'

/** Texts that are listed. */
const MOST_TEXTS = 500
const MOST_HOLDERS = 3
/** Records that are read to tell fields of owners of one class apart. */
const MOST_READ = 10_000
/** Of a text, in the list. */
const MOST_CHARACTERS = 200

interface Found {
  readonly texts: readonly DuplicateText[]
  readonly holders: readonly SurplusHolder[]
  readonly count: number
  readonly sums: DuplicateStrings['sums']
}
const foundIn = remembered(find)

/** By bytes, the most first. @throws QueryError when the dump is not there any more, or the filter cannot be read */
export function duplicateStrings(heap: Heap, { filter, offset, limit }: WasteQuery): DuplicateStrings {
  const matches = nameFilter(filter)
  const { texts, count, sums } = foundIn(heap)
  const rows = filter === '' ? texts : texts.filter(({ text }) => matches(text))
  return { ...windowOf(rows, { offset, limit }), texts: count, sums }
}

/** By bytes, the most first. @throws as `duplicateStrings` */
export function surplusHolders(heap: Heap, { filter, offset, limit }: WasteQuery): SurplusHolders {
  const matches = nameFilter(filter)
  const { holders, sums } = foundIn(heap)
  const rows = filter === '' ? holders : holders.filter((row) => matches(nameOfHolder(row)))
  return { ...windowOf(rows, { offset, limit }), sums }
}

function windowOf<Row>(rows: readonly Row[], { offset, limit }: Window) {
  return { total: rows.length, offset, rows: rows.slice(offset, offset + limit) }
}

function find(heap: Heap): Found {
  const strings = stringColumns(heap)
  const texts = countTexts(heap, strings)
  const columns = holderColumns(heap, 'owner')
  const listed = selectWindow(texts.scan, texts.repeated, 0, MOST_TEXTS)
  const ranks = new Uint16Array(strings.texts)
  for (const [place, text] of listed.entries()) ranks[text] = place + 1
  const groups = groupsByOwner(columns, Math.max(1, texts.sums.bytes / 1000))
  const members = listed.map(() => groupsByOwner(columns, Infinity))
  strings.forEach((string, text) => {
    if (ranks[text] > 0) members[ranks[text] - 1].add(string, 1, false)
    if (string !== texts.first[text]) groups.add(string, texts.bytesOf(string), false)
  })
  const reader = fieldReader(heap, columns, texts.bytesOf, MOST_READ)
  const holders = heldByFields(groups.all(), reader).map((held): SurplusHolder => ({
    ...wasteHolder(heap, columns, held),
    strings: held.objects,
    bytes: held.bytes,
    estimated: held.estimated,
    example: printId(heap.snapshot.idOf(held.largest)),
  }))
  const counting = fieldReader(heap, columns, () => 1, 0)
  const rows = listed.map((text, place) => {
    const most = members[place].all().toSorted((a, b) => b.objects - a.objects)
    const heldBy = heldByFields(most.slice(0, MOST_HOLDERS), counting).slice(0, MOST_HOLDERS)
    const named = heldBy.map((held) => ({
      ...wasteHolder(heap, columns, held),
      strings: held.objects,
      estimated: held.estimated,
    }))
    return { ...textRow(heap, texts, text), holders: named }
  })
  return { texts: rows, holders, count: texts.repeated, sums: texts.sums }
}

function textRow(heap: Heap, texts: Texts, text: number): Omit<DuplicateText, 'holders'> {
  const first = texts.first[text]
  const read = reading(() => stringText(heap, first, MOST_CHARACTERS), undefined)
  return {
    text: read?.text ?? '',
    length: read?.length ?? 0,
    strings: texts.strings[text],
    bytes: texts.freedBy(text),
    arrayBytes: texts.arrayBytes[text],
    example: printId(heap.snapshot.idOf(first)),
  }
}

interface Texts {
  readonly sums: DuplicateStrings['sums']
  /** Texts of several strings. */
  readonly repeated: number
  /** By number of the text. */
  readonly strings: Uint32Array
  readonly first: Uint32Array
  readonly arrayBytes: Float64Array
  /** Of each text of several strings what it frees. */
  readonly scan: ScanValues
  freedBy(text: number): number
  /** What is freed with a string that is not the first of its text; an array of several counts with the first of them. */
  bytesOf(string: number): number
}

function countTexts(heap: Heap, columns: StringColumns): Texts {
  const strings = new Uint32Array(columns.texts)
  const first = new Uint32Array(columns.texts)
  const sizes = stringSizes(heap, columns)
  const stays = new Uint8Array(columns.reachable + 1)
  columns.forEach((string, text) => {
    if (strings[text]++ > 0) return
    first[text] = string
    stays[columns.arrayOf(string)] = 1
  })
  const arrayBytes = new Float64Array(columns.texts)
  const withArray = stays
  const sums = { strings: 0, distinct: 0, surplus: 0, bytes: 0, arrayBytes: 0 }
  columns.forEach((string, text) => {
    sums.strings++
    if (first[text] === string) return void sums.distinct++
    sums.surplus++
    const array = columns.arrayOf(string)
    if (stays[array] !== 0 || columns.isHeldOtherwise(array)) return
    stays[array] = 1
    // Strings and arrays are different objects, so one column does for both.
    withArray[string] = 1
    arrayBytes[text] += sizes.ofArray(array)
    sums.arrayBytes += sizes.ofArray(array)
  })
  sums.bytes = sums.surplus * sizes.ofString + sums.arrayBytes
  const freedBy = (text: number) => (strings[text] - 1) * sizes.ofString + arrayBytes[text]
  return {
    sums,
    repeated: strings.reduce((count, one) => (one > 1 ? count + 1 : count), 0),
    strings,
    first,
    arrayBytes,
    scan(visit) {
      for (let text = 0; text < strings.length; text++) if (strings[text] > 1) visit(text, freedBy(text))
    },
    freedBy,
    bytesOf: (string) => sizes.ofString + (withArray[string] === 0 ? 0 : sizes.ofArray(columns.arrayOf(string))),
  }
}

function stringSizes(heap: Heap, columns: StringColumns) {
  const table = sizeTable(heap.classes, heap.snapshot.meta.layout)
  const [text, bytes, chars] = ['java.lang.String', 'byte[]', 'char[]'].map((name) => heap.facts.numberOf(name))
  return {
    ofString: text < 0 ? 0 : shallowSizeOf(table, text, 0),
    ofArray: (array: number) => shallowSizeOf(table, columns.isOfChars(array) ? chars : bytes, columns.lengthOf(array)),
  }
}
