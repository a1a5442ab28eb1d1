/** How large the heap may become (-Xmx), as the JDK's own classes remember it. */
import type { Heap } from '../query/heap.ts'

/** Classes that keep the limit of direct memory, which is that of the heap unless -XX:MaxDirectMemorySize is given. */
const KEEPERS = ['jdk.internal.misc.VM', 'sun.misc.VM']
/** The value that the field has before the JVM has started up. */
const UNSET = 64 << 20

/** @returns undefined where no class tells, or the value cannot be one. */
export function maxHeapOf(heap: Heap): number | undefined {
  for (const name of KEEPERS) {
    const number = heap.facts.numberOf(name)
    if (number < 0) continue
    const field = heap.snapshot.classDetails(number).statics.find((candidate) => candidate.name === 'directMemory')
    const value = field === undefined ? 0 : Number(field.value)
    if (value !== UNSET && value >= heap.snapshot.meta.reachable.bytes) return value
  }
  return undefined
}
