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
  /** Size of an instance in these; −1 for array classes. */
  readonly instanceUnits: Int32Array
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
  const unit = commonUnit(sizes, layout.alignment)
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
    unit,
    instanceUnits: Int32Array.from(instanceSize, (size) => (size < 0 ? -1 : size / unit)),
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
  /** Of the objects whose class is an array, by ascending index. */
  readonly arrayLengths: Uint32Array
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

function fill(input: SizeInput, sizes: Sizes, reachable: number): ClassTotals {
  const { table, classOf, standsFor } = input
  const { unit, units } = sizes
  units[0] = 0
  const kept = fillRange(input, sizes, 1, reachable + 1, 0)
  const lost = fillRange(input, sizes, reachable + 1, classOf.length, kept.arrays)
  for (const [index, number] of standsFor) {
    const { shallow } = index <= reachable ? kept : lost
    shallow[classOf[index]] += table.classObjectSize[number] - units[index] * unit
    units[index] = table.classObjectSize[number] / unit
  }
  return {
    instances: kept.instances,
    shallow: kept.shallow,
    unreachableInstances: lost.instances,
    unreachableShallow: lost.shallow,
  }
}

/**
 * As if there were no class objects. Instances of a class all have one size: they are only counted.
 * @param arraysBefore arrays before `from`
 */
function fillRange(
  { table, classOf, arrayLengths }: SizeInput,
  { unit, units }: Sizes,
  from: number,
  to: number,
  arraysBefore: number,
): Pick<ClassTotals, 'instances' | 'shallow'> & { readonly arrays: number } {
  const instances = new Float64Array(table.instanceSize.length)
  const counts = new Uint32Array(instances.length)
  const shallow = new Float64Array(instances.length)
  let arrays = arraysBefore
  for (let index = from; index < to; index++) {
    const classNumber = classOf[index]
    counts[classNumber]++
    const inUnits = table.instanceUnits[classNumber]
    if (inUnits >= 0) units[index] = inUnits
    else {
      const size = shallowSizeOf(table, classNumber, arrayLengths[arrays++])
      units[index] = size / unit
      shallow[classNumber] += size
    }
  }
  for (let number = 0; number < counts.length; number++) {
    instances[number] = counts[number]
    if (table.instanceSize[number] >= 0) shallow[number] = counts[number] * table.instanceSize[number]
  }
  return { instances, shallow, arrays }
}
