/** Shallow sizes from class and array length: a small table instead of a column. */
import type { Layout } from '../layout.ts'
import type { HeapClass } from '../parsed-heap.ts'

/** Per class number. Bytes. */
export interface SizeTable {
  /** Size of an instance; −1 for array classes. */
  readonly instanceSize: Float64Array
  readonly elementSize: Float64Array
  readonly arrayHeader: number
  readonly alignment: number
}

export function createSizeTable(
  classes: readonly Pick<HeapClass, 'kind' | 'instanceSize' | 'elementSize'>[],
  layout: Layout,
): SizeTable {
  return {
    instanceSize: Float64Array.from(classes, (heapClass) =>
      heapClass.kind === 'instance' ? heapClass.instanceSize : -1,
    ),
    elementSize: Float64Array.from(classes, (heapClass) => heapClass.elementSize),
    arrayHeader: layout.arrayHeader,
    alignment: layout.alignment,
  }
}

/** Of an instance or array. Class objects have sizes of their own (`HeapClass.classObjectSize`). */
export function shallowSizeOf(table: SizeTable, classNumber: number, length: number): number {
  const size = table.instanceSize[classNumber]
  if (size >= 0) return size
  const bytes = table.arrayHeader + length * table.elementSize[classNumber]
  return Math.ceil(bytes / table.alignment) * table.alignment
}
