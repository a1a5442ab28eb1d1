/** Which garbage collector the JVM ran with, as far as the heap proves it: by names of its management beans, or an option. */
import type { Heap } from '../heap.ts'
import { objectReader } from '../object-reader.ts'
import { reading } from '../reading.ts'

export interface Collector {
  /** `G1`, `Parallel`, … */
  name: string
  /** What tells it: beans, `G1 Young Generation`, or an option, `-XX:+UseG1GC`. */
  beans: string[]
}

const BEAN_CLASSES = ['sun.management.GarbageCollectorImpl', 'com.sun.management.internal.GarbageCollectorExtImpl']
const NAME_DECLARED_IN = 'sun.management.MemoryManagerImpl'
/** A JVM has two or three. */
const MOST_BEANS = 16

/** Names of beans as HotSpot gives them (jdk/src/hotspot/share/gc), all versions since JDK 6. */
const COLLECTORS: readonly (readonly [bean: RegExp, collector: string])[] = [
  [/^G1 /, 'G1'],
  [/^PS /, 'Parallel'],
  [/^ConcurrentMarkSweep$/, 'CMS'],
  [/^ZGC (Minor|Major) /, 'ZGC, generational'],
  [/^ZGC/, 'ZGC'],
  [/^Shenandoah Young/, 'Shenandoah, generational'],
  [/^Shenandoah/, 'Shenandoah'],
  [/^Epsilon/, 'Epsilon'],
  // Its bean of the young generation, `Copy`, is not its own.
  [/^MarkSweepCompact$/, 'Serial'],
]

const OPTION = /^-XX:\+Use(?:(G1|Parallel|Serial|Z|Shenandoah|Epsilon)|(ConcMarkSweep))GC$/

/**
 * @param options of the JVM, as far as they are known
 * @returns null where nothing in the program has asked for the beans, or they are of an unknown collector
 */
export function collectorOf(heap: Heap, options: readonly string[]): Collector | null {
  const beans = reading(() => beanNames(heap), [])
  const known = COLLECTORS.find(([bean]) => beans.some((name) => bean.test(name)))
  return known === undefined ? chosenBy(options) : { name: known[1], beans }
}

function chosenBy(options: readonly string[]): Collector | null {
  for (const option of options) {
    const match = OPTION.exec(option)
    if (match === null) continue
    const name = match[1] === 'Z' ? 'ZGC' : (match[1] ?? 'CMS')
    return { name, beans: [option] }
  }
  return null
}

function beanNames(heap: Heap): string[] {
  if (heap.dump === undefined) return []
  const numbers = BEAN_CLASSES.map((name) => heap.facts.numberOf(name)).filter((number) => number >= 0)
  const beans = numbers.flatMap((number) => [...heap.snapshot.objectsOfClass(number, 0, MOST_BEANS)])
  const names = beans.map((index) => objectReader(heap, index)?.text('name', NAME_DECLARED_IN))
  return names.filter((name) => name !== undefined).toSorted()
}
