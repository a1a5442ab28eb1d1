/**
 * The dominator tree downwards: rows of children, each by falling retained size, equal ones by ascending
 * id (rank). Rows by count → prefix sum → fill; then each row is sorted by itself. Nearly all rows are a
 * few objects long and sorted by insertion; long ones by the engine's native sort of 64-bit keys.
 */
import type { Memory } from './memory.ts'
import { takeUint32 } from './memory.ts'
import type { Sizes } from './retained-sizes.ts'

export interface ChildRows {
  /** index → place of its first child; one element more than vertices. 4 B/object. */
  readonly start: Uint32Array
  /** 4 B/object. */
  readonly children: Uint32Array
}

const SHORT_ROW = 24

/** Sorts rows that `fillChildRows` left ascending by index. */
export function sortChildRows({ start, children }: ChildRows, retained: Sizes, rankOfIndex: Uint32Array) {
  // The last two places of `start` are the end of the last row and what filling needed.
  for (let v = 0; v < start.length - 2; v++) {
    const from = start[v]
    const to = start[v + 1]
    if (to - from < 2) continue
    if (to - from <= SHORT_ROW) insertionSort(children, from, to, retained.units, rankOfIndex)
    else if (!isSorted(children, from, to, retained.units, rankOfIndex))
      sortLongRow(children.subarray(from, to), retained, rankOfIndex)
  }
}

/** @param dominators index → immediate dominator, 0 … reachable */
export function fillChildRows(dominators: Uint32Array, memory: Memory): ChildRows {
  const vertices = dominators.length
  const start = takeUint32(memory, vertices + 2).fill(0)
  for (let v = 1; v < vertices; v++) start[dominators[v] + 2]++
  for (let v = 2; v < start.length; v++) start[v] += start[v - 1]
  const children = takeUint32(memory, vertices)
  for (let v = 1; v < vertices; v++) children[start[dominators[v] + 1]++] = v
  return { start, children }
}

type Column = Uint32Array | Float64Array

function insertionSort(row: Uint32Array, from: number, to: number, size: Column, rank: Uint32Array) {
  for (let i = from + 1; i < to; i++) {
    const v = row[i]
    const sizeOfV = size[v]
    let k = i - 1
    while (k >= from) {
      const u = row[k]
      if (size[u] > sizeOfV || (size[u] === sizeOfV && rank[u] < rank[v])) break
      row[k + 1] = u
      k--
    }
    row[k + 1] = v
  }
}

function isSorted(row: Uint32Array, from: number, to: number, size: Column, rank: Uint32Array): boolean {
  for (let i = from + 1; i < to; i++) {
    const difference = size[row[i - 1]] - size[row[i]]
    if (difference < 0 || (difference === 0 && rank[row[i - 1]] > rank[row[i]])) return false
  }
  return true
}

/** Least significant key first; each step is stable because the place so far is the low half of its keys. */
function sortLongRow(row: Uint32Array, { units }: Sizes, rank: Uint32Array) {
  sortBy(row, (v) => rank[v])
  sortBy(row, (v) => 0xffffffff - (units[v] % 2 ** 32))
  if (units instanceof Float64Array) sortBy(row, (v) => 0xffffffff - Math.floor(units[v] / 2 ** 32))
}

/** Stable, ascending by an unsigned 32-bit key. */
function sortBy(row: Uint32Array, key: (v: number) => number) {
  const keys = new BigUint64Array(row.length)
  const halves = new Uint32Array(keys.buffer)
  for (let i = 0; i < row.length; i++) {
    halves[2 * i] = i
    halves[2 * i + 1] = key(row[i])
  }
  keys.sort()
  const before = row.slice()
  for (let i = 0; i < row.length; i++) row[i] = before[halves[2 * i]]
}
