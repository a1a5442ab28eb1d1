/** Shallow sizes from class and array length: a small table instead of a column. */
import type { Layout } from '../layout.ts'
import type { HeapClass } from '../parsed-heap.ts'
import { alignUp } from '../jvm-fields.ts'
import { arraySize } from '../sizes.ts'
import { type Memory, giveColumn } from './memory.ts'
import { type Sizes, commonUnit, takeSizes } from './retained-sizes.ts'

/** Per class number. Bytes. */
export interface SizeTable {
  /** Size of an instance; −1 for array classes. */
  readonly instanceSize: Float64Array
  readonly elementSize: Float64Array
  /** Size of the class object itself. */
  readonly classObjectSize: Float64Array
  readonly layout: Layout
  /** For arrays shorter than `shortLength`: bytes before the first element, and alignment − 1. */
  readonly arrayStart: Int32Array
  readonly round: number
  readonly shortLength: number
  /** What all sizes are multiples of. */
  readonly unit: number
}

/** Elements of up to eight bytes, header and rounding stay below 2^31 bytes. */
const SHORT_LENGTH = 2 ** 27

type SizedClass = Pick<HeapClass, 'kind' | 'instanceSize' | 'elementSize' | 'classObjectSize'>

export function sizeTable(classes: readonly SizedClass[], layout: Layout): SizeTable {
  const instanceSize = Float64Array.from(classes, (heapClass) =>
    heapClass.kind === 'instance' ? heapClass.instanceSize : -1,
  )
  const classObjectSize = Float64Array.from(classes, (heapClass) => heapClass.classObjectSize)
  const sizes = [...instanceSize.filter((size) => size > 0), ...classObjectSize]
  return {
    instanceSize,
    elementSize: Float64Array.from(classes, (heapClass) => heapClass.elementSize),
    classObjectSize,
    layout,
    arrayStart: Int32Array.from(classes, ({ kind, elementSize }) =>
      kind === 'instance' ? 0 : alignUp(layout.arrayHeader, elementSize),
    ),
    round: layout.alignment - 1,
    shortLength: (layout.alignment & (layout.alignment - 1)) === 0 ? SHORT_LENGTH : 0,
    unit: commonUnit(sizes, layout.alignment),
  }
}

/** Of an instance or array; class objects have sizes of their own. */
export function shallowSizeOf(table: SizeTable, classNumber: number, length: number): number {
  const size = table.instanceSize[classNumber]
  if (size >= 0) return size
  // The same as the rule, for what fits 32-bit arithmetic: nearly all arrays.
  if (length < table.shortLength)
    return (table.arrayStart[classNumber] + length * table.elementSize[classNumber] + table.round) & ~table.round
  return arraySize(table.elementSize[classNumber], length, table.layout)
}

/** What shallow sizes of all objects follow from. */
export interface SizeInput {
  readonly table: SizeTable
  /** Over indices; entry 0 is the virtual root. */
  readonly classOf: Uint16Array | Uint32Array
  readonly lengthOf: Uint32Array
  /** index of a class object → number of the class that it stands for. */
  readonly standsFor: ReadonlyMap<number, number>
}

/** index → shallow size, 0 for the virtual root. 4 B/object while they add up to less than 2^32 units, else 8. */
export function fillShallowSizes(input: SizeInput, memory: Memory): Sizes {
  const { classOf, table } = input
  const sizes = takeSizes(memory, classOf.length, table.unit, 0)
  const total = fill(input, sizes.units)
  if (total < 2 ** 32) return sizes
  giveColumn(memory, sizes.units)
  const wide = takeSizes(memory, classOf.length, table.unit, total)
  fill(input, wide.units)
  return wide
}

/** @returns the sum, in units. */
function fill({ table, classOf, lengthOf, standsFor }: SizeInput, units: Uint32Array | Float64Array): number {
  const { unit } = table
  let total = 0
  units[0] = 0
  for (let index = 1; index < classOf.length; index++) {
    const size = shallowSizeOf(table, classOf[index], lengthOf[index]) / unit
    units[index] = size
    total += size
  }
  for (const [index, number] of standsFor) {
    const size = table.classObjectSize[number] / unit
    total += size - shallowSizeOf(table, classOf[index], lengthOf[index]) / unit
    units[index] = size
  }
  return total
}
