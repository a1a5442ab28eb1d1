/** What all classes of given names hold: the figures of a few classes of another dump, without its whole histogram. */
import type { Heap } from '../query/heap.ts'
import type { ClassTotals } from './messages.ts'

/** @returns for each name, in order; zeros where the dump has no such class. Classes of one name with several loaders count together. */
export function classTotals(heap: Heap, names: readonly string[]): ClassTotals[] {
  const byName = new Map(names.map((name): [string, ClassTotals] => [name, { objects: 0, shallow: 0, retained: 0 }]))
  for (const { name, instances, shallow, retainedMin } of heap.classes) {
    const sum = byName.get(name)
    if (sum === undefined) continue
    sum.objects += instances
    sum.shallow += shallow
    sum.retained += retainedMin
  }
  return names.map((name) => byName.get(name) ?? { objects: 0, shallow: 0, retained: 0 })
}
