/** The options that the JVM was started with, and the limits that its classes remember of them. */
import { directMemory } from '../../netty/process-facts.ts'
import { maxHeapOf } from '../../suspects/max-heap.ts'
import type { Heap } from '../heap.ts'
import { indexOfReference, objectReader } from '../object-reader.ts'
import { stringText } from '../object/text.ts'
import { reading } from '../reading.ts'
import { collectionAt } from '../values/collection-table.ts'
import { masked } from './secrets.ts'

export interface JvmOptions {
  /** `-Xmx512m`, `-XX:+UseG1GC`, in their order; what looks like a secret is left out. Null where the heap does not tell. */
  options: string[] | null
  /** Processors that the JVM saw, which in a container are those that it was given. */
  processors: number | null
  /** Bytes that the heap may grow to: `Runtime.maxMemory()`, or -Xmx. */
  maxHeap: number | null
  /** Bytes of direct buffers of the JDK, and how many there may be. Null where there are none. */
  direct: { used: number; limit: number } | null
}

const MANAGEMENT = 'sun.management.VMManagementImpl'
const MOST_OPTIONS = 1000
const MOST_TEXT = 4000
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 }

export function jvmOptions(heap: Heap): JvmOptions {
  const options = reading(() => inputArguments(heap), undefined)
  const direct = reading(() => directMemory(heap), undefined)
  const used = direct?.jdkUsed ?? 0
  const limit = direct?.jdkLimit ?? 0
  return {
    options: options?.map((option) => masked('', option).text) ?? null,
    processors: processors(heap),
    maxHeap: limitOf(heap, options ?? []),
    direct: used > 0 && limit > 0 ? { used, limit } : null,
  }
}

/** As the program got them, when it has asked its management bean for them. */
function inputArguments(heap: Heap): string[] | undefined {
  if (heap.dump === undefined) return undefined
  const number = heap.facts.numberOf(MANAGEMENT)
  const [bean] = number < 0 ? [] : heap.snapshot.objectsOfClass(number, 0, 1)
  const list = bean === undefined ? undefined : objectReader(heap, bean)?.reference('vmArgs')
  const found = list === undefined ? undefined : collectionAt(heap, list)
  if (found === undefined) return undefined
  const texts: string[] = []
  for (const { value } of found.collection.members(found.of, 0)) {
    const index = indexOfReference(heap, value)
    const text = index === undefined ? undefined : stringText(heap, index, MOST_TEXT)?.text
    if (text !== undefined) texts.push(text)
    if (texts.length === MOST_OPTIONS) break
  }
  return texts
}

/** `Runtime.availableProcessors()`, as a class of every JDK since 8 remembers it. */
function processors(heap: Heap): number | null {
  const number = heap.facts.numberOf('java.util.concurrent.ConcurrentHashMap')
  if (number < 0) return null
  const field = heap.snapshot.classDetails(number).statics.find(({ name }) => name === 'NCPU')
  const value = field === undefined ? 0 : Number(field.value)
  return value > 0 ? value : null
}

/** The JDK's own memory of the limit is one of direct buffers where that has an option of its own. */
function limitOf(heap: Heap, options: readonly string[]): number | null {
  const given = options.map(bytesOfMaxHeap).findLast((bytes) => bytes !== undefined)
  const isOther = options.some((option) => option.startsWith('-XX:MaxDirectMemorySize='))
  return given ?? (isOther ? null : (maxHeapOf(heap) ?? null))
}

function bytesOfMaxHeap(option: string): number | undefined {
  const match = /^(?:-Xmx|-XX:MaxHeapSize=)(\d+)([kmgt]?)$/i.exec(option)
  return match === null ? undefined : Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1)
}
