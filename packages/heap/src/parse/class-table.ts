import { hash } from './class-uses.ts'

/** Class id → class number, and what the second pass needs of each class. Shareable plain columns. */
export interface ClassTable {
  /** Open addressing over the halves of class ids: slot → class number, or −1. */
  readonly slots: Int32Array
  /** Class number → halves of its id, signed. */
  readonly high: Int32Array
  readonly low: Int32Array
  /** Class number → its first entry in `offsets`; one entry more than classes. */
  readonly firstOffset: Int32Array
  /** Offsets of references in the values of an instance, own fields before those of the superclasses. */
  readonly offsets: Int32Array
  /** Number of an id that is not in the table. */
  readonly unknown: number
  /** Basic type → number of the class of its arrays, or −1. */
  readonly primitive: Int32Array
}

export interface TableRow {
  readonly id: bigint
  readonly offsets: readonly number[]
}

export function classTable(rows: readonly TableRow[], unknown: number, primitive: Int32Array): ClassTable {
  let capacity = 1024
  while (capacity < rows.length * 2) capacity *= 2
  const table = {
    slots: new Int32Array(capacity).fill(-1),
    high: new Int32Array(rows.length),
    low: new Int32Array(rows.length),
    firstOffset: new Int32Array(rows.length + 1),
    offsets: Int32Array.from(rows.flatMap((row) => row.offsets)),
    unknown,
    primitive,
  }
  rows.forEach((row, number) => {
    table.firstOffset[number + 1] = table.firstOffset[number] + row.offsets.length
    table.high[number] = Number(BigInt.asIntN(32, row.id >> 32n))
    table.low[number] = Number(BigInt.asIntN(32, row.id))
    let slot = hash(table.high[number], table.low[number]) & (capacity - 1)
    while (table.slots[slot] >= 0) slot = (slot + 1) & (capacity - 1)
    table.slots[slot] = number
  })
  return table
}

/** @param high and @param low halves of the id, signed. */
export function classNumber(table: ClassTable, high: number, low: number): number {
  const mask = table.slots.length - 1
  let slot = hash(high, low) & mask
  for (;;) {
    const number = table.slots[slot]
    // before it is needed, as in class-uses.ts
    const next = (slot + 1) & mask
    if (number < 0) return table.unknown
    if (table.low[number] === low && table.high[number] === high) return number
    slot = next
  }
}
