/** Shallow sizes from class and array length: a small table instead of a column. */
import type { Layout } from '../layout.ts'
import type { HeapClass } from '../parsed-heap.ts'
import { alignUp } from '../jvm-fields.ts'
import { arraySize } from '../sizes.ts'
import type { Memory } from './memory.ts'
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

/** Per class number: objects of exactly that class, and their shallow sizes in bytes. */
export interface ClassTotals {
  readonly instances: Float64Array
  readonly shallow: Float64Array
  readonly unreachableInstances: Float64Array
  readonly unreachableShallow: Float64Array
}

/**
 * Shallow sizes of all objects, 0 for the virtual root, and their sums by class.
 * 4 B/object while they add up to less than 2^32 units, else 8.
 */
export function fillShallowSizes(
  input: SizeInput,
  reachable: number,
  memory: Memory,
): { readonly sizes: Sizes; readonly totals: ClassTotals } {
  const { classOf, table } = input
  const sizes = takeSizes(memory, classOf.length, table.unit, 0)
  const totals = fill(input, sizes, reachable)
  const bytes = [...totals.shallow, ...totals.unreachableShallow].reduce((sum, one) => sum + one, 0)
  if (bytes / table.unit < 2 ** 32) return { sizes, totals }
  memory.give(sizes.units)
  const wide = takeSizes(memory, classOf.length, table.unit, bytes / table.unit)
  return { sizes: wide, totals: fill(input, wide, reachable) }
}

function fill(
  { table, classOf, lengthOf, standsFor }: SizeInput,
  { unit, units }: Sizes,
  reachable: number,
): ClassTotals {
  const classes = table.instanceSize.length
  const instances = new Float64Array(classes * 2)
  const bytes = new Float64Array(classes * 2)
  units[0] = 0
  for (let index = 1; index < classOf.length; index++) {
    const classNumber = classOf[index]
    const size = shallowSizeOf(table, classNumber, lengthOf[index])
    units[index] = size / unit
    const place = index <= reachable ? classNumber : classNumber + classes
    instances[place]++
    bytes[place] += size
  }
  for (const [index, number] of standsFor) {
    const place = index <= reachable ? classOf[index] : classOf[index] + classes
    bytes[place] += table.classObjectSize[number] - shallowSizeOf(table, classOf[index], lengthOf[index])
    units[index] = table.classObjectSize[number] / unit
  }
  return {
    instances: instances.subarray(0, classes),
    shallow: bytes.subarray(0, classes),
    unreachableInstances: instances.subarray(classes),
    unreachableShallow: bytes.subarray(classes),
  }
}
