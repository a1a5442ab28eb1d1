/** The class that the JVM was started with, and other facts that the JDK keeps in static fields. */
import { NO_OBJECT } from '../snapshot/snapshot.ts'
import type { Heap } from './heap.ts'
import { referencedBy } from './label.ts'
import { type ArrayRecord, readArray, readElements, readInstance, referenceAt } from './record.ts'
import { stringText } from './text.ts'

const LAUNCHER = 'sun.launcher.LauncherHelper'
/** A property table of a real JVM has about a hundred entries. */
const MOST_BUCKETS = 10_000
const MOST_ENTRIES = 10_000

/** @returns undefined when the heap does not tell. */
export function mainClassName(heap: Heap): string | undefined {
  const index = staticReference(heap, LAUNCHER, 'appClass')
  const standsFor = index === undefined ? -1 : heap.snapshot.classNumberOfObject(index)
  if (standsFor >= 0) return heap.classes[standsFor].name
  const command = systemProperties(heap, ['sun.java.command']).get('sun.java.command')
  return command?.split(' ', 1)[0].replace(/^.*\//, '')
}

/** @returns e.g. `17.0.15 (OpenJDK 64-Bit Server VM)`; undefined when the heap does not tell. */
export function jvmName(heap: Heap): string | undefined {
  const properties = systemProperties(heap, ['java.version', 'java.vm.name'])
  const version = properties.get('java.version')
  const name = properties.get('java.vm.name')
  if (version === undefined) return name
  return name === undefined ? version : `${version} (${name})`
}

/** @returns the object index in a static field of the first class of that name. */
function staticReference(heap: Heap, className: string, field: string): number | undefined {
  const number = heap.facts.numberOf(className)
  if (number < 0) return undefined
  const found = heap.snapshot.classDetails(number).statics.find((candidate) => candidate.name === field)
  if (found?.type !== 2 || found.value === 0n || found.value === 0) return undefined
  const index = heap.snapshot.indexOf(BigInt(found.value))
  return index === NO_OBJECT ? undefined : index
}

/** Those of the asked-for system properties that the heap holds. */
function systemProperties(heap: Heap, wanted: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  const properties = heap.dump === undefined ? undefined : staticReference(heap, 'java.lang.System', 'props')
  if (properties === undefined) return found
  // Up to JDK 8 Properties is a Hashtable; later it holds a ConcurrentHashMap in its field `map`.
  const map = fieldTarget(heap, properties, 'map') ?? properties
  const table = fieldTarget(heap, map, 'table')
  const buckets = table === undefined ? undefined : readArray(heap, table)
  if (buckets === undefined || buckets.type !== 2) return found
  let left = MOST_ENTRIES
  for (const bucket of targets(heap, buckets)) {
    for (let entry: number | undefined = bucket; entry !== undefined && left > 0; left--) {
      const key = fieldText(heap, entry, 'key')
      if (key !== undefined && wanted.includes(key))
        found.set(key, fieldText(heap, entry, 'value') ?? fieldText(heap, entry, 'val') ?? '')
      entry = fieldTarget(heap, entry, 'next')
    }
  }
  return found
}

function targets(heap: Heap, array: ArrayRecord): number[] {
  const view = readElements(heap, array, 0, MOST_BUCKETS)
  const ids = heap.snapshot.meta.identifierSize
  const found: number[] = []
  for (let at = 0; at < view.byteLength; at += ids) {
    const index = heap.snapshot.indexOf(referenceAt(heap, view, at))
    if (index > 0 && heap.snapshot.idOf(index) !== 0n) found.push(index)
  }
  return found
}

/** The object in a reference field of whatever class declares it. */
function fieldTarget(heap: Heap, index: number, name: string): number | undefined {
  const record = readInstance(heap, index)
  const field = record?.fields.find((candidate) => candidate.name === name)
  if (record === undefined || field === undefined) return undefined
  return referencedBy(heap, record, heap.classes[field.declaredBy].name, name)
}

function fieldText(heap: Heap, index: number, name: string): string | undefined {
  const target = fieldTarget(heap, index, name)
  return target === undefined ? undefined : stringText(heap, target, 1000)?.text
}
