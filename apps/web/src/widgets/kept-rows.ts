/** Rows that are computed anew whenever something changes: those that show the same as before are the same objects as before. */
import { useLayoutEffect, useRef } from 'react'

/** @returns the rows, with the object of the last time for each that has the same key and the same values */
export function useKeptRows<Row extends object>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | number,
): readonly Row[] {
  const last = useRef<readonly Row[]>([])
  const kept = keptRows(last.current, rows, keyOf)
  useLayoutEffect(() => {
    last.current = kept
  }, [kept])
  return kept
}

/** `before` itself where all rows are the same as there. */
export function keptRows<Row extends object>(
  before: readonly Row[],
  rows: readonly Row[],
  keyOf: (row: Row) => string | number,
): readonly Row[] {
  let byKey: ReadonlyMap<string | number, Row> | undefined
  const rowBefore = (row: Row, index: number): Row | undefined => {
    const there = before[index]
    if (there !== undefined && keyOf(there) === keyOf(row)) return there
    byKey ??= new Map(before.map((old) => [keyOf(old), old]))
    return byKey.get(keyOf(row))
  }
  const kept = rows.map((row, index) => {
    const old = rowBefore(row, index)
    return old !== undefined && hasSameValues(old, row) ? old : row
  })
  return kept.length === before.length && kept.every((row, index) => row === before[index]) ? before : kept
}

function hasSameValues(a: object, b: object): boolean {
  const [inA, inB] = [Object.entries(a), Object.entries(b)]
  return (
    inA.length === inB.length && inA.every(([key, value], place) => inB[place]?.[0] === key && inB[place][1] === value)
  )
}
