/**
 * The dominator tree downwards: rows of children, each by falling retained size, equal ones by ascending
 * index. Rows by count → prefix sum → fill, which leaves them ascending; then each row is sorted by itself, and stably. Nearly all
 * rows are a few objects long and sorted by insertion, long ones by their digits (least significant digit first).
 */
import type { Memory } from './memory.ts'
import { takeUint32 } from './memory.ts'
import type { Sizes } from './retained-sizes.ts'
import type { Rows } from './rows.ts'

const SHORT_ROW = 24

/** Sorts rows first … last − 1, which `fillChildRows` left ascending by index. */
export function sortChildRows({ start, entries }: Rows, first: number, last: number, retained: Sizes) {
  for (let v = first; v < last; v++) {
    const from = start[v]
    const to = start[v + 1]
    if (to - from < 2) continue
    if (to - from <= SHORT_ROW) insertionSort(entries, from, to, retained.units)
    else if (!isSorted(entries, from, to, retained.units)) sortLongRow(entries.subarray(from, to), retained)
  }
}

/**
 * @param dominators index → immediate dominator, 0 … reachable
 * @returns row of an index: its children, ascending. 8 B/object
 */
export function fillChildRows(dominators: Uint32Array, memory: Memory): Rows {
  const vertices = dominators.length
  const start = takeUint32(memory, vertices + 2).fill(0)
  for (let v = 1; v < vertices; v++) start[dominators[v] + 2]++
  for (let v = 2; v < start.length; v++) start[v] += start[v - 1]
  const entries = takeUint32(memory, vertices)
  for (let v = 1; v < vertices; v++) entries[start[dominators[v] + 1]++] = v
  return { start, entries }
}

type Column = Uint32Array | Float64Array

function insertionSort(row: Uint32Array, from: number, to: number, size: Column) {
  for (let i = from + 1; i < to; i++) {
    const v = row[i]
    const sizeOfV = size[v]
    let k = i - 1
    while (k >= from && size[row[k]] < sizeOfV) {
      row[k + 1] = row[k]
      k--
    }
    row[k + 1] = v
  }
}

function isSorted(row: Uint32Array, from: number, to: number, size: Column): boolean {
  for (let i = from + 1; i < to; i++) if (size[row[i - 1]] < size[row[i]]) return false
  return true
}

/** Least significant key first; every step is stable. What is larger comes first. */
function sortLongRow(row: Uint32Array, { units }: Sizes) {
  const keys = new Int32Array(row.length)
  const spare = { row: new Uint32Array(row.length), keys: new Int32Array(row.length) }
  for (let i = 0; i < row.length; i++) keys[i] = ~units[row[i]]
  sortByDigits(row, keys, spare)
  if (!(units instanceof Float64Array)) return
  for (let i = 0; i < row.length; i++) keys[i] = 0xffffffff - Math.floor(units[row[i]] / 2 ** 32)
  sortByDigits(row, keys, spare)
}

const DIGIT_BITS = 11
const DIGITS = 1 << DIGIT_BITS

/** Stable, ascending by the keys as numbers without a sign, which move along. Three digits of 11 bits; those that all keys share cost nothing. */
function sortByDigits(row: Uint32Array, keys: Int32Array, spare: { row: Uint32Array; keys: Int32Array }) {
  let [fromRow, fromKeys, toRow, toKeys] = [row, keys, spare.row, spare.keys]
  const place = new Uint32Array(DIGITS + 1)
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    place.fill(0)
    for (let i = 0; i < row.length; i++) place[((fromKeys[i] >>> shift) & (DIGITS - 1)) + 1]++
    if (place[((fromKeys[0] >>> shift) & (DIGITS - 1)) + 1] === row.length) continue
    for (let digit = 1; digit <= DIGITS; digit++) place[digit] += place[digit - 1]
    for (let i = 0; i < row.length; i++) {
      const to = place[(fromKeys[i] >>> shift) & (DIGITS - 1)]++
      toRow[to] = fromRow[i]
      toKeys[to] = fromKeys[i]
    }
    ;[fromRow, fromKeys, toRow, toKeys] = [toRow, toKeys, fromRow, fromKeys]
  }
  if (fromRow !== row) row.set(fromRow)
}
