/**
 * All reachable strings: which array each has, in which form, and which arrays are held by others too. Columns of 5 bytes
 * for each object of the heap, held while one question runs.
 */
import type { RecordField } from '../class-facts.ts'
import type { Heap } from '../heap.ts'
import { dumpOf } from '../record.ts'
import { type Contents, numberedContents } from './contents.ts'
import { type DumpWindow, inFileOrder } from './file-order.ts'
import { arrayHead, locateValues, readArrayHead } from './heads.ts'

const PAGE = 65_536
/** Bytes of a content that are hashed at a time. */
const CHUNK = 1 << 18

const STRING = 1
const TEXT_ARRAY = 2
const UTF16 = 4
const STAYS = 8
const READ = 16
const CHARS = 32

export interface StringColumns {
  /** The highest index. */
  readonly reachable: number
  /** Of each string that has a text, by rising index. */
  forEach(visit: (string: number, text: number) => void): void
  /** Of a string; 0 where it has none in this dump. */
  arrayOf(string: number): number
  /** Numbers of texts are below; equal texts have the same. */
  readonly texts: number
  /** Elements of an array that a string has. */
  lengthOf(array: number): number
  isOfChars(array: number): boolean
  /** An array that something besides strings refers to. */
  isHeldOtherwise(array: number): boolean
}

/** @throws QueryError when the dump is not there any more */
export function stringColumns(heap: Heap): StringColumns {
  const { snapshot } = heap
  const total = snapshot.reachableCount + 1
  const flags = new Uint8Array(total)
  markKinds(heap, flags)
  // Of a string its array; of an array the number of its contents, and one more.
  const links = new Uint32Array(total)
  linkStrings(heap, flags, links)
  const contents = numberedContents()
  const slices = readContents(heap, flags, links, contents)
  return {
    reachable: snapshot.reachableCount,
    forEach(visit) {
      for (let index = 1; index < total; index++) {
        if ((flags[index] & STRING) === 0 || links[index] === 0) continue
        const content = (slices.size === 0 ? undefined : slices.get(index)) ?? links[links[index]] - 1
        if (content >= 0) visit(index, content * 2 + ((flags[index] & UTF16) === 0 ? 0 : 1))
      }
    },
    arrayOf: (string) => links[string],
    texts: contents.count() * 2,
    lengthOf: (array) => contents.lengthOf(links[array] - 1) / ((flags[array] & CHARS) === 0 ? 1 : 2),
    isOfChars: (array) => (flags[array] & CHARS) !== 0,
    isHeldOtherwise: (array) => (flags[array] & STAYS) !== 0,
  }
}

function markKinds(heap: Heap, flags: Uint8Array): void {
  const ofClass = Uint8Array.from(heap.classes, ({ number, name }) => {
    if (name === 'byte[]') return TEXT_ARRAY
    if (name === 'char[]') return TEXT_ARRAY | CHARS
    return heap.facts.kindOf(number) === 'string' ? STRING : 0
  })
  const page = new Uint32Array(PAGE)
  for (let from = 1; from < flags.length; from += PAGE) {
    const count = Math.min(PAGE, flags.length - from)
    heap.snapshot.readClasses(from, page.subarray(0, count))
    for (let place = 0; place < count; place++) flags[from + place] = ofClass[page[place]]
  }
  // What stands for the class of strings is no string.
  for (const { index } of heap.classes) if (index > 0 && index < flags.length) flags[index] = 0
}

/** The only references of strings are their arrays. */
function linkStrings({ snapshot }: Heap, flags: Uint8Array, links: Uint32Array): void {
  for (let from = 0; from < snapshot.rootCount(); from += PAGE)
    for (const { index } of snapshot.roots(from, PAGE))
      if (index < flags.length && (flags[index] & TEXT_ARRAY) !== 0) flags[index] |= STAYS
  snapshot.scanReferences(0, flags.length, (index, targets, start, end) => {
    const isString = (flags[index] & STRING) !== 0
    for (let at = start; at < end; at++) {
      const target = targets[at]
      if ((flags[target] & TEXT_ARRAY) === 0) continue
      if (isString) links[index] = target
      else flags[target] |= STAYS
      if (isString) flags[target] |= READ
    }
  })
}

/** @returns numbers of contents of strings that have a part of their array only: up to JDK 6 several could share one */
function readContents(heap: Heap, flags: Uint8Array, links: Uint32Array, contents: Contents): Map<number, number> {
  const { snapshot } = heap
  const ids = snapshot.meta.identifierSize
  const form = stringForm(heap)
  const slices = new Map<number, number>()
  const head = arrayHead()
  const isChosen = (index: number) => {
    const flag = index < flags.length ? flags[index] : 0
    return (flag & READ) !== 0 || ((flag & STRING) !== 0 && form.hasMore)
  }
  inFileOrder(snapshot, dumpOf(heap), isChosen, (index, position, window) => {
    if ((flags[index] & READ) !== 0) {
      if (!readArrayHead(head, window, position, ids)) return
      const number = numberOf(window, contents, head.start, head.length * head.elementBytes)
      if (number >= 0) links[index] = number + 1
      return
    }
    const at = locateValues(window, position, ids, form.bytes)
    if (at < 0) return
    if (form.coder !== undefined && window.view.getUint8(at + form.coder.offset) === 1) flags[index] |= UTF16
    const { offset, count } = form
    if (offset === undefined || count === undefined || links[index] === 0) return
    const from = window.view.getInt32(at + offset.offset)
    const length = window.view.getInt32(at + count.offset)
    if (from === 0 && length === snapshot.lengthOf(links[index])) return
    if (!readArrayHead(head, window, snapshot.position(links[index]), ids)) return
    const start = head.start + Math.max(0, from) * head.elementBytes
    const most = Math.max(0, Math.min(length, head.length - from))
    slices.set(index, numberOf(window, contents, start, most * head.elementBytes))
  })
  return slices
}

interface StringForm {
  readonly coder: RecordField | undefined
  readonly offset: RecordField | undefined
  readonly count: RecordField | undefined
  /** Of the values in a record. */
  readonly bytes: number
  /** Records of strings say more than which array they have. */
  readonly hasMore: boolean
}

function stringForm(heap: Heap): StringForm {
  const number = heap.facts.numberOf('java.lang.String')
  const fields = number < 0 ? [] : heap.facts.fieldsOf(number)
  const [coder, offset, count] = ['coder', 'offset', 'count'].map((name) => fields.find((field) => field.name === name))
  const bytes = number < 0 ? 0 : heap.facts.recordSizeOf(number)
  return { coder, offset, count, bytes, hasMore: coder !== undefined || offset !== undefined }
}

/** @returns −1 where the dump ends before */
function numberOf(window: DumpWindow, contents: Contents, start: number, bytes: number): number {
  contents.begin()
  for (let from = 0; from < bytes; from += CHUNK) {
    const length = Math.min(CHUNK, bytes - from)
    const at = window.locate(start + from, length)
    if (at < 0) return -1
    contents.add(window.view, at, at + length)
  }
  return contents.end(bytes)
}
