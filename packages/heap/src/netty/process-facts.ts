/** What Netty and the JDK know about direct memory, and how closely Netty watches for leaks. */
import { labelOf } from '../query/object/label.ts'
import type { Heap } from '../query/heap.ts'
import { reading } from '../query/reading.ts'
import { stringText } from '../query/object/text.ts'
import { NO_OBJECT } from '../snapshot/snapshot.ts'
import type { NettyFacts } from './messages.ts'
import { nettyClasses } from './names.ts'
import { elementsIn, fieldsIn } from './object-fields.ts'

interface Statics {
  readonly number: (name: string) => number | undefined
  readonly reference: (name: string) => number | undefined
}

export function directMemory(heap: Heap): NettyFacts['direct'] {
  const netty = staticsOf(heap, nettyClasses(heap, 'util.internal.PlatformDependent'))
  const jdk = staticsOf(heap, [heap.facts.numberOf('java.nio.Bits')])
  const counted = (holder: number | undefined): number | null =>
    holder === undefined ? null : (fieldsIn(heap, holder).number('value') ?? null)
  const used = counted(netty.reference('DIRECT_MEMORY_COUNTER'))
  return {
    used,
    // Without a counter Netty leaves the limit to the JDK.
    limit: used === null ? null : (netty.number('DIRECT_MEMORY_LIMIT') ?? netty.number('MAX_DIRECT_MEMORY') ?? null),
    jdkUsed: counted(jdk.reference('RESERVED_MEMORY') ?? jdk.reference('reservedMemory')),
    jdkLimit: jdk.number('MAX_MEMORY') ?? jdk.number('maxMemory') ?? null,
  }
}

export function leakDetection(heap: Heap): NettyFacts['leakDetection'] {
  const classes = nettyClasses(heap, 'util.ResourceLeakDetector')
  const statics = staticsOf(heap, classes)
  const level = statics.reference('level')
  if (level === undefined) return null
  const label = labelOf(heap, level)
  return {
    level: label.kind === 'value' ? label.text : '?',
    sampling: statics.number('SAMPLING_INTERVAL') ?? null,
    reports: classes.flatMap((number) =>
      [...heap.snapshot.objectsOfClass(number, 0, 100)].flatMap((detector) => reportsOf(heap, detector)),
    ),
  }
}

const MOST_REPORTS = 20
const LONGEST_REPORT = 4000

/** The texts of leaks that were reported, kept so that each is told once. */
function reportsOf(heap: Heap, detector: number): string[] {
  const reported = fieldsIn(heap, detector).reference('reportedLeaks')
  const map = reported === undefined ? undefined : (fieldsIn(heap, reported).reference('map') ?? reported)
  const table = map === undefined ? undefined : fieldsIn(heap, map).reference('table')
  const texts: string[] = []
  for (const { index } of table === undefined ? [] : elementsIn(heap, table)) {
    for (let node: number | undefined = index; node !== undefined && texts.length < MOST_REPORTS;) {
      const entry = fieldsIn(heap, node)
      const key = entry.reference('key')
      const text = key === undefined ? undefined : reading(() => stringText(heap, key, LONGEST_REPORT)?.text, undefined)
      if (text !== undefined) texts.push(text.trim())
      node = entry.reference('next')
    }
  }
  return texts
}

/** Static fields of the first of these classes that is initialised. */
function staticsOf(heap: Heap, classes: readonly number[]): Statics {
  const statics = classes.flatMap((number) => (number < 0 ? [] : heap.snapshot.classDetails(number).statics))
  const find = (name: string, isReference: boolean): bigint | undefined => {
    const field = statics.find((candidate) => candidate.name === name && (candidate.type === 2) === isReference)
    return field === undefined ? undefined : BigInt(field.value)
  }
  return {
    number(name) {
      const value = find(name, false)
      return value === undefined ? undefined : Number(value)
    },
    reference(name) {
      const id = find(name, true) ?? 0n
      const index = id === 0n ? NO_OBJECT : heap.snapshot.indexOf(id)
      return index === NO_OBJECT ? undefined : index
    },
  }
}
